"""``latin-mismatch``: foreign letters in the translation that the source does not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group, shown
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Metadata, Severity, Term, TermKind, Unit
from compiler_flow.text import base_language, lazy_pattern

_WORD = lazy_pattern(r"[A-Za-zÀ-ɏḀ-ỿЀ-ӿ]+(?:['’-][A-Za-zÀ-ɏḀ-ỿЀ-ӿ]+)*")
_LETTER = lazy_pattern(r"[A-Za-zÀ-ɏḀ-ỿЀ-ӿ]")
_CYRILLIC = lazy_pattern(r"[Ѐ-ӿ]")
_LATIN = lazy_pattern(r"[A-Za-zÀ-ɏ]")
# Their names change with the case: the base form need not stand in the source.
_INFLECTING = frozenset(
    {
        "ru",
        "uk",
        "be",
        "pl",
        "lt",
        "lv",
        "et",
        "ro",
        "fi",
        "hu",
        "cs",
        "sk",
        "sr",
        "hr",
        "bg",
        "sl",
    }
)
_UNITS = frozenset(
    {
        "km",
        "kg",
        "cm",
        "mm",
        "ml",
        "kw",
        "mw",
        "gw",
        "kwh",
        "mwh",
        "hz",
        "ghz",
        "mhz",
        "app",
        "wifi",
        "vs",
        "pro",
        "the",
        "of",
        "and",
        "for",
        "de",
    }
)
_OTHER_LETTERS = str.maketrans("łøđıŁØĐ", "lodiLOD")


def _run(catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    wanted = [group for group in grouped if _is_strange(group)]
    if not wanted:
        return
    texts = [shown(unit.source).text for unit in catalog.units] + _metadata_texts(context.metadata)
    together = " ".join(texts)
    known: set[str] = set().union(*map(_words, texts))
    scripts = (bool(_LATIN.search(together)), bool(_CYRILLIC.search(together)))
    for group in wanted:
        # Nearly every word stands in the article; only for others the glossary and the neighbourhood are asked.
        unknown = [match for match in _WORD.finditer(group.rendered.text) if not _is_known(match[0], known)]
        if not unknown:
            continue
        glossary = _glossary_words(group, context)
        inside = [(hit.start, hit.end) for hit in context.target_terms(group.rendered.text)]
        for match in unknown:
            if any(start <= match.start() and match.end() <= end for start, end in inside):
                continue
            if _is_known(match[0], glossary):
                continue
            nearest = _suspect(match[0], known | glossary, catalog.source_language, scripts)
            if nearest is not None:
                yield _fault(group, match, _as_written(nearest, [*texts, *_glossary_texts(group, context)]))


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return (number for number in stretch.rendered(_LETTER) if _is_strange(stretch.groups[number]))


def _is_strange(group: Group) -> bool:
    """Whether the translation has a word that the unit's own source lacks: seldom, and quickly seen."""
    known = _words(group.seen.text)
    return not all(_is_known(word, known) for word in _WORD.findall(group.rendered.text))


def _fault(group: Group, match: re.Match[str], nearest: str) -> Fault:
    message = (
        _("“{word}” is not in the source, which has “{nearest}”.").format(word=match[0], nearest=nearest)
        if nearest
        else _("“{word}” is not in the source.").format(word=match[0])
    )
    return Fault(message, span=group.rendered.span(*match.span()), where=group)


def _metadata_texts(metadata: Metadata | None) -> list[str]:
    return [metadata.title, metadata.author, metadata.author_role, metadata.site] if metadata else []


def _as_written(folded: str, texts: Sequence[str]) -> str:
    """A word as it stands in ``texts``, with its case and diacritics."""
    return next((word for text in texts for word in _WORD.findall(text) if _plain(word) == folded), folded)


def _glossary_words(group: Group, context: CheckContext) -> set[str]:
    return _words(" ".join(_glossary_texts(group, context)))


def _glossary_texts(group: Group, context: CheckContext) -> list[str]:
    terms = [hit.term for hit in context.source_terms(group.seen.text)]
    terms += [hit.term for hit in context.target_terms(group.rendered.text)]
    return [text for term in terms for text in (term.source, *term.aliases, term.first, term.target)]


def _words(text: str) -> set[str]:
    """The words of a text as they are compared, with the parts of those that have a hyphen."""
    words = set(_WORD.findall(_plain(text)))
    return words | {part for word in words if not word.isalpha() for part in re.split("['-]", word)}


def _plain(text: str) -> str:
    """``text`` without case and diacritics."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFD", text.translate(_OTHER_LETTERS).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("’", "'")


def _folded(word: str) -> tuple[str, ...]:
    """A word and, where it has a hyphen or an apostrophe, its parts; without case and diacritics."""
    plain = _plain(word)
    return (plain, *re.split("['-]", plain)) if re.search("['-]", plain) else (plain,)


def _is_known(word: str, known: set[str]) -> bool:
    """Whether a word, or each of its longer parts, is among the known ones."""
    whole, *parts = _folded(word)
    return whole in known or (bool(parts) and all(part in known or len(part) < 3 for part in parts))


def _suspect(word: str, known: set[str], language: str, scripts: tuple[bool, bool]) -> str | None:
    """The known word that was meant, an empty string for a word out of nowhere, ``None`` for one that is right."""
    whole = _plain(word)
    if _is_known(word, known):
        return None
    if len(whole) < 3 or whole in _UNITS:
        return None
    cyrillic = bool(_CYRILLIC.search(word))
    if not scripts[1 if cyrillic else 0]:
        # The source is in another script: a Latin original of a Korean name cannot be compared.
        return "" if cyrillic and base_language(language) in ("en", "de", "fr") else None
    near = [other for other in known if abs(len(other) - len(whole)) <= 2 and _distance(whole, other, 2) <= 2]
    if word.isupper():
        swapped = [other for other in near if len(whole) > 3 and sorted(other) == sorted(whole)]
        return min(swapped).upper() if swapped else None
    if base_language(language) in _INFLECTING and _is_inflected(whole, known):
        return None
    close = [other for other in near if len(other) >= 5 and (len(whole) > 5 or _distance(whole, other, 1) <= 1)]
    if close:
        return min(close, key=lambda other: (_distance(whole, other, 2), other))
    return "" if base_language(language) == "en" and not cyrillic else None


def _is_inflected(word: str, known: set[str]) -> bool:
    """Whether a known word has the same stem: only the ending differs."""
    stem = word[: max(3, len(word) - 3)]
    return any(other.startswith(stem) and abs(len(other) - len(word)) <= 5 for other in known)


def _distance(first: str, second: str, limit: int) -> int:
    """Damerau-Levenshtein distance (neighbours swapped count one), or more than ``limit``."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        following = [i]
        for j, b in enumerate(second, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > limit:
            return limit + 1
        before, row = row, following
    return row[-1]


_KULEBA = Term("Dmytro Kuleba", "德米特罗·库列巴", TermKind.PERSON)

CHECK = Check(
    name="latin-mismatch",
    severity=Severity.WARNING,
    scope="article",
    summary="Latin or Cyrillic letters in the translation are not those of the source.",
    explanation=(
        "An original in brackets is copied, so it must stand in the article somewhere, or in the glossary. Case and "
        "diacritics do not count, nor do endings in languages that inflect names. Abbreviations and measures may be "
        "added; an abbreviation with the letters of a known one in another order is reported. Originals in a script "
        "that the source does not use cannot be compared."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("Dmytro Kuleba spoke.", "德米特罗·库列巴（Dmytro Kuleba）讲了话。"),
        Example("Baiba Braže spoke.", "芭伊芭·布拉热（Baiba Braze）讲了话。"),
        Example("Ballistic missiles flew 30 km.", "弹道导弹（IRBM）飞行30 km。"),
        Example("Kuleba spoke.", "库列巴（Dmytro Kuleba）讲了话。", terms=(_KULEBA,)),
        Example("Su D. Kuleba susitiko.", "会见库列巴（Kuleba）。", language="lt"),
        Example("Susitiko su Kulebos patarėju.", "会见库列巴（Kuleba）的顾问。", language="lt"),
        Example("Он встретился с Токаевым.", "他会见了托卡耶夫（Tokayev）。", language="ru"),
        Example(
            units=(Unit("a", "Ann Smith came.", "她来了。"), Unit("b", "She left.", "安·史密斯（Ann Smith）离开。"))
        ),
    ),
    bad=(
        Example("Dmytro Kuleba spoke.", "德米特罗·库列巴（Dymitro Kuleba）讲了话。", spot="Dymitro"),
        Example("The minister spoke.", "部长（Johnson）讲了话。", spot="Johnson"),
        Example("NATO agreed.", "北约（NAOT）同意了。", spot="NAOT"),
    ),
)
