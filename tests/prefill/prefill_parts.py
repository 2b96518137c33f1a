"""Parts that the tests of this room share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from compiler_flow.model import Catalog, Role, Spot, Term, TermHit, Unit
from compiler_flow.terms import surname

MODELS = Path(__file__).parent.parent / "models"


class Finder:
    """A matcher of exact words, enough for drafts; a person's last word alone is a partial hit."""

    def __init__(self, *terms: Term) -> None:
        self._forms: dict[str, tuple[Term, bool]] = {}
        for term in terms:
            for form in (term.source, *term.aliases):
                self._forms[form] = (term, False)
                if surname(term.target):
                    self._forms.setdefault(form.split()[-1], (term, True))
        forms = sorted(map(re.escape, self._forms), key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(forms)})\b")

    def source(self, text: str) -> Sequence[TermHit]:
        return tuple(
            TermHit(self._forms[found[0]][0], *found.span(), partial=self._forms[found[0]][1])
            for found in self._pattern.finditer(text)
        )


class Scripted:
    """An engine that says what it is told, remembers each call, and else repeats the text."""

    name = "scripted"

    def __init__(self, said: dict[str, str] | None = None, *, version: str = "1") -> None:
        self.said = said or {}
        self.calls: list[list[str]] = []
        self._version = version

    def pairs(self) -> tuple[tuple[str, str], ...]:
        return (("en", "zh"),)

    def can(self, source: str, target: str) -> bool:
        return source == "en"

    def model(self, source: str, target: str) -> str:
        return f"script {self._version}"

    def signature(self, source: str, target: str) -> str:
        return f"script {self._version}"

    def translate(self, texts, source, target, *, on_draft=None):
        self.calls.append(list(texts))
        drafts = [self.said.get(text, text) for text in texts]
        for index, draft in enumerate(drafts if on_draft else ()):
            on_draft(index, draft)
        return drafts


def catalog(*units: Unit | str, article: str = "forum", language: str = "en") -> Catalog:
    made = [Unit(f"u{index}", unit, spot=Spot()) if isinstance(unit, str) else unit for index, unit in enumerate(units)]
    return Catalog(article, language, "zh-CN", tuple(made))


def metadata(role: Role, source: str) -> Unit:
    return Unit(str(role), source, spot=Spot(role))


def heldout(language: str) -> list[str]:
    return (MODELS / f"heldout.{language}").read_text(encoding="utf-8").splitlines()
