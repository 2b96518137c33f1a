"""Our rules as SRX 2.0 (LISA, 7 April 2008), for programs that cut texts themselves.

SRX knows a place only by what stands before and after it; the first rule that fits decides. What our cutter does
beyond that has no rule here: lists in a line, spaced ellipses, lines in capitals, Markdown that must not be torn,
abbreviations that only sentencex knows. ``tests/segment/test_srx.py`` counts the cases that differ for it.

The patterns are Java's (and ICU's) in that they look behind over a bounded, not a fixed length; Java wants to see the
bound, so nothing but a character is repeated there. They match as little as possible, because OmegaT finds one match
behind the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from compiler_flow.segment.language import (
    CLOSING,
    ENDING,
    GOES_ON,
    HANGUL,
    LOWER,
    OPENING,
    OTHER,
    QUOTES,
    TAIL,
    WIDE,
    WIDE_SPEECH,
    Rule,
    known_languages,
    sections,
)

_WORD = r"[\p{L}\p{N}/]"
_SPACE = r"[\s\u00a0\u202f]"
# What begins a sentence as far as a short look back can tell: the text, or what follows a longer word.
_START = rf"(?:^|(?:[!?…]|[{LOWER}]{{4}}\.)[\"”’»“]?{_SPACE})"
_BOUND = rf"(?<!{_WORD})(?<!{_WORD}[.])(?<!\p{{L}}[‘ʻ])"
_DASH = rf"[—–-]{_SPACE}"
_QUOTE = f"[{QUOTES}]"
_OPEN = f"[{OPENING}]{{0,4}}"
_CHUNK = r"\S{0,30}[^\s,]"
_DATELINE = r"(?<=^\p{Lu}{2,30}(?:[ -]\p{L}{1,30})?(?:[ -]\p{L}{1,30})?[,(][^!?.]{0,40}(?:\d\.[^!?.]{0,40})?)\."


@dataclass(frozen=True, slots=True)
class SrxRule:
    """One rule: whether a text is cut between ``before`` and ``after`` (regular expressions)."""

    cuts: bool
    before: str
    after: str


def languages() -> list[str]:
    """The languages with rules of their own; ``""`` for all others comes last."""
    return [*known_languages(), ""]


def rules(language: str) -> list[SrxRule]:
    """The rules of one language (two or three letters) in the order they are to be tried."""
    found = sections(language)
    return [*_exceptions(language, found), *_breaks(language)]


def serialize(chosen: Iterable[str] = ()) -> bytes:
    """An SRX 2.0 file with the rules of ``chosen`` languages (default: all), UTF-8."""
    names = list(chosen) or languages()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<srx xmlns="http://www.lisa.org/srx20" version="2.0">',
        '<header segmentsubflows="yes" cascade="no">',
        '<formathandle type="start" include="no"/>',
        '<formathandle type="end" include="yes"/>',
        '<formathandle type="isolated" include="no"/>',
        "</header>",
        "<body>",
        "<languagerules>",
    ]
    for name in names:
        lines.append(f"<languagerule languagerulename={quoteattr(name or 'default')}>")
        for rule in rules(name):
            lines += [
                f'<rule break="{"yes" if rule.cuts else "no"}">',
                f"<beforebreak>{escape(rule.before)}</beforebreak>",
                f"<afterbreak>{escape(rule.after)}</afterbreak>",
                "</rule>",
            ]
        lines.append("</languagerule>")
    lines += ["</languagerules>", "<maprules>"]
    lines += [
        f"<languagemap languagepattern={quoteattr(pattern(name))} languagerulename={quoteattr(name or 'default')}/>"
        for name in names
    ]
    return "\n".join([*lines, "</maprules>", "</body>", "</srx>", ""]).encode("utf-8")


def pattern(language: str) -> str:
    """What a language's tags look like, in small letters or capitals."""
    letters = "".join(f"[{letter.upper()}{letter}]" for letter in language)
    return f"{letters}(?:[-_].*)?" if language else ".*"


def _exceptions(language: str, found: dict[str, list[str]]) -> Iterator[SrxRule]:
    starters = _words(found.get("starters", ()))
    yield from _marks(found)
    if language == "hy":
        # A dot ends nothing, whatever the rules for all languages say, which some programs try as well.
        yield SrxRule(False, rf"(?<!\.)\.[{CLOSING}]{{0,30}}", r"\s")
        return
    # An abbreviation that stands in two sections has the rule of the later one, as in our cutter.
    owners = {entry: rule.value for rule in Rule for entry in found.get(rule.value, ())}
    known = {rule.value: _abbreviations(entry for entry in owners if owners[entry] == rule.value) for rule in Rule}
    # The last word of "ir t. t." is no "t." of its own.
    phrases = _abbreviations(
        entry for entry, name in owners.items() if name in {"before-starter", "ends"} and " " in entry
    )
    ends = _either(known["ends"], known["ends-after-number"])
    yield SrxRule(False, _DATELINE, rf"\s(?={_DASH})")
    every = _either(*known.values())
    if every:
        yield SrxRule(False, _stop(every), rf"\s(?={_DASH})")
    if known["before-starter"]:
        yield SrxRule(False, _stop(known["before-starter"]), _unless(starters))
    if known["never"]:
        yield SrxRule(False, _stop(known["never"], other=phrases) + r"\)?", r"\s")
        yield SrxRule(False, rf"(?<={_BOUND}(?:{known['never']})\.\s[{LOWER}]{{2,5}})\.", r"\s")
    if ends:
        yield SrxRule(False, rf"(?<=^{_OPEN}(?:{ends}))\.", r"\s")
        if "year-first" in found.get("settings", ()):
            yield SrxRule(False, _stop(ends), r"\s(?=\d)")
    if known["before-number"]:
        number = r"[№#§(]?\s?\d|[IVXLC]{2,}\b(?![.'’])|[VXLC]\b(?![.'’])"
        yield SrxRule(False, _stop(known["before-number"]), rf"\s(?={number})")
    if numbered := _abbreviations(
        entry for entry in found.get("before-number", ()) if owners[entry].startswith("ends")
    ):
        yield SrxRule(False, _stop(numbered), r"\s(?=\d)")
    if known["ends"]:
        yield SrxRule(False, _stop(ends), rf"\s(?=\d{{1,3}}\s(?:{known['ends']})\.)")
    continues = _words(found.get("continues", ()))
    if continues:
        yield SrxRule(False, _stop(_either(ends, r"\d{1,9}")), rf"\s(?={_OPEN}(?:{continues}))")
    if known["ends-after-number"]:
        after = _BOUND + rf"(?<!\d-?)(?<!\d{_SPACE})(?<!\b[IVXLCІХ]{{1,8}}{_SPACE})"
        stop = _stop(known["ends-after-number"], behind=after, other=phrases)
        yield SrxRule(False, stop, _unless(starters))
    yield from _openings(found, ends, known["ends-after-number"], starters)
    yield from _numbers(language, found, starters, every)


def _marks(found: dict[str, list[str]]) -> Iterator[SrxRule]:
    """Quotations that end loudly, ellipses that open a sentence, brackets."""
    verbs = "|".join(map(re.escape, found.get("speech", ())))
    starters = _words(found.get("starters", ()))
    loud = rf"(?:[!?…]|\.\.){_QUOTE}"
    yield SrxRule(False, loud, rf"\s(?={_DASH})")
    if verbs:
        words = r"(?:\p{L}[\p{L}\p{N}.'’-]*\s+){0,5}?"
        yield SrxRule(False, loud, rf"\s{f'(?!{starters})' if starters else ''}(?={words}(?:{verbs})\b)")
    yield SrxRule(False, rf"(?<={_START}{_OPEN})(?:…|\.\.+)", r"\s")
    yield SrxRule(False, r"(?<=\[)(?:…|\.\.\.)\]", r"\s")
    yield SrxRule(False, rf"(?<=\[[^\[\]]{{0,400}})[{ENDING}]", r"\s(?=[^\[\]]{0,400}\]\()")
    yield SrxRule(False, r"\.", r"\s(?=\.)")
    yield SrxRule(False, r"(?<=\.\s)\.", r"\s")
    within = rf"(?<=[^\s{ENDING}\"”»]\s\([^()]{{0,400}})[{ENDING}]"
    yield SrxRule(False, within, r"\s(?=[^()]{0,400}\))")


def _openings(found: dict[str, list[str]], ends: str, after_number: str, starters: str) -> Iterator[SrxRule]:
    """``В 2024 г. Россия``: a clause of time opens the sentence and does not end it."""
    first = _either(
        "|".join(f"[{word[0]}{word[0].lower()}]{re.escape(word[1:])}" for word in found.get("openings", ())),
        r"\d{1,9}(?:[.-]\p{L}{0,4})?",
    )
    if not found.get("openings"):
        first = rf"{_CHUNK}(?:{_SPACE}{_CHUNK})?"
    if ends:
        head = rf"{_START}{_OPEN}(?:{first})(?:{_SPACE}{_CHUNK})?[\s\u00a0-]"
        short = rf"{_START}{_OPEN}[\dIVXLCІХ]{{1,9}}[\s\u00a0-]"
        yield SrxRule(False, _stop(ends, behind=rf"(?<={head}|{short})"), r"\s")
    if after_number:
        clause = rf",{_SPACE}(?:{first})(?:{_SPACE}{_CHUNK})?[\s\u00a0-]"
        yield SrxRule(False, _stop(after_number, behind=rf"(?<={clause})"), _unless(starters))


def _numbers(language: str, found: dict[str, list[str]], starters: str, known: str) -> Iterator[SrxRule]:
    """Initials, and numbers that are ordinals or open a list."""
    initials = r"\p{L}|" + r"(?:\p{L}{1,2}\.-?)?" * 2 + r"\p{L}{1,2}\.-?\p{L}{1,2}"
    yield SrxRule(False, rf"(?<={_START}{_OPEN}\p{{L}})\.", r"\s")
    # The C of °C is none.
    yield SrxRule(False, _stop(initials, behind=_BOUND + "(?<!°)", other=known), _unless(starters))
    yield SrxRule(False, rf"(?<=^{_OPEN}\d{{1,9}})\.", r"\s")
    yield SrxRule(False, _stop(r"\d{1,9}" if language == "ko" else r"\d{1,2}"), r"\s(?=\d)")
    if language == "ko":
        yield SrxRule(False, r"(?<=\d\.\s?\d{1,2})\.", _unless(starters))
    if "capital-nouns" in found.get("settings", ()):
        yield SrxRule(False, _stop(r"\d{1,2}"), _unless(starters))


def _breaks(language: str) -> Iterator[SrxRule]:
    goes_on = GOES_ON.replace("(?!", r"(?!\s*")
    after = rf"\s{goes_on}(?=\s*\S)"
    if language == "hy":
        yield SrxRule(True, rf"(?:[!?…։{OTHER}]|\.\.){TAIL}", after)
        yield SrxRule(True, rf":[{CLOSING}]{{0,30}}", rf"\s(?=\s*{_OPEN}[Ա-Ֆ])")
    else:
        if language == "ko":
            yield SrxRule(True, r"(?<=[다요죠])\.", rf"[{HANGUL}]")
        yield SrxRule(True, rf"[{ENDING}։{OTHER}]{TAIL}", after)
    yield SrxRule(False, rf"[{WIDE}…]{_QUOTE}", rf"(?={WIDE_SPEECH})")
    yield SrxRule(True, rf"[{WIDE}][{WIDE}…{CLOSING}]{{0,30}}", rf"(?=[^\s{WIDE}])")


def _stop(abbreviations: str, *, behind: str = "", other: str = "") -> str:
    """A full stop behind one of ``abbreviations`` that is none of ``other``; ``behind`` is what stands before."""
    but = f"(?<!{_BOUND}(?:{other}))" if other else ""
    return rf"(?<={behind or _BOUND}(?:{abbreviations})){but}\."


def _unless(starters: str) -> str:
    """White space that no word follows which starts sentences."""
    return rf"\s(?!\s*{_OPEN}(?:{starters})(?!\.))" if starters else r"\s"


def _words(words: Iterable[str]) -> str:
    either = "|".join(map(re.escape, words))
    return rf"(?:{either})(?![\p{{L}}\p{{N}}]|['’-]\p{{L}})" if either else ""


def _either(*ways: str) -> str:
    return "|".join(way for way in ways if way)


def _abbreviations(entries: Iterable[str]) -> str:
    return "|".join(_as_written(entry.removesuffix(".")) for entry in entries)


def _as_written(entry: str) -> str:
    """``entry`` with or without its spaces, and with a capital where it is a word in small letters."""
    first, rest = entry[0], re.escape(entry[1:]).replace(r"\ ", f"{_SPACE}?")
    if len(entry.replace(" ", "")) > 1 and first.islower():
        return f"[{first}{first.upper()}]{rest}"
    return f"{re.escape(first)}{rest}"
