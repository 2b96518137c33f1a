"""``first-mention``: the original of a name, in brackets, once, where the article first names it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from compiler_flow.checks.base import Check, Example, Fault, Group, is_metadata, shown
from compiler_flow.checks.mentions import Mention, Rendered, Spans, mentions
from compiler_flow.checks.stretch import Stretch, named
from compiler_flow.i18n import gettext as _
from compiler_flow.model import (
    BlockKind,
    Catalog,
    CheckContext,
    Role,
    Severity,
    Spot,
    State,
    Term,
    TermHit,
    TermKind,
    Unit,
)
from compiler_flow.terms import first_text, fold_rendering, wants_first_text
from compiler_flow.text import lazy_pattern

# A name's source and rendering.
_Key = tuple[str, str]
_NOBODY: frozenset[_Key] = frozenset()
_PERSON = TermKind.PERSON

_NAME = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
_KNOWN = Term("Vladimir Putin", "弗拉基米尔·普京", TermKind.PERSON, first="-")
_EVENT = Term("COP29", "COP29", TermKind.EVENT, first="COP29（第29届联合国气候变化大会）")
_RUSSIAN = Term("Shavkat Mirziyoyev", "沙夫卡特·米尔济约耶夫", TermKind.PERSON, aliases=("Шавкат Мирзиёев",))

_QUOTED = lazy_pattern("“[^“”]*”|「[^「」]*」")
# Letters that two spellings of one name share at least: Dymtro Orel and Dmytro Orel share 0.91.
_MISSPELT = 0.8
_MARKED = lazy_pattern("[（）(),，；;]")
_BRACKET = lazy_pattern(r"\s*[（(]\s*(?P<inside>[^（）()]*?)\s*(?:[，,；;][^（）()]*)?[）)]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A place in a translation where the original of a name lacks, or stands again.

    ``span`` is in ``group.target`` (with marks). ``wanted`` is the text to put there, empty where the brackets at
    ``span`` repeat what was given before.
    """

    group: Group
    term: Term
    span: tuple[int, int]
    wanted: str = ""


def slips(
    grouped: Iterable[Group],
    context: CheckContext,
    seen: set[_Key] | None = None,
    *,
    whole: Catalog | None = None,
) -> Iterator[Slip]:
    """Where first mentions are not as they should be, in reading order: the check reports it, the assembly mends it.

    Titles and headings are passed over unless the setting ``first-mention-in-headings`` is on. So are quotations for
    what lacks, unless ``first-mention-in-quotations`` is. ``seen`` holds (source, target) of the terms that need no
    introduction any more; it grows. ``whole`` is the article where ``grouped`` are not all of its groups, but those
    that name somebody.
    """
    headings = bool(context.settings.get("first-mention-in-headings", False))
    seen = set() if seen is None else seen
    grouped = tuple(grouped)
    earlier = _Earlier(whole.units if whole else tuple(group.unit for group in grouped), headings=headings)
    counting = [group for group in grouped if _counts(group.unit, headings=headings)]
    for group, hits in zip(counting, named([group.seen.text for group in counting], context), strict=True):
        # Of a name that needs no introduction any more only brackets can be wrong.
        keys = _keys(hits)
        if not keys or (keys <= seen and not _has_brackets(group)):
            continue
        for said in _said(group, context):
            yield from _judge(group, said, said.key in seen, earlier)
            if said.introduces:
                seen.add(said.key)


class _Said(NamedTuple):
    """What a group says of a name: where its renderings stand outside of quotations, where its original follows one."""

    mention: Mention
    free: Spans
    given: Spans

    @property
    def key(self) -> _Key:
        return self.mention.term.source, self.mention.term.target

    @property
    def introduces(self) -> bool:
        """Whether a reader meets the name here. Where no rendering stands, ``term-missing`` speaks."""
        return bool(self.free or self.given)


def _said(group: Group, context: CheckContext) -> Iterator[_Said]:
    """Of each name in the group that may need an introduction."""
    quotations = bool(context.settings.get("first-mention-in-quotations", False))
    mentioned = mentions(group, context)
    rendered = Rendered(group, context, mentioned)
    for mention in mentioned:
        if wants_first_text(mention.term):
            spans = rendered.standing(mention.term)
            given = [bracket for span in spans if (bracket := _original_after(group, mention, span))]
            yield _Said(mention, spans if quotations else _unquoted(group, spans), given)


def _keys(hits: Iterable[TermHit]) -> frozenset[_Key]:
    return frozenset([(hit.term.source, hit.term.target) for hit in hits if wants_first_text(hit.term)])


def _has_brackets(group: Group) -> bool:
    return "（" in group.rendered.text or "(" in group.rendered.text


def _asks(term: Term) -> bool:
    """Whether ``first_text`` may want anything of ``term``: seen quickly."""
    return term.kind is _PERSON or bool(term.first)


def _counts(unit: Unit, *, headings: bool) -> bool:
    """Whether names are introduced in ``unit``: in headings and the title only where ``headings`` are wanted."""
    if unit.spot is None or unit.spot.role is Role.TEXT:
        return True
    if unit.spot.role in (Role.TITLE, Role.HEADING):
        return headings
    return not is_metadata(unit)


@functools.lru_cache(maxsize=1 << 13)
def _folded(target: str) -> str:
    return fold_rendering(shown(target).text)


class _Earlier:
    """The translations of an article before one of its groups, folded; joined when they are first asked for."""

    def __init__(self, units: Sequence[Unit], *, headings: bool) -> None:
        self._units = units
        self._headings = headings

    @functools.cached_property
    def _joined(self) -> tuple[str, dict[int, int]]:
        texts: list[str] = []
        starts: dict[int, int] = {}
        end = 0
        for unit in self._units:
            if unit.state in (State.TRANSLATED, State.DRAFT) and _counts(unit, headings=self._headings):
                starts[id(unit)] = end
                texts.append(_folded(unit.target))
                end += len(texts[-1]) + 1
        return "\n".join(texts), starts

    def has(self, text: str, group: Group) -> bool:
        """Whether ``text`` stands before ``group``."""
        joined, starts = self._joined
        return joined.find(fold_rendering(text), 0, starts[id(group.unit)]) >= 0


def _unquoted(group: Group, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans outside of quotation marks; none in a block that is a quotation as a whole."""
    if group.unit.spot is not None and group.unit.spot.kind is BlockKind.QUOTE:
        return []
    quoted = [match.span() for match in _QUOTED.finditer(group.rendered.text)]
    return [(start, end) for start, end in spans if not any(a < start and end < b for a, b in quoted)]


def _judge(group: Group, said: _Said, seen: bool, earlier: _Earlier) -> Iterator[Slip]:
    term, given = said.mention.term, said.given
    text = _wanted(group, said.mention)
    if seen or _is_introduced(group, said, text):
        for start, end in given if seen else given[1:]:
            yield Slip(group, term, group.rendered.span(start, end))
    elif said.free and not earlier.has(text, group):
        start, end = said.free[0]
        yield Slip(group, term, group.rendered.span(start, _misspelt_end(group, said.mention, end)), text)


def _is_introduced(group: Group, said: _Said, text: str) -> bool:
    return bool(said.given) or fold_rendering(text) in fold_rendering(group.rendered.text)


def _misspelt_end(group: Group, mention: Mention, end: int) -> int:
    """Where the brackets behind a rendering end if they hold its original, or nearly so, else ``end``.

    What is written there takes their place: nobody wants the original twice.
    """
    bracket = _BRACKET.match(group.rendered.text, end)
    if bracket is None or not bracket["inside"]:
        return end
    inside = bracket["inside"].casefold()
    known = (form.casefold() for form in (mention.term.source, *mention.term.aliases))
    near = any(SequenceMatcher(None, inside, form, autojunk=False).ratio() >= _MISSPELT for form in known)
    return bracket.end() if near else end


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    named = enumerate(stretch.named(context))
    return {number for number, hits in named for hit in hits if hit.term.kind is _PERSON or hit.term.first}


@dataclass(slots=True)
class _Note:
    """What groups mean for the names around them, as far as these may need an introduction.

    ``needed`` must have been introduced before them, ``barred`` must not, as their originals stand here; what is both
    can never be right. ``introduced`` need no introduction behind them.
    """

    needed: set[_Key] = field(default_factory=set)
    barred: set[_Key] = field(default_factory=set)
    introduced: set[_Key] = field(default_factory=set)

    def add(self, needed: Set[_Key], barred: Set[_Key] = _NOBODY, introduced: Set[_Key] = _NOBODY) -> None:
        """Put the note of a group behind those this is of so far."""
        again = barred & self.introduced
        self.needed |= (needed - self.introduced) | again
        self.barred |= barred
        self.introduced |= introduced


def _gather(stretch: Stretch, context: CheckContext) -> _Note:
    """One note of all groups of ``stretch``."""
    headings = bool(context.settings.get("first-mention-in-headings", False))
    named, not_plain = stretch.named(context), stretch.not_plain(context)
    note = _Note()
    for number in sorted(_sieve(stretch, context)):
        group, hits = stretch.groups[number], named[number]
        keys = _keys(hits)
        if not keys or not _counts(group.unit, headings=headings):
            continue
        if not _has_brackets(group):
            note.add(keys)
        elif number not in not_plain and _introduces_all(group, hits, keys):
            note.add(_NOBODY, keys, keys)
        else:
            every = list(_said(group, context))
            note.add(
                {said.key for said in every if not _fits_first(group, said)},
                {said.key for said in every if said.given},
                {said.key for said in every if said.introduces},
            )
    return note


def _introduces_all(group: Group, hits: tuple[TermHit, ...], keys: Set[_Key]) -> bool:
    """Whether each name stands with its original in brackets, once, and no other brackets do: seen at a glance.

    The terms are plainly rendered: what could stand in a longer rendering of another term is for the reader.
    """
    text = group.rendered.text
    if text.count("（") != len(keys) or "(" in text:
        return False
    wanted = {id(hit.term): hit.term for hit in hits if _asks(hit.term)}
    for term in wanted.values():
        # What an entry asks for in words of its own, and brackets in brackets, are for the reader.
        if term.first or f"{term.target}（{term.source}）" not in text or _MARKED.search(term.source):
            return False
    return len(wanted) == len(keys)


def _fits_first(group: Group, said: _Said) -> bool:
    """Whether the name may be mentioned here for the first time."""
    return len(said.given) < 2 and (not said.free or _is_introduced(group, said, _wanted(group, said.mention)))


def _is_silent(gathered: Iterable[_Note]) -> bool:
    """Whether ``slips`` finds nothing in the groups that ``gathered`` are of, in order: seen by their notes alone."""
    seen: set[_Key] = set()
    for note in gathered:
        if not note.needed <= seen or not note.barred.isdisjoint(seen):
            return False
        seen |= note.introduced
    return True


def _run(catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    # Where the assembly puts first mentions right, what lacks in the file is no fault of the translator's.
    written = Severity.INFO if context.settings.get("first-mention-written", False) else None
    for slip in slips(grouped, context, whole=catalog):
        if slip.wanted:
            yield Fault(
                _("This is the first mention in the article: write “{text}”.").format(text=slip.wanted),
                span=slip.span,
                fix=slip.wanted,
                severity=written,
                where=slip.group,
            )
        else:
            yield Fault(
                _("The original of “{name}” was already given at its first mention.").format(name=slip.term.target),
                span=slip.span,
                severity=Severity.INFO,
                where=slip.group,
            )


def _wanted(group: Group, mention: Mention) -> str:
    """The exact text to write, with the original as it stands in the source where that is a known form."""
    hit = mention.hits[0]
    original = group.seen.text[hit.start : hit.end]
    known = original in (mention.term.source, *mention.term.aliases) and not hit.partial
    return first_text(mention.term, original if known else "")


def _original_after(group: Group, mention: Mention, span: tuple[int, int]) -> tuple[int, int] | None:
    """The brackets after a rendering if they hold the original: a known form, or what stands in the source.

    Inflected sources have no form that could be copied, so the glossary's own form is right for them too.
    """
    term, text = mention.term, group.rendered.text
    full = {fold_rendering(form) for form in (term.target, *term.accept)}
    if not mention.partial and fold_rendering(text[span[0] : span[1]]) not in full:
        return None
    bracket = _BRACKET.match(text, span[1])
    if bracket is None or not bracket["inside"]:
        return None
    inside = fold_rendering(bracket["inside"]).casefold()
    known = inside in {fold_rendering(form).casefold() for form in (term.source, *term.aliases)}
    return bracket.span() if known or inside in fold_rendering(group.seen.text).casefold() else None


_TITLE = Unit("t", "Hanno Pevkur in Brussels", "佩夫库尔访问布鲁塞尔", spot=Spot(Role.TITLE))
_ABSENT = Unit("a", "Hanno Pevkur signed the plan.", "汉诺·佩夫库尔签署了计划。")
_GIVEN = Unit("a", "Hanno Pevkur signed the plan.", "汉诺·佩夫库尔（Hanno Pevkur）签署了计划。")
_LATER = Unit("b", "Pevkur then left.", "佩夫库尔随后离开。")
_AGAIN = Unit("c", "Hanno Pevkur then left.", "汉诺·佩夫库尔（Hanno Pevkur）随后离开。")

CHECK = Check(
    name="first-mention",
    severity=Severity.ERROR,
    scope="article",
    summary="A name lacks its original at its first mention, or has it again later.",
    explanation=(
        "The first body unit that names a term and renders it must hold the glossary's “first” text or 译名（原文）; "
        "an empty “first” means 译名（原文） for persons and nothing for others, “-” means nothing. Titles and "
        "headings are exempt both ways, quotations need no original inside (“first-mention-in-headings” and "
        "“first-mention-in-quotations” under [checks] change that), omitted units are passed over. The "
        "original may be any known form of the name or the one in the source. Giving it again later is reported as "
        "information. Norm: GB/T 15834-2011 has the brackets, the habit is that of every translation house: the "
        "original once, at the first mention."
    ),
    run=_run,
    sieve=_sieve,
    gather=_gather,
    is_silent=_is_silent,
    good=(
        Example(terms=(_NAME,), units=(_TITLE, _GIVEN, _LATER)),
        Example(terms=(_NAME,), units=(Unit("o", "Hanno Pevkur came.", "〔略〕"), _GIVEN, _LATER)),
        Example("Vladimir Putin spoke.", "普京讲了话。", terms=(_KNOWN,)),
        Example("COP29 opens.", "COP29（第29届联合国气候变化大会）开幕。", terms=(_EVENT,)),
        Example(
            "Встреча с Шавкатом Мирзиёевым.",
            "会见沙夫卡特·米尔济约耶夫（Шавкат Мирзиёев）。",
            language="ru",
            terms=(_RUSSIAN,),
        ),
        Example("Hanno Pevkur left.", "汉诺·佩夫库尔（Hanno Pevkur，爱沙尼亚国防部长）离开。", terms=(_NAME,)),
    ),
    bad=(
        Example(terms=(_NAME,), units=(_TITLE, _ABSENT, _LATER), fix="汉诺·佩夫库尔（Hanno Pevkur）"),
        Example(terms=(_NAME,), units=(_LATER, _ABSENT), spot="佩夫库尔", fix="汉诺·佩夫库尔（Hanno Pevkur）"),
        Example(terms=(_NAME,), units=(_GIVEN, _AGAIN), severity=Severity.INFO, spot="（Hanno Pevkur）"),
        Example("COP29 opens.", "COP29开幕。", terms=(_EVENT,), fix="COP29（第29届联合国气候变化大会）"),
        Example(
            "Hanno Pevkur left.",
            "佩夫库尔（Hanno Pevkur）离开。",
            terms=(_NAME,),
            spot="佩夫库尔（Hanno Pevkur）",
            fix="汉诺·佩夫库尔（Hanno Pevkur）",
        ),
        Example(
            "Hanno Pevkur left.",
            "汉诺·佩夫库尔（Hano Pefkur）离开。",
            terms=(_NAME,),
            spot="汉诺·佩夫库尔（Hano Pefkur）",
            fix="汉诺·佩夫库尔（Hanno Pevkur）",
        ),
    ),
)
