"""A text cut into sentences: the usual paragraph quickly, all others place by place.

The usual paragraph has no other mark that ends sentences than full stops, and most of those are clear. One split finds
them, and nothing is made for each but the sentence: that keeps this nearly as fast as a compiled segmenter.
"""

from __future__ import annotations

import itertools
import re
from typing import Any, Final

from compiler_flow.segment.cuts import cuts, has_usual_marks, is_free_end, is_inside, is_plain, whole_spans
from compiler_flow.segment.items import MARKS
from compiler_flow.segment.language import QUOTES, Language

# What a split at full stops gives for each: the text before it and the two groups of the pattern.
_PARTS: Final = 3
# A text that begins with one of these is looked at closely: it may be a list, or begin with white space.
_RARE_STARTS: Final = frozenset(
    f"{MARKS} \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
# No abbreviation ends like this.
_CLOSED: Final = f"{QUOTES})%"


def pieces(text: str, language: Language, ending: str = ". ") -> list[str]:
    """The sentences of ``text``, each with the white space behind it: joined they are the text.

    With ``"."`` as ``ending`` they come without the white space, and none is empty.
    """
    stop = language.stop
    if (
        stop is None
        or text[:1] in _RARE_STARTS
        or "!" in text
        or "?" in text
        or not (text.isascii() or ("…" not in text and has_usual_marks(text)))
    ):
        return _sliced(text, cuts(text, language), ending)
    parts = stop.split(text)
    marked = "(" in text or "*" in text or "_" in text or "`" in text
    if marked and _is_held_together(text, parts):
        return _sliced(text, cuts(text, language), ending)
    if 3 * parts.count(None) != 2 * (len(parts) - 1) and not _are_ends(parts, language):
        ends = cuts(text, language) if marked else _cuts_at_stops(text, parts, stop, language)
        return _sliced(text, ends, ending)
    # A comprehension does not pay for so few.
    found = []
    last = parts.pop()
    for part in parts[::_PARTS]:
        found.append(part + ending)
    if ending == ". " or (last := last.rstrip()):
        found.append(last)
    return found


def _sliced(text: str, ends: list[int], ending: str) -> list[str]:
    found = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return found if ending == ". " else [core for piece in found if (core := piece.strip())]


def _is_held_together(text: str, parts: list[str | Any]) -> bool:
    """Whether a bracket or mark holds some of the sentences together that ``text`` was split into.

    Places are counted as if ``. `` were behind each: where that is not so, ``_are_ends`` says no.
    """
    first = len(parts[0])
    if "(" in text:
        for part in parts[::_PARTS]:
            if part.rfind("(") > part.rfind(")"):
                return True
    elif text.rfind("*") < first and "_" not in text and "`" not in text:
        return False
    found = parts[::_PARTS]
    whole = whole_spans(text, first, len(text) - len(found[-1]))
    if not whole:
        return False
    stops = itertools.accumulate((len(part) + 2 for part in found[:-1]), initial=-1)
    return any(is_inside(stop, whole) for stop in stops)


def _are_ends(parts: list[str | Any], language: Language) -> bool:
    """Whether all the stops at which a text was split are seen to be ends without a closer look."""
    tails = parts[2::_PARTS]
    if tails.count(None) != len(tails):
        return False
    for part, unclear in zip(parts[::_PARTS], parts[1::_PARTS], strict=False):
        if unclear is None or (part and part[-1] in _CLOSED):
            continue
        space = part.rfind(" ")
        if space == -1 or part[space - 1] == "." or not is_plain(part[space + 1 :], language):
            return False
    return True


def _cuts_at_stops(text: str, parts: list[str | Any], stop: re.Pattern[str], language: Language) -> list[int]:
    """The cuts of a text that ``stop`` has split: behind clear stops, and behind those others that are the end."""
    found: list[int] = []
    place = last = 0
    for number in range(0, len(parts) - 1, _PARTS):
        mark = place + len(parts[number])
        if parts[number + 1] is None and parts[number + 2] is None:
            place = last = mark + 2
            found.append(last)
        elif match := stop.match(text, mark):
            place = match.end()
            if is_free_end(text, last, match, language):
                last = place
                found.append(last)
    return found
