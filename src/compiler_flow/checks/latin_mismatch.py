"""``latin-mismatch``: foreign letters in the translation that the source does not have."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group, shown
from compiler_flow.checks.name_forms import is_form_of
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Metadata, Severity, Term, TermKind, Unit
from compiler_flow.text import base_language, lazy_pattern

_WORD = lazy_pattern(r"[A-Za-zÀ-ɏḀ-ỿЀ-ӿ]+(?:['’-][A-Za-zÀ-ɏḀ-ỿЀ-ӿ]+)*")
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


class _Words:
    """The words of an article's sources, folded: what a strange word may have been meant for."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self._texts = texts
        self.language = base_language(language)
        self.known: set[str] = set().union(*map(_words, texts))
        together = " ".join(texts)
        self._has_latin, self._has_cyrillic = bool(_LATIN.search(together)), bool(_CYRILLIC.search(together))
        self._near: dict[str, list[tuple[int, str]]] = {}

    def has_script_of(self, word: str) -> bool:
        """Whether the sources have letters of the kind that ``word`` is written in."""
        return self._has_cyrillic if _CYRILLIC.search(word) else self._has_latin

    def near(self, word: str, others: set[str]) -> list[tuple[int, str]]:
        """The words here and among ``others`` that two slips at most turn into ``word``, each with its slips.

        A slip is a letter too much, too few, wrong or swapped with its neighbour.
        """
        if word not in self._near:
            self._near[word] = _near(word, self.known)
        return self._near[word] + _near(word, others - self.known)

    def has_form_of(self, word: str, others: set[str]) -> bool:
        """Whether a word here or among ``others`` is ``word`` in another case."""
        begin = word[:3]
        return any(
            other.startswith(begin) and is_form_of(other, word, self.language)
            for other in itertools.chain(self.known, others)
        )

    def as_written(self, word: str, others: Sequence[str]) -> str:
        """A folded word as it stands here or in the texts ``others``, with its case and diacritics."""
        if word in self._written:
            return self._written[word]
        return next((other for text in others for other in _WORD.findall(text) if _plain(other) == word), word)

    @functools.cached_property
    def _written(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for text in self._texts:
            for word in _WORD.findall(text):
                found.setdefault(_plain(word), word)
        return found


def _near(word: str, others: Iterable[str]) -> list[tuple[int, str]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract_iter(word, others, scorer=OSA.distance, score_cutoff=2)
    return [(slips, other) for other, slips, _number in found]


def _run(catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    wanted = [group for group in grouped if _is_strange(group)]
    if not wanted:
        return
    texts = [shown(unit.source).text for unit in catalog.units] + _metadata_texts(context.metadata)
    article = _Words(texts, catalog.source_language)
    for group in wanted:
        # Nearly every word stands in the article; only for others the glossary and the neighbourhood are asked.
        unknown = [match for match in _WORD.finditer(group.rendered.text) if not _is_known(match[0], article.known)]
        if not unknown:
            continue
        further = _glossary_texts(group, context)
        glossary = _words(" ".join(further))
        inside = [(hit.start, hit.end) for hit in context.target_terms(group.rendered.text)]
        for match in unknown:
            if any(start <= match.start() and match.end() <= end for start, end in inside):
                continue
            if _is_known(match[0], article.known, glossary):
                continue
            nearest = _suspect(match[0], article, glossary)
            if nearest is not None:
                yield _fault(group, match, article.as_written(nearest, further))


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    suspects = stretch.rendered_other_letters()
    # Nearly always it is one name in brackets, and stands so in the source.
    suspects.update(
        number for number, words in stretch.rendered_letters() if not _stands_in(words, stretch.sources[number])
    )
    return (number for number in suspects if _is_strange(stretch.groups[number]))


def _is_strange(group: Group) -> bool:
    """Whether the translation has a word that the unit's own source lacks: seldom, and quickly seen."""
    source = group.seen.text
    found = _WORD.findall(group.rendered.text)
    words = [word for word in found if not (word.isalpha() and _stands_in(word, source))]
    if not words:
        return False
    known = _words(source)
    return not all(_is_known(word, known) for word in words)


def _stands_in(words: str, source: str) -> bool:
    """Whether words that are all letters stand in ``source`` as they are, between spaces and the plainest marks."""
    start = source.find(words)
    end = start + len(words)
    return start >= 0 and (not start or source[start - 1] in " (") and (end == len(source) or source[end] in " ,.;:)")


def _fault(group: Group, match: re.Match[str], nearest: str) -> Fault:
    message = (
        _("“{word}” is not in the source, which has “{nearest}”.").format(word=match[0], nearest=nearest)
        if nearest
        else _("“{word}” is not in the source.").format(word=match[0])
    )
    return Fault(message, span=group.rendered.span(*match.span()), where=group)


def _metadata_texts(metadata: Metadata | None) -> list[str]:
    return [metadata.title, metadata.author, metadata.author_role, metadata.site] if metadata else []


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


def _is_known(word: str, *known: set[str]) -> bool:
    """Whether a word, or each of its longer parts, is among the known ones."""
    whole, *parts = _folded(word)
    return any(whole in words for words in known) or (
        bool(parts) and all(len(part) < 3 or any(part in words for words in known) for part in parts)
    )


def _suspect(word: str, article: _Words, glossary: set[str]) -> str | None:
    """The known word that was meant, an empty string for a word out of nowhere, ``None`` for one that is right."""
    whole = _plain(word)
    if len(whole) < 3 or whole in _UNITS:
        return None
    cyrillic = bool(_CYRILLIC.search(word))
    if not article.has_script_of(word):
        # The source is in another script: a Latin original of a Korean name cannot be compared.
        return "" if cyrillic and article.language in ("en", "de", "fr") else None
    if word.isupper():
        near = article.near(whole, glossary) if len(whole) > 3 else []
        swapped = [other for _slips, other in near if sorted(other) == sorted(whole)]
        return min(swapped).upper() if swapped else None
    if article.language in _INFLECTING and article.has_form_of(whole, glossary):
        return None
    near = article.near(whole, glossary)
    close = [(slips, other) for slips, other in near if len(other) >= 5 and (len(whole) > 5 or slips <= 1)]
    if close:
        return min(close)[1]
    return "" if article.language == "en" and not cyrillic else None


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
        Example("Kuleba met Pevkur.", "库列巴（Dmytro-Pevkur）会晤。", terms=(_KULEBA,)),
        Example("Su D. Kuleba susitiko.", "会见库列巴（Kuleba）。", language="lt"),
        Example("Susitiko su Kulebos patarėju.", "会见库列巴（Kuleba）的顾问。", language="lt"),
        Example("Он встретился с Токаевым.", "他会见了托卡耶夫（Tokayev）。", language="ru"),
        Example("С Соловьёвой и Павлом", "与索洛维约娃（Соловьёва）和帕维尔（Павел）", language="ru"),
        Example("Rozmawiał z Dudą w Warszawie.", "他在华沙（Warszawa）与杜达（Duda）会谈。", language="pl"),
        Example("Andrzejowi Dudzie i Markowi", "安杰伊·杜达（Andrzej Duda）与马雷克（Marek）", language="pl"),
        Example(
            units=(Unit("a", "Ann Smith came.", "她来了。"), Unit("b", "She left.", "安·史密斯（Ann Smith）离开。"))
        ),
    ),
    bad=(
        Example("Dmytro Kuleba spoke.", "德米特罗·库列巴（Dymitro Kuleba）讲了话。", spot="Dymitro"),
        Example("The minister spoke.", "部长（Johnson）讲了话。", spot="Johnson"),
        Example("McDonald spoke.", "唐纳德（Donald）讲了话。", spot="Donald"),
        Example("Johnson spoke.", "约翰（John）讲了话。", spot="John"),
        Example("NATO agreed.", "北约（NAOT）同意了。", spot="NAOT"),
        Example(
            "Слово взял Шавкат Хамраев.", "沙夫卡特·哈姆拉耶夫（Шавкат Хамроев）发言。", language="ru", spot="Хамроев"
        ),
        Example("По словам Муджахида", "据穆贾希德（Муджахед）称", language="ru", spot="Муджахед"),
    ),
)
