"""The terms of a workspace or of files named by hand, ready to be found in texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow.model import Term
from compiler_flow.project import Workspace
from compiler_flow.text import base_language

if TYPE_CHECKING:
    from compiler_flow.glossary import Matcher


class Terminology:
    """House terms and, for each source language, one matcher that also knows the built-in layer."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._matchers: dict[str, Matcher] = {}

    def matcher(self, source_language: str) -> Matcher:
        """The matcher for texts in ``source_language`` (BCP 47), built at the first call."""
        from compiler_flow import glossary

        language = base_language(source_language)
        if language not in self._matchers:
            layer = glossary.base_terms(language) if language else ()
            self._matchers[language] = glossary.Matcher((*self.terms, *layer), language)
        return self._matchers[language]


def load(workspace: Workspace | None, paths: Sequence[Path] = ()) -> Terminology:
    """The terms in ``paths``, or the workspace's house glossary where none are named."""
    from compiler_flow import glossary

    wanted = tuple(paths) or (workspace.glossaries if workspace else ())
    return Terminology(glossary.load(wanted) if wanted else ())
