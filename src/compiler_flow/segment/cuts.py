"""Where a text is cut into sentences.

A language's patterns propose the places; most are clear (a long small word, a full stop, a capital) and are taken at
once, which keeps this about as fast as a compiled segmenter. The others are judged one by one: quotations, brackets,
abbreviations, initials, ordinals. What our data do not know, sentencex is asked.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from typing import Final

from compiler_flow.segment.items import MARKS, items
from compiler_flow.segment.language import QUOTES, WIDE_SPEECH, Language, Rule
from compiler_flow.text import lazy_pattern

_SHORT_OPENING: Final = 3
_FAR: Final = 400
_LOOK_AHEAD: Final = 40
_UNKNOWN_ABBREVIATION: Final = 5

_STRIP: Final = "\"'“‘„‚«‹»›([{*_`—–-/¿¡"
_NEXT = lazy_pattern(r"(?:[—–-]\s+)?[\"'“‘„‚«‹»›(\[{*_`¿¡]*([^\W\d_]+(?:['’-][^\W\d_]+)*)?")
_NUMBER = lazy_pattern(r"[№#§(]?\s?\d|(?:[IVXLC]{2,}|[VXLC])\b(?![.'’])")
# Roman numbers are typed with Cyrillic letters as well.
_AFTER_NUMBER = lazy_pattern(r"(?:\d|\b[IVXLCІХ]+)[\s\u00a0]*-?$")
# The smaller unit of an amount that goes on: 14 val. 30 min.
_SMALLER = lazy_pattern(r"\d{1,3}\s([^\W\d_]+\.)")
_BEFORE_CORE = lazy_pattern(r"\d+-|[^\W\d_]{1,2}['’]|[^\W\d_]+\.-")
_ROMAN = lazy_pattern(r"[IVXLCDM]+")
_INITIALS = lazy_pattern(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_DASH = lazy_pattern(r"[—–-]\s")
# RIGA, 24 October. — Parliament …
_DATELINE = lazy_pattern(r"[^\W\d_]{2,}(?:[ -][^\W\d_]+){0,2}[,(][^!?]{0,40}")
_ENDER = lazy_pattern(r"[.!?…]")
_DOTS: Final = 8
# A line in capitals is longer than an acronym.
_SHOUT: Final = 3
_WIDE_SPEECH = lazy_pattern(WIDE_SPEECH)
# Code, links, addresses, emphasis: a cut inside would leave half a mark in two segments. Nothing is tried twice and
# repeats are bounded, so that unclosed marks cannot make this quadratic.
_MARKS: Final = {
    "*": r"\*(?:\*(?=\S)(?:[^*\\]++|\\.|\*(?!\*)){1,200}+\*\*|(?=[^\s*])(?:[^*\\]++|\\.){1,200}+\*)",
    "[": r"\[(?:[^\[\]\\]++|\\.|\[[^\[\]]{0,200}\]){0,200}+\]\([^()\s]{0,2000}\)",
    "`": r"`(`*)(?!`).{1,500}?(?<!`)`\1(?!`)",
    "<": r"<[a-zA-Z][\w+.-]*:[^<>\s]{1,2000}>",
    "_": r"_(?<!\w_)(?=[^\s_])(?:[^_\\]++|\\.){1,200}+_(?!\w)",
}
# A pattern with a fixed first letter is found fastest, and most texts have one kind of mark.
_ONE_KIND: Final = {mark: lazy_pattern(pattern, re.DOTALL) for mark, pattern in _MARKS.items()}
_WHOLE = lazy_pattern("|".join((r"\\.", *_MARKS.values())), re.DOTALL)


def cuts(text: str, language: Language) -> list[int]:
    """The offsets in ``text`` where a new sentence starts, without 0, ascending; white space stays with the sentence
    before it.
    """
    if text[:1] in MARKS and (marks := items(text, language)):
        whole = whole_spans(text, 0, len(text))
        if not any(is_inside(start, whole) for start, _end in marks):
            return _cuts_of_items(text, language, marks)
    places = _places(text, language)
    return _chosen(text, places, language) if places else []


def has_usual_marks(text: str) -> bool:
    """Whether no sentence can end but at one of ``.!?:…``."""
    # Spelt out, because neither a loop nor a pattern is nearly as fast.
    common = "。" not in text and "！" not in text and "？" not in text and "｡" not in text
    return common and not ("։" in text or "؟" in text or "۔" in text or "।" in text or "॥" in text or "።" in text)


def is_free_end(text: str, start: int, match: re.Match[str], language: Language) -> bool:
    """Whether the sentence that began at ``start`` ends at this place, if no bracket or mark of Markdown is near."""
    return _is_plain_stop(text, start, match, language) or _is_end(text, start, match, (), language)


def _cuts_of_items(text: str, language: Language, marks: list[tuple[int, int]]) -> list[int]:
    """Before every item but the first, and inside each; never at the dot of a mark."""
    found = []
    for (start, end), (stop, _end) in zip(marks, [*marks[1:], (len(text), 0)], strict=True):
        found += [start] if start else []
        skip = stop - len(text[end:stop].lstrip())
        found += [skip + cut for cut in cuts(text[skip:stop], language) if skip + cut < stop]
    return found


def _chosen(text: str, places: list[re.Match[str]], language: Language) -> list[int]:
    """The ends of those places where a sentence ends, where brackets and marks may be in the way."""
    brackets = "(" in text
    marked = "*" in text or "[" in text or "`" in text or "<" in text or "_" in text
    whole = whole_spans(text, places[0].start(), places[-1].end()) if marked else []
    found: list[int] = []
    last = 0
    for match in places:
        end = match.end()
        if match.lastindex is None or _is_plain_stop(text, last, match, language):
            if whole and is_inside(match.start() + 1, whole):
                continue
            if brackets and text.find("(", last, end) != -1 and _in_brackets(text, last, match.start()):
                continue
        elif end == last or not _is_end(text, last, match, whole, language):
            continue
        found.append(end)
        last = end
    return found


def _is_plain_stop(text: str, start: int, match: re.Match[str], language: Language) -> bool:
    """Whether this is a full stop behind a word that nobody takes for an abbreviation, and before a capital."""
    mark, end = match.span()
    if end != mark + 2 or text[mark] != "." or not text[end].isupper():
        return False
    space = text.rfind(" ", start, mark)
    return text[space - 1 : space] != "." and is_plain(text[space + 1 : mark], language)


@functools.lru_cache(maxsize=8192)
def is_plain(token: str, language: Language) -> bool:
    """Whether ``token`` is a word that nobody takes for an abbreviation."""
    if len(token) < 2 or not token.isalpha() or _ROMAN.fullmatch(token) or f"{token}." in language.phrases:
        return False
    forms = {token, f"{token[0].lower()}{token[1:]}", token.lower(), token.capitalize()}
    known = language.abbreviations.keys() & {f"{form}." for form in forms}
    return not known and not (_may_be_abbreviation(token, language) and _sentencex_knows(language.name, token))


def _places(text: str, language: Language) -> list[re.Match[str]]:
    """What the patterns propose, in order."""
    places: list[re.Match[str]] = []
    # Most texts have a few of the marks, and looking for one character is faster than any pattern.
    for mark, pattern in language.usual_patterns if text.isascii() or has_usual_marks(text) else language.patterns:
        if mark in text:
            if places:
                places.extend(pattern.finditer(text))
                # `?..` is proposed twice, once for each of its marks; the longer view knows more.
                places.sort(key=_place)
            else:
                places = list(pattern.finditer(text))
    return places


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.end(), match.start()


def whole_spans(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Where no cut may be, as far as that matters for the places from ``first`` to ``last``."""
    if max(map(text.rfind, "*)`>_")) < first or not any(mark in text[:last] for mark in _MARKS):
        return []
    kinds = [mark for mark in _MARKS if mark in text]
    pattern = _ONE_KIND[kinds[0]] if len(kinds) == 1 and "\\" not in text else _WHOLE
    return [match.span() for match in pattern.finditer(text) if text[match.start()] != "\\"]


def _is_end(text: str, start: int, match: re.Match[str], whole: Sequence[tuple[int, int]], language: Language) -> bool:
    """Whether the sentence that began at ``start`` ends at this place."""
    mark = match.start()
    tail = match[match.lastindex or 0]
    if whole and is_inside(mark + 1 + len(tail), whole):
        return False
    if _in_brackets(text, start, mark):
        return False
    sign = text[mark]
    if sign == "." and (text.startswith(".", match.end()) or text.endswith(". ", 0, mark)):
        return _ends_at_spaced_dots(text, mark)
    if sign == "." and not tail:
        return _ends_at_dot(text, start, mark, match.end(), language)
    if sign in "。！？｡":
        return not (tail and tail[-1] in QUOTES and _WIDE_SPEECH.match(text, match.end()))
    if not text[max(start, mark - _FAR) : mark].strip(_STRIP + " .…"):
        # An ellipsis or a mark that opens the sentence.
        return False
    if sign in "!?…" or tail.startswith((".", "…", "!", "?")):
        if text[mark - 1 : mark] == "[" and tail.lstrip(".…")[:1] == "]" and not _ENDER.search(tail.lstrip(".…")):
            # [...] stands for words of the sentence.
            return False
        return _ends_loudly(text, match, tail, language)
    if sign != "." or (tail[-1:] in QUOTES and tail[-1:] != "'"):
        return True
    return _ends_at_dot(text, start, mark, match.end(), language)


def is_inside(place: int, whole: Sequence[tuple[int, int]]) -> bool:
    """Whether ``place`` is inside one of these spans."""
    # The spans are in order and do not overlap: only the last one that begins before can hold the place.
    number = bisect.bisect_left(whole, (place, 0)) - 1
    return number >= 0 and place < whole[number][1]


def _ends_at_spaced_dots(text: str, mark: int) -> bool:
    """``. . .`` goes on, a fourth dot ends the sentence: the first one if it stands close to the word, else the last
    (Chicago Manual of Style, 15th edition, 11.55 to 11.65).
    """
    first = last = mark
    while text.endswith(". ", 0, first) and mark - first < 2 * _DOTS:
        first -= 2
    while text.startswith(" .", last + 1) and last - mark < 2 * _DOTS:
        last += 2
    dots = (last - first) // 2 + 1
    if dots == 2 and mark == last:
        return True
    word = _NEXT.match(text, last + 2)
    if dots < 4 or word is None or not word[1] or not word[1][0].isupper():
        return False
    return mark == (last if text[first - 1 : first].isspace() else first)


def _in_brackets(text: str, start: int, mark: int) -> bool:
    """Whether a bracket that was opened inside this sentence is still open: its text belongs to the sentence."""
    opened = text.rfind("(", max(start, mark - _FAR), mark)
    if opened <= start:
        return False
    if text.find(")", opened, mark) != -1 or not text[max(start, opened - _FAR) : opened].strip(_STRIP + " "):
        return False
    closed = text.find(")", mark, opened + _FAR)
    return closed != -1 and text[mark + 1 : closed].strip(QUOTES) != ""


def _ends_loudly(text: str, match: re.Match[str], tail: str, language: Language) -> bool:
    """After ``!``, ``?`` or an ellipsis: the words of whoever said so belong to what they said."""
    end = match.end()
    if tail and tail[-1] in QUOTES:
        if _DASH.match(text, end):
            return False
        word = _NEXT.match(text, end)
        if language.speech and word and word[1] not in language.starters and language.speech.match(text, end):
            return False
    return not (tail.endswith((")", "]")) and _next_word(text, end)[0] not in language.starters)


def _ends_at_dot(text: str, start: int, mark: int, end: int, language: Language) -> bool:
    space = max(text.rfind(" ", start, mark), start - 1)
    token = text[space + 1 : mark]
    if "\u00a0" in token:
        space = text.rfind("\u00a0", start, mark)
        token = text[space + 1 : mark]
    token = token.lstrip(_STRIP)
    shouted = mark - start > _SHOUT and text[max(start, mark - _FAR) : mark].isupper()
    rule = _rule(text, mark, token, language)
    if rule is None and shouted:
        rule = language.abbreviations.get(f"{token.capitalize()}.") or language.abbreviations.get(f"{token.lower()}.")
    if rule is Rule.NEVER:
        return False
    if text[end] in "—–-" and _DASH.match(text, end) and (rule is not None or _is_dateline(text, start, mark)):
        return False
    if rule is Rule.BEFORE_NUMBER:
        return not _NUMBER.match(text, end)
    if rule is None and len(token) > 1 and token.isalpha():
        if space < start and _ROMAN.fullmatch(token):
            return False
        if len(token) <= _UNKNOWN_ABBREVIATION and token.islower() and _follows_title(text, start, space, language):
            return False
        return not (_may_be_abbreviation(token, language) and _sentencex_knows(language.name, token))
    word, dotted = _next_word(text, end)
    starter = (word in language.starters or (shouted and word.capitalize() in language.starters)) and not dotted
    if rule is Rule.BEFORE_STARTER:
        return starter
    if rule is not None:
        if space < start or (text[end].isdigit() and _number_goes_on(text, end, token, language)):
            return False
        word_at = mark - len(_core(token))
        if rule is Rule.ENDS_AFTER_NUMBER and not _AFTER_NUMBER.search(text, start, word_at):
            return starter
        return word not in language.continues and not _is_opening(text, start, mark, rule, starter, language)
    if token.isdigit():
        return _ends_at_number(text, start, space, token, word, end, language)
    if len(token) == 1 and token.isalpha():
        return space >= start and starter
    if _INITIALS.fullmatch(token):
        return starter
    # What is left ends in a digit, a sign or an unusual mixture: 5%, CO2, example.org
    return bool(token) or mark > start


def _number_goes_on(text: str, end: int, token: str, language: Language) -> bool:
    """Whether the number after an abbreviation belongs to it: ``2024 ж. 1 қаңтар``, ``ст. 121``, ``14 val. 30 min.``"""
    if "year-first" in language.settings or f"{token}." in language.numbered:
        return True
    smaller = _SMALLER.match(text, end)
    return smaller is not None and language.abbreviations.get(smaller[1]) is Rule.ENDS


def _follows_title(text: str, start: int, space: int, language: Language) -> bool:
    """Whether the word before ``space`` is a title, so that a short word after it is a part of it: `Gen. dyw. Kowal`"""
    if text[space - 1 : space] != ".":
        return False
    title = text[text.rfind(" ", start, space) + 1 : space - 1].lstrip(_STRIP)
    return _rule(text, space - 1, title, language) is Rule.NEVER


def _is_dateline(text: str, start: int, mark: int) -> bool:
    return mark - start < _FAR and text[start : start + 2].isupper() and bool(_DATELINE.fullmatch(text, start, mark))


def _is_opening(text: str, start: int, mark: int, rule: Rule, starter: bool, language: Language) -> bool:
    """Whether only the opening words of a sentence (of a clause for years) stand before ``mark``: `В 2024 г. Россия`"""
    comma = text.rfind(", ", start, mark)
    clause = start if comma == -1 else comma + 2
    if text.count(" ", clause, mark) >= _SHORT_OPENING:
        return False
    if language.openings:
        first = _next_word(text, clause)[0]
        if first and first.casefold() not in language.openings:
            return False
    return comma == -1 or (rule is Rule.ENDS_AFTER_NUMBER and not starter)


def _ends_at_number(text: str, start: int, space: int, token: str, word: str, end: int, language: Language) -> bool:
    if space < start or word in language.continues:
        return False
    if text[end : end + 1].isdigit() and (len(token) < 3 or language.name == "ko"):
        return False
    if "capital-nouns" in language.settings and len(token) < 3:
        return word in language.starters
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


def _core(token: str) -> str:
    """The abbreviation in ``2024-ж``, ``L’art`` and ``ген.-лейт``."""
    before = _BEFORE_CORE.match(token)
    return token[before.end() :] if before else token


def _rule(text: str, mark: int, token: str, language: Language) -> Rule | None:
    key = token + "."
    for entry, rule in language.phrases.get(key, ()):
        if text[mark + 1 - len(entry) : mark + 1].replace("\u00a0", " ").casefold() == entry.casefold():
            return rule
    rule_found = language.abbreviations.get(key)
    if rule_found is None and not token.isalnum():
        core = _core(token)
        if core != token:
            return _rule(text, mark, core, language)
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
