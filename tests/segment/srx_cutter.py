"""SRX 2.0 as its specification reads: at every place the first rule that fits decides. For texts in one language."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex
from lxml import etree

_SRX = "{http://www.lisa.org/srx20}"


class SrxCutter:
    """The rules for ``language`` in an SRX file."""

    def __init__(self, data: bytes, language: str) -> None:
        root = etree.fromstring(data)
        maps = root.iter(f"{_SRX}languagemap")
        name = next(m.get("languagerulename") for m in maps if regex.fullmatch(m.get("languagepattern"), language))
        (found,) = (rule for rule in root.iter(f"{_SRX}languagerule") if rule.get("languagerulename") == name)
        self._rules = [
            (
                rule.get("break") == "yes",
                regex.compile(rule.findtext(f"{_SRX}beforebreak")),
                regex.compile(rule.findtext(f"{_SRX}afterbreak")),
            )
            for rule in found
        ]

    def __call__(self, text: str) -> Sequence[str]:
        """The sentences of ``text``."""
        decided: dict[int, bool] = {}
        for cuts, before, after in self._rules:
            ends = {match.end() for match in before.finditer(text)}
            starts = {match.start() for match in after.finditer(text)}
            for place in ends & starts:
                decided.setdefault(place, cuts)
        places = [0, *sorted(place for place, cuts in decided.items() if cuts), len(text)]
        pieces = (text[start:end].strip() for start, end in itertools.pairwise(places))
        return [piece for piece in pieces if piece]
