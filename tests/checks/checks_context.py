"""The context that ``flow`` would fill, for an example."""

from __future__ import annotations

from compiler_flow.checks.base import Example
from compiler_flow.glossary import Matcher
from compiler_flow.model import CheckContext


def context(example: Example) -> CheckContext:
    matcher = Matcher(example.terms, example.language)
    return CheckContext(source_terms=matcher.source, target_terms=matcher.target, metadata=example.metadata)
