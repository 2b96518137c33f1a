"""Where a text is cut into sentences.

A language's patterns propose the places; most are clear (a long small word, a full stop, a capital) and are taken at
once, which keeps this about as fast as a compiled segmenter. The others are judged one by one: quotations, brackets,
abbreviations, initials, ordinals. What our data do not know, sentencex is asked.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from compiler_flow.segment.language import Language, Rule
from compiler_flow.text import lazy_pattern

_SHORT_OPENING: Final = 3
_LONG_BRACKET: Final = 400
_LOOK_AHEAD: Final = 40
_UNKNOWN_ABBREVIATION: Final = 5

_QUOTES: Final = "\"'”’“‘»›」』"
_STRIP: Final = "\"'“‘„‚«‹»›([{*_`—–-/¿¡"
_NEXT = lazy_pattern(r"(?:[—–-]\s+)?[\"'“‘„‚«‹»›(\[{*_`¿¡]*([^\W\d_]+(?:['’-][^\W\d_]+)*)?")
_NUMBER = lazy_pattern(r"[№#§]?\s?\d|(?:[IVXLC]{2,}|[VXLC])\b(?![.'’])")
_AFTER_NUMBER = lazy_pattern(r"(?:\d|\b[IVXLC]+)[\s\u00a0]*$")
_ROMAN = lazy_pattern(r"[IVXLCDM]+")
_INITIALS = lazy_pattern(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_DASH = lazy_pattern(r"[—–-]\s")
_WIDE_SPEECH = lazy_pattern(r"[^。！？，]{0,12}(?:说|說|表示|道|问|问道|称|指出|强调)|と|って")
# Code, links, addresses, emphasis: a cut inside would leave half a mark in two segments. Lengths are bounded so that
# unclosed marks cannot make this quadratic.
_WHOLE = lazy_pattern(
    r"\\."
    r"|(`+)(?!`).{1,500}?(?<!`)\1(?!`)"
    r"|\[(?:\\.|[^\[\]\\]|\[[^\[\]]{0,200}\]){0,1000}\]\([^()\s]{0,2000}\)"
    r"|<[a-zA-Z][\w+.-]*:[^<>\s]{1,2000}>"
    r"|\*\*(?=\S)(?:\\.|(?!\*\*).){1,1000}?\*\*"
    r"|\*(?=[^\s*])(?:\\.|[^*\\]){1,1000}\*"
    r"|(?<!\w)_(?=[^\s_])(?:\\.|[^_\\]){1,1000}_(?!\w)",
    re.DOTALL,
)


def cuts(text: str, language: Language) -> list[int]:
    """The offsets in ``text`` where a new sentence starts, without 0, ascending; white space stays with the sentence
    before it.
    """
    places: list[re.Match[str]] = []
    for mark, pattern in language.patterns:
        if mark in text:
            if places:
                places.extend(pattern.finditer(text))
                # `?..` is proposed twice, once for each of its marks; the longer view knows more.
                places.sort(key=_place)
            else:
                places = list(pattern.finditer(text))
    if not places:
        return []
    whole = _whole_spans(text)
    careful = bool(whole) or "(" in text
    found: list[int] = []
    last = 0
    for match in places:
        end = match.end()
        if (match.lastindex is None and not careful) or (end != last and _is_end(text, last, match, whole, language)):
            found.append(end)
            last = end
    return found


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.end(), match.start()


def _whole_spans(text: str) -> list[tuple[int, int]]:
    if not ("*" in text or "[" in text or "`" in text or "<" in text or "_" in text):
        return []
    return [match.span() for match in _WHOLE.finditer(text) if text[match.start()] != "\\"]


def _is_end(text: str, start: int, match: re.Match[str], whole: list[tuple[int, int]], language: Language) -> bool:
    """Whether the sentence that began at ``start`` ends at this place."""
    mark = match.start()
    tail = match[match.lastindex] if match.lastindex else ""
    if whole:
        stop = mark + 1 + len(tail)
        if any(first < stop < last for first, last in whole):
            return False
    if _in_brackets(text, start, mark):
        return False
    if match.lastindex is None:
        return True
    sign = text[mark]
    if sign == "." and not tail:
        return _ends_at_dot(text, start, mark, match.end(), language)
    if sign in "。！？｡":
        return not (tail and tail[-1] in _QUOTES and _WIDE_SPEECH.match(text, match.end()))
    if not text[max(start, mark - _LONG_BRACKET) : mark].strip(_STRIP + " .…"):
        # An ellipsis or a mark that opens the sentence.
        return False
    if sign in "!?…" or tail.startswith((".", "…", "!", "?")):
        return _ends_loudly(text, match, tail, language)
    if sign != "." or (tail[-1:] in _QUOTES and tail[-1:] != "'"):
        return True
    return _ends_at_dot(text, start, mark, match.end(), language)


def _in_brackets(text: str, start: int, mark: int) -> bool:
    """Whether a bracket that was opened inside this sentence is still open: its text belongs to the sentence."""
    opened = text.rfind("(", max(start, mark - _LONG_BRACKET), mark)
    if opened <= start:
        return False
    if text.find(")", opened, mark) != -1 or not text[max(start, opened - _LONG_BRACKET) : opened].strip(_STRIP + " "):
        return False
    closed = text.find(")", mark, opened + _LONG_BRACKET)
    return closed != -1 and text[mark + 1 : closed].strip(_QUOTES) != ""


def _ends_loudly(text: str, match: re.Match[str], tail: str, language: Language) -> bool:
    """After ``!``, ``?`` or an ellipsis: the words of whoever said so belong to what they said."""
    end = match.end()
    if tail and tail[-1] in _QUOTES:
        if _DASH.match(text, end):
            return False
        word = _NEXT.match(text, end)
        if language.speech and word and word[1] not in language.starters and language.speech.match(text, end):
            return False
    return not (tail.endswith((")", "]")) and _next_word(text, end)[0] not in language.starters)


def _ends_at_dot(text: str, start: int, mark: int, end: int, language: Language) -> bool:
    space = max(text.rfind(" ", start, mark), text.rfind("\u00a0", start, mark), start - 1)
    token = text[space + 1 : mark].lstrip(_STRIP)
    rule = _rule(text, mark, token, language)
    if rule is Rule.NEVER:
        return False
    if rule is Rule.BEFORE_NUMBER:
        return not _NUMBER.match(text, end)
    if rule is None and len(token) > 1 and token.isalpha():
        first = space < start and _ROMAN.fullmatch(token)
        return not first and not (_may_be_abbreviation(token, language) and _sentencex_knows(language.name, token))
    word, dotted = _next_word(text, end)
    starter = word in language.starters and not dotted
    if rule is Rule.BEFORE_STARTER:
        return starter
    if rule is not None:
        if rule is Rule.ENDS_AFTER_NUMBER and not _AFTER_NUMBER.search(text, start, space + 1):
            return False
        return word not in language.continues and not _is_opening(text, start, mark, rule, starter)
    if token.isdigit():
        return _ends_at_number(text, start, space, token, word, end, language)
    if len(token) == 1 and token.isalpha():
        return space >= start and starter
    if _INITIALS.fullmatch(token):
        return starter
    # What is left ends in a digit, a sign or an unusual mixture: 5%, CO2, example.org
    return bool(token) or mark > start


def _is_opening(text: str, start: int, mark: int, rule: Rule, starter: bool) -> bool:
    """Whether only the opening words of a sentence (of a clause for years) stand before ``mark``: `В 2024 г. Россия`"""
    comma = text.rfind(", ", start, mark)
    if comma == -1:
        return text.count(" ", start, mark) < _SHORT_OPENING
    in_clause = text.count(" ", comma + 2, mark)
    return rule is Rule.ENDS_AFTER_NUMBER and not starter and in_clause < _SHORT_OPENING


def _ends_at_number(text: str, start: int, space: int, token: str, word: str, end: int, language: Language) -> bool:
    if space < start or word in language.continues:
        return False
    if text[end : end + 1].isdigit() and (len(token) < 3 or language.name == "ko"):
        return False
    if not language.known:
        return not _sentencex_joins(text[start : end + _LOOK_AHEAD], space + len(token) + 2 - start, language.name)
    # Korean dates end with a dot: 2024. 10. 24. 서울
    return not (language.name == "ko" and text[:space].rstrip().endswith(".") and word not in language.starters)


def _next_word(text: str, end: int) -> tuple[str, bool]:
    """The word after a cut without its opening marks, and whether a dot follows it, as after an initial."""
    match = _NEXT.match(text, end)
    if match is None or not match[1]:
        return "", False
    return match[1], text[match.end() : match.end() + 1] == "."


def _rule(text: str, mark: int, token: str, language: Language) -> Rule | None:
    key = token + "."
    for entry, rule in language.phrases.get(key, ()):
        if text[mark + 1 - len(entry) : mark + 1].replace("\u00a0", " ").casefold() == entry.casefold():
            return rule
    rule_found = language.abbreviations.get(key)
    # One letter with a capital is an initial: С. Петров is not село Петров.
    if rule_found is None and len(token) > 1 and token[0].isupper():
        rule_found = language.abbreviations.get(key[0].lower() + key[1:])
    return rule_found


def _may_be_abbreviation(token: str, language: Language) -> bool:
    if not language.known:
        return True
    return len(token) <= _UNKNOWN_ABBREVIATION and token[0].isupper() and token.isalpha() and not token.isupper()


@functools.lru_cache(maxsize=4096)
def _sentencex_knows(lang: str, token: str) -> bool:
    """Whether sentencex takes ``token`` and a full stop for an abbreviation."""
    return _sentencex_joins(f"Then {token}. Then he left.", len(token) + 6, lang)


def _sentencex_joins(text: str, stop: int, lang: str) -> bool:
    from sentencex import segment

    pieces = segment(lang, text)
    return bool(pieces) and len(pieces[0].rstrip()) > stop
