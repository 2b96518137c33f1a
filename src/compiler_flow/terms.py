"""What a glossary entry means: its renderings, the text of its first mention, and when two renderings are the same.

Pure functions over ``model.Term``. Chinese renderings are compared without white space and interpuncts, because
compilers write ``汉诺·佩夫库尔``, ``汉诺 佩夫库尔`` and ``汉诺•佩夫库尔`` for one name. Only the first is right, but
that is another check's business.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from compiler_flow.model import Term, TermHit, TermKind
from compiler_flow.text import has_han, lazy_pattern

# GB/T 15834-2011, 4.14: the interpunct 间隔号 of foreign names is U+00B7.
INTERPUNCT = "·"
# What keyboards and converters put in its place.
INTERPUNCTS = "·•・･‧⋅∙᛫ꞏ"
NO_FIRST = "-"
# A state's single character stands behind a word that leads to one (对俄边界, 访美, 在华), unless another word begins
# there (对美好生活, 在华盛顿).
_LEADING = "对涉驻访赴援反亲"
_OTHERWISE = "好丽术食容学女元语文剧族龙鸦云阳野"
_LEADING_TO_CHINA = f"{_LEADING}在来抵离侵遏排仇旅留输"
_OTHERWISE_CHINESE = "盛尔沙为人裔侨语文纳夏北东南中山商润约丽"
LED_TO_STATE = (
    rf"(?<=[{_LEADING}])[美俄韩朝乌](?![{_OTHERWISE}])|(?<=[{_LEADING_TO_CHINA}])华(?![{_OTHERWISE_CHINESE}])"
)

_DASHES = "‐‑‒–—―−﹘﹣－"
# Full-width letters and digits are the half-width ones at a fixed distance (Unicode, block FF00).
_WIDE = {code: code - 0xFEE0 for first, last in ("０９", "Ａｚ") for code in range(ord(first), ord(last) + 1)}
_SAME: dict[int, int | str] = {**_WIDE, **dict.fromkeys(map(ord, _DASHES), "-")}
_SAME_CHANGES = lazy_pattern(f"[０-９Ａ-ｚ{_DASHES}]")
_IGNORED = lazy_pattern(rf"[\s{INTERPUNCTS}]+")
_FOLDED = lazy_pattern(rf"[\s{INTERPUNCTS}０-９Ａ-ｚ{_DASHES}]")
_INTERPUNCT = lazy_pattern(f"[{INTERPUNCTS}]")


def surname(target: str) -> str:
    """The part of a rendering after its last ``·``; empty where it has none.

    Other interpuncts count too: a badly typed entry is lint's business and must still work.
    """
    _given, interpunct, last = target.rpartition(INTERPUNCT)
    if interpunct and not _INTERPUNCT.search(last):
        return last.strip()
    parts = _INTERPUNCT.split(target)
    return parts[-1].strip() if len(parts) > 1 else ""


def renderings(term: Term) -> tuple[str, ...]:
    """Every rendering that counts as this term, the wanted one first, each once.

    ``target``, then ``accept``, then for persons their surnames. A surname of one character (马修·李) is left out:
    it stands in too many other words.
    """
    return _renderings(term.target, term.accept, term.kind is TermKind.PERSON)


def renderings_of(target: str, accept: tuple[str, ...], is_person: bool) -> tuple[str, ...]:
    """``renderings`` of a term by its parts, which remembers nothing: for a look at each of many terms."""
    if not accept:
        part = surname(target) if is_person else ""
        return (target, part) if len(part) > 1 and part != target else (target,) if target else ()
    full = (target, *accept)
    parts = (surname(text) for text in full) if is_person else ()
    return tuple(dict.fromkeys([text for text in full if text] + [part for part in parts if len(part) > 1]))


# The same few names are asked for in every unit that has them.
_renderings = functools.lru_cache(maxsize=1 << 14)(renderings_of)


def is_rendered(term: Term, folded: str) -> bool:
    """Whether a translation has any rendering of ``term``; ``folded`` is its ``fold_rendering``."""
    return any(fold_rendering(text) in folded for text in renderings(term))


def agreed(hit: TermHit) -> str:
    """What a translation shall say for ``hit``: the surname for a surname alone."""
    return (surname(hit.term.target) if hit.partial else "") or hit.term.target


def first_text(term: Term, original: str = "") -> str:
    """The exact text wanted at the first mention in an article; empty where none is asked for.

    ``term.first`` if it is set (``-`` asks for nothing); ``译名（原文）`` for persons, with ``original`` as it stands
    in the source (default: the entry's source). Names whose original is in Han characters need no original.
    """
    if term.first:
        return "" if term.first.strip() == NO_FIRST else term.first
    original = original or term.source
    if term.kind is not TermKind.PERSON or has_han(original):
        return ""
    return f"{term.target}（{original}）"


def wants_first_text(term: Term) -> bool:
    """Whether ``first_text`` asks for anything."""
    if term.first:
        return term.first.strip() != NO_FIRST
    return term.kind is TermKind.PERSON and not has_han(term.source)


def fold_rendering(text: str) -> str:
    """``text`` as renderings are compared: no white space, no interpuncts, one kind of dash, half-width letters."""
    # Nearly all that names have is the right interpunct.
    plain = text.replace(INTERPUNCT, "")
    if not _FOLDED.search(plain):
        return plain
    kept = _IGNORED.sub("", text)
    # Tables are slow on Chinese, and few texts have any of these.
    return kept.translate(_SAME) if _SAME_CHANGES.search(kept) else kept


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """``fold_rendering(text)`` and, for each of its characters, the offset in ``text`` where it stands."""
    folded = fold_rendering(text)
    return folded, range(len(text)) if len(folded) == len(text) else folded_offsets(text)


def folded_offsets(text: str) -> Sequence[int]:
    """For each character of ``fold_rendering(text)`` the offset in ``text`` where it stands."""
    offsets: list[int] = []
    end = 0
    for gap in _IGNORED.finditer(text):
        offsets.extend(range(end, gap.start()))
        end = gap.end()
    offsets.extend(range(end, len(text)))
    return offsets


def is_rejected(hit: TermHit, text: str) -> bool:
    """Whether what stands at ``hit`` in the translation ``text`` is a rendering that its entry refuses."""
    if not hit.term.reject:
        return False
    found = fold_rendering(text[hit.start : hit.end])
    return any(found == fold_rendering(rejected) for rejected in hit.term.reject)
