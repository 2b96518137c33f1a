"""A language model behind an OpenAI-compatible server (Ollama, llama.cpp, vLLM …), asked in words, with the glossary.

``[engines.openai-compatible]`` in ``compiler-flow.toml`` has ``address`` (with its ``/v1``) and ``model``. It is never
chosen by itself. A key, where the server wants one, stands in the environment and nowhere else.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator, Sequence

from compiler_flow.engines.base import EngineSettings, OnDraft, Request
from compiler_flow.engines.http import RefusalError, Server, server_of
from compiler_flow.errors import EngineError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language, digest, fold_spaces, has_letters, lazy_pattern

KEY = "COMPILER_FLOW_OPENAI_KEY"
# Small models lose count beyond.
BATCH = 10
BATCH_CHARS = 3000
_TOO_MUCH = frozenset({0, 400, 413, 422, 500})
_PROMPT = (
    "You translate news from {source} into {target}, faithfully and in the style of a news agency. Keep numbers, "
    "dates, web addresses and names exactly. Translate every numbered sentence by itself. Answer with nothing but a "
    'JSON object that has each number as a key and its translation as the value: {{"1": "…", "2": "…"}}'
)
_TERMS = "Use exactly these translations of names and terms:\n{terms}"
_SETTINGS = {"temperature": 0, "stream": False}
_THOUGHT = lazy_pattern(r"<think>.*?</think>", re.DOTALL)
_LINE = lazy_pattern(r"^\s*(?:[\[(（](\d{1,3})[\])）]|(\d{1,3})\s*[.:：、)）])\s*(\S.*)$", re.MULTILINE)


class OpenAICompatibleEngine:
    """Drafts from a language model that is told which names to use."""

    name = "openai-compatible"

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self._settings = settings or EngineSettings()
        self._key = os.environ.get(KEY, "")
        self._works = False

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """No models of single pairs."""
        return ()

    def can(self, source: str, target: str) -> bool:
        """Any two languages: how well is the model's affair."""
        return base_language(source) != base_language(target)

    def model(self, _source: str, _target: str) -> str:
        """The model's name and the server. Raises ``EngineError`` where none is named and the server has several."""
        return f"{self._model} {self._server.place}".replace("·", "")

    def signature(self, source: str, target: str) -> str:
        """Made of the model's name, the server, and how it is asked."""
        asked = digest(_PROMPT + _TERMS + json.dumps(_SETTINGS))
        return f"{self.name} {self._server.address} {self._model} {asked} {source} {target}"

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """Drafts in order, asked without terms."""
        return self.translate_with_terms([Request(text) for text in texts], source, target, on_draft=on_draft)

    def translate_with_terms(
        self, requests: Sequence[Request], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """Drafts in order; an empty one where the model does not answer a sentence. Raises ``EngineError``."""
        drafts = [request.text for request in requests]
        asked = [index for index, request in enumerate(requests) if has_letters(request.text)]
        wanted = set(asked)
        for index, draft in enumerate(drafts if on_draft else ()):
            if on_draft and index not in wanted:
                on_draft(index, draft)
        for batch in _batches(requests, asked):
            made = self._made([requests[index] for index in batch], source, target)
            for index, draft in zip(batch, made, strict=True):
                drafts[index] = draft
                if on_draft:
                    on_draft(index, draft)
        return drafts

    def _made(self, requests: list[Request], source: str, target: str) -> list[str]:
        """The answers to ``requests``; those that the model forgot, or numbered wrongly, are asked for one by one."""
        try:
            found = self._answers(requests, source, target)
            self._works = True
        except RefusalError as refusal:
            # Too long for it, or too much at once; but a server that never answered anything is simply broken.
            if refusal.status not in _TOO_MUCH or (len(requests) == 1 and not self._works):
                raise
            found = {}
        if len(requests) == 1:
            return [found.get(1, "")]
        if set(found) - set(range(1, len(requests) + 1)):
            # Numbers that were never asked: nobody knows which sentence the others belong to.
            found = {}
        return [
            found.get(number) or self._made([request], source, target)[0]
            for number, request in enumerate(requests, start=1)
        ]

    def _answers(self, requests: list[Request], source: str, target: str) -> dict[int, str]:
        prompt = _PROMPT.format(source=_language(source), target=_language(target))
        terms = dict.fromkeys(pair for request in requests for pair in request.terms)
        if terms:
            prompt += "\n" + _TERMS.format(terms="\n".join(f"{name} → {wanted}" for name, wanted in terms))
        texts = {str(number): fold_spaces(request.text) for number, request in enumerate(requests, start=1)}
        body = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": prompt},
                {"role": "user", "content": json.dumps(texts, ensure_ascii=False, indent=0)},
            ],
            **_SETTINGS,
        }
        answer = self._post(body)
        try:
            said = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            said = None
        if not isinstance(said, str):
            raise EngineError(
                _("The server's answer holds no translations."),
                path=f"{self._server.address}/chat/completions",
                hint=_("Check the address of the server."),
            )
        return read_answer(said, alone=len(requests) == 1)

    def _post(self, body: object) -> dict[str, list[dict[str, dict[str, object]]]]:
        answer = self._server.post("/chat/completions", body)
        return answer if isinstance(answer, dict) else {}

    @functools.cached_property
    def _server(self) -> Server:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        return server_of(
            self._settings, self.name, "http://127.0.0.1:11434/v1", key=KEY, secret=self._key, headers=headers
        )

    @functools.cached_property
    def _model(self) -> str:
        if named := str(self._settings.option("model", "")):
            return named
        answer = self._server.get("/models")
        entries = answer.get("data") if isinstance(answer, dict) else None
        known = [str(entry["id"]) for entry in entries or () if isinstance(entry, dict) and "id" in entry]
        if len(known) != 1:
            raise UsageError(
                _("Say which model to use: [engines.{name}] model = …").format(name=self.name),
                hint=_("Known: {names}.").format(names=", ".join(known)) if known else "",
            )
        return known[0]


def read_answer(said: str, *, alone: bool = False) -> dict[int, str]:
    """Number → translation, from a JSON object or from numbered lines; ``alone`` also takes one bare line for the 1st.

    What is no text, or empty, is left out.
    """
    said = _THOUGHT.sub("", said).strip()
    start, end = said.find("{"), said.rfind("}")
    try:
        found = json.loads(said[start : end + 1]) if 0 <= start < end else None
    except ValueError:
        found = None
    if isinstance(found, dict):
        pairs = ((str(key).strip(), value) for key, value in found.items())
        return {int(key): fold_spaces(text) for key, text in pairs if key.isdecimal() and _is_text(text)}
    lines = [(int(boxed or bare), text) for boxed, bare, text in _LINE.findall(said)]
    if lines and len(dict(lines)) == len(lines):
        return {number: fold_spaces(text) for number, text in lines}
    if alone and said and "\n" not in said and not said.startswith(("{", "[")):
        return {1: fold_spaces(said.strip('"“”'))}
    return {}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _language(tag: str) -> str:
    """What a model calls a language: its English name, such as ``Chinese (Simplified)`` for ``zh-CN``."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return tag
    if locale.language == "zh":
        traditional = locale.script == "Hant" or locale.territory in {"TW", "HK", "MO"}
        return f"Chinese ({'Traditional' if traditional else 'Simplified'})"
    return locale.get_display_name("en") or tag


def _batches(requests: Sequence[Request], asked: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    size = 0
    for index in asked:
        length = len(requests[index].text)
        if batch and (len(batch) >= BATCH or size + length > BATCH_CHARS):
            yield batch
            batch, size = [], 0
        batch.append(index)
        size += length
    if batch:
        yield batch
