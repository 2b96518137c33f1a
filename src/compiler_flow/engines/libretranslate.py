"""A LibreTranslate server, by its address: ``[engines.libretranslate] address = "http://127.0.0.1:5000"``.

The API is that of LibreTranslate 1.9 (its ``app.py``): ``GET /languages``, ``POST /translate`` with an array. A key,
where the server wants one, stands in the environment and nowhere else.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Sequence
from typing import Any

from compiler_flow.engines.base import EngineSettings, OnDraft
from compiler_flow.engines.cutting import parts, rejoined
from compiler_flow.engines.http import RefusalError, Server, server_of
from compiler_flow.errors import EngineError, ModelMissingError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language, fold_spaces, has_letters, is_han

KEY = "COMPILER_FLOW_LIBRETRANSLATE_KEY"
# The server translates an array one by one: more than this in one request only makes the wait longer.
BATCH = 32
BATCH_CHARS = 4000
# What a server that works can always translate.
_PROBE = "Test"
_SIMPLIFIED = ("zh-hans", "zh-cn", "zh")
_TRADITIONAL = ("zh-hant", "zh-tw", "zt")
# The server's own names where they are not the tag or its primary subtag: those of today, then those of older ones.
_CODES = {
    "zh": _SIMPLIFIED,
    "zh-cn": _SIMPLIFIED,
    "zh-hans": _SIMPLIFIED,
    "zh-tw": _TRADITIONAL,
    "zh-hk": _TRADITIONAL,
    "zh-hant": _TRADITIONAL,
    "pt-br": ("pt-br", "pb"),
    "no": ("nb", "no"),
}
_MARKS = {".": "。", "!": "！", "?": "？"}
_TOO_MUCH = frozenset({0, 400, 413, 500})


class LibreTranslateEngine:
    """Drafts from a LibreTranslate server."""

    name = "libretranslate"

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self._settings = settings or EngineSettings()
        self._key = os.environ.get(KEY, "")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs that the server offers, in its own codes. Raises ``EngineError``."""
        return tuple((source, target) for source, targets in self._languages.items() for target in sorted(targets))

    def can(self, source: str, target: str) -> bool:
        """Whether the server offers the pair. Raises ``EngineError`` where it cannot be asked."""
        return self._codes(source, target) is not None

    def model(self, source: str, target: str) -> str:
        """The server and its version. Raises ``ModelMissingError`` for a pair that it does not offer."""
        self._need(source, target)
        return f"{self._version} {self._server.place}".strip()

    def signature(self, source: str, target: str) -> str:
        """What can be known of the server: its address and version. Its models have no versions to ask for."""
        return f"{self.name} 1 {self.model(source, target)}"

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """Drafts in order; an empty one where the server fails over a text. Raises ``EngineError``."""
        codes = self._need(source, target)
        drafts = list(texts)
        pieces: list[tuple[int, str]] = []
        for index, text in enumerate(texts):
            if has_letters(text):
                pieces += ((index, piece) for piece in parts(fold_spaces(text), len, self._limit))
            elif on_draft:
                on_draft(index, text)
        for batch in _batches(pieces):
            made = self._made([piece for _index, piece in batch], codes)
            answers: dict[int, list[str]] = {}
            for (index, _piece), draft in zip(batch, made, strict=True):
                answers.setdefault(index, []).append(draft)
            for index, cut in answers.items():
                drafts[index] = rejoined(cut, base_language(target)) if all(cut) else ""
                if on_draft:
                    on_draft(index, drafts[index])
        return drafts

    def _made(self, texts: list[str], codes: tuple[str, str]) -> list[str]:
        """Drafts. What it fails over together is asked in halves, and what it fails over alone is empty."""
        try:
            return self._asked(texts, codes)
        except RefusalError as refusal:
            if refusal.status not in _TOO_MUCH or not self._is_well(codes):
                raise
        if len(texts) == 1:
            return [""]
        middle = len(texts) // 2
        return [*self._made(texts[:middle], codes), *self._made(texts[middle:], codes)]

    def _is_well(self, codes: tuple[str, str]) -> bool:
        """Whether it was the texts: a server that cannot even translate one word is broken."""
        try:
            return bool(self._asked([_PROBE], codes))
        except EngineError:
            return False

    def _asked(self, texts: list[str], codes: tuple[str, str]) -> list[str]:
        body: dict[str, object] = {"q": texts, "source": codes[0], "target": codes[1], "format": "text"}
        if self._key:
            body["api_key"] = self._key
        answer = self._server.post("/translate", body)
        made = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(made, list) or not all(isinstance(draft, str) for draft in made):
            raise EngineError(
                _("The server's answer holds no translations."),
                path=f"{self._server.address}/translate",
                hint=_("Check the address of the server."),
            )
        if len(made) != len(texts):
            raise EngineError(
                _("The server answered {some} of {all} sentences.").format(some=len(made), all=len(texts)),
                path=f"{self._server.address}/translate",
                hint=_("Run the command again: what was done before is kept."),
            )
        return [_ended(fold_spaces(draft)) for draft in made]

    @functools.cached_property
    def _server(self) -> Server:
        return server_of(self._settings, self.name, "http://127.0.0.1:5000", key=KEY, secret=self._key)

    @functools.cached_property
    def _languages(self) -> dict[str, frozenset[str]]:
        answer = self._server.get("/languages")
        found = {}
        for entry in answer if isinstance(answer, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("code"), str):
                targets = entry.get("targets", [])
                found[entry["code"]] = frozenset(one for one in targets if isinstance(one, str))
        if not found:
            raise EngineError(
                _("The server offers no languages."),
                path=f"{self._server.address}/languages",
                hint=_("Is this a LibreTranslate server?"),
            )
        return found

    @functools.cached_property
    def _version(self) -> str:
        info = self._side_door("/spec").get("info")
        version = info.get("version", "") if isinstance(info, dict) else ""
        return str(version).replace("·", "")

    @functools.cached_property
    def _limit(self) -> int:
        limit = self._side_door("/frontend/settings").get("charLimit")
        return min(limit, BATCH_CHARS) if isinstance(limit, int) and limit > 0 else BATCH_CHARS

    def _side_door(self, path: str) -> dict[str, Any]:
        """What only some servers tell."""
        try:
            answer = self._server.get(path)
        except EngineError:
            return {}
        return answer if isinstance(answer, dict) else {}

    def _codes(self, source: str, target: str) -> tuple[str, str] | None:
        """The server's codes for a pair that it offers."""
        if base_language(source) == base_language(target):
            return None
        named = {code.lower(): code for code in self._languages}
        first = next((named[code] for code in _wanted(source) if code in named), "")
        offered = {code.lower(): code for code in self._languages.get(first, ())}
        second = next((offered[code] for code in _wanted(target) if code in offered), "")
        return (first, second) if first and second else None

    def _need(self, source: str, target: str) -> tuple[str, str]:
        codes = self._codes(source, target)
        if codes is None:
            raise ModelMissingError(
                _("The server offers no translation {source} → {target}.").format(source=source, target=target),
                path=self._server.address,
                hint=_("Install its model there, or use another engine."),
            )
        return codes


def _ended(draft: str) -> str:
    """The server gives every draft the very mark that its source ends with, also behind Chinese."""
    if len(draft) > 1 and draft[-1] in _MARKS and (is_han(draft[-2]) or draft[-2] == "%"):
        return draft[:-1] + _MARKS[draft[-1]]
    return draft


def _wanted(tag: str) -> tuple[str, ...]:
    tag = tag.replace("_", "-").lower()
    return _CODES.get(tag) or (tag, *_CODES.get(base_language(tag), ()), base_language(tag))


def _batches(pieces: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Pieces in order, as many as go into one request; those of one text stay together."""
    batch: list[tuple[int, str]] = []
    size = 0
    for index, piece in pieces:
        full = len(batch) >= BATCH or size + len(piece) > BATCH_CHARS
        if batch and full and batch[-1][0] != index:
            yield batch
            batch, size = [], 0
        batch.append((index, piece))
        size += len(piece)
    if batch:
        yield batch
