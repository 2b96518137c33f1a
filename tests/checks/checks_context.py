"""The context that ``flow`` would fill, for an example."""

from __future__ import annotations

import functools

from compiler_flow.checks.base import Example
from compiler_flow.glossary import Matcher, naming_unknown, unknown_names
from compiler_flow.model import CheckContext


def context(example: Example) -> CheckContext:
    matcher = Matcher(example.terms, example.language)
    return CheckContext(
        source_terms=matcher.source,
        target_terms=matcher.target,
        metadata=example.metadata,
        settings=example.settings,
        unknown_names=functools.partial(unknown_names, matcher),
        rules=example.rules,
        source_texts=example.source_texts,
        all_source_terms=matcher.sources,
        not_plainly_rendered=matcher.not_plainly_rendered,
        naming_unknown=functools.partial(naming_unknown, matcher),
    )
