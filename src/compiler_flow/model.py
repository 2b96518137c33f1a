"""Every value that walks the flow. They are frozen, compare by content, and know nothing about files or clocks.

Places (paths, lines, stamps) say where a value was found; they do not count when values are compared. All offsets
are code points into the text they belong to, all line numbers are 1-based with 0 for unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from compiler_flow.frozen import quickly_made
from compiler_flow.text import digest

OMITTED = "〔略〕"
MERGED_UP = "〔并〕"
MERGED_DOWN = "〔并下〕"
DECISIONS = frozenset({OMITTED, MERGED_UP, MERGED_DOWN})
CONFLICT = "冲突（来自 "
"""How a unit's comment begins that keeps the other side's text after a merge, until a person decides."""


# --------------------------------------------------------------------------------------------- articles


# CommonMark's limit for the number of an item (0.31, section 5.2).
_FIGURES = 9


class BlockKind(StrEnum):
    """What a block is. ``SPAN`` is a unit's text inside a bulletin's paragraph, ``GROUP`` holds blocks of one role."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    SPAN = "span"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Block:
    """A node of an article or a bulletin: it has ``text`` (one line of inline Markdown) or ``children``.

    ``level`` is 1 to 6 for headings and the nesting depth (from 1) for list items. ``marker`` is ``-`` or ``1.``
    for items, the latter for the number after that of the item before; an item that has another number carries it
    (``own_number``). ``role`` says what a bulletin's block is (``BulletinRole``). ``unit``, ``source`` and ``state``
    tell of a ``SPAN`` which unit it shows, its original and whether it is finished; a span without ``state`` is the
    bulletin's own wording. ``language`` is the BCP 47 tag of ``source``, or of ``text`` where the role is ``ORIGINAL``.
    """

    kind: BlockKind
    text: str = ""
    children: tuple[Block, ...] = ()
    level: int = 0
    marker: str = ""
    role: str = ""
    unit: str = ""
    source: str = ""
    state: State | None = None
    language: str = ""
    line: int = field(default=0, compare=False)


def own_number(marker: str) -> int:
    """The number that an item's marker sets: ``7.`` is 7 and ``1)`` is 1, where a list begins anew behind another one.

    0 for ``1.``, which counts on from the item before, and for ``-``.
    """
    figures = marker[:-1]
    is_own = marker != "1." and figures.isascii() and figures.isdecimal() and len(figures) <= _FIGURES
    return int(figures) if is_own else 0


def with_number(number: int) -> str:
    """The marker that sets ``number``."""
    return "1)" if number == 1 else f"{number}."


class Section(StrEnum):
    """The part of the number an article belongs to: 专题 or 区域动态."""

    FEATURE = "feature"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class SignOff:
    """Somebody answers for an article as it stood when its catalog had this ``digest``."""

    by: str
    role: str
    at: dt.datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article. Texts are as in the source; unknown ones are empty.

    ``url`` is the web address of the original, or says in words where it stands (``text.is_in_words``). ``language``
    is a BCP 47 tag, ``country`` an ISO 3166-1 alpha-2 code. ``guessed`` names the fields that a reader proposed and
    nobody has confirmed.
    """

    title: str = ""
    author: str = ""
    author_role: str = ""
    site: str = ""
    url: str = ""
    date: dt.date | None = None
    language: str = ""
    country: str = ""
    section: Section = Section.NEWS
    compilers: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    guessed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Article:
    """One source document: its metadata and its blocks in reading order."""

    name: str
    metadata: Metadata
    blocks: tuple[Block, ...]


# ---------------------------------------------------------------------------------------- segments, units


class Role(StrEnum):
    """What a segment is for its article."""

    TITLE = "title"
    AUTHOR = "author"
    AUTHOR_ROLE = "author-role"
    SITE = "site"
    HEADING = "heading"
    LABEL = "label"
    TEXT = "text"


METADATA_ROLES = (Role.TITLE, Role.AUTHOR, Role.AUTHOR_ROLE, Role.SITE)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a segment stands in its article.

    ``block`` counts the leaf blocks from 1; metadata has 0. ``kind``, ``level`` and ``marker`` are the block's.
    """

    role: Role = Role.TEXT
    block: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, heading, run-in label or metadata text.

    ``before`` is what stands between it and the segment before it in the same block, so that joining
    ``before + text`` over a block gives the block's text back, character for character. The last segment of a block
    carries what follows it in ``after``.
    """

    id: str
    text: str
    spot: Spot = Spot()
    before: str = ""
    after: str = ""
    line: int = field(default=0, compare=False)


class State(StrEnum):
    """How far a unit is. Reviewed and signed are states of an article, see ``SignOff``."""

    EMPTY = "empty"
    DRAFT = "draft"
    TRANSLATED = "translated"
    OMITTED = "omitted"
    MERGED = "merged"


DONE = frozenset({State.TRANSLATED, State.OMITTED, State.MERGED})


class OriginKind(StrEnum):
    """Why a draft needs a person."""

    ENGINE = "engine"
    MEMORY = "memory"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft came from.

    ``by`` names the engine, the memory's article or nothing; ``model`` the package and version; ``score`` is a
    memory score in percent (0 for engines); ``digest`` is ``text.digest(proposed text)``, so that a draft accepted
    without a change can be told; ``note`` says what looks wrong with it.
    """

    kind: OriginKind
    by: str = ""
    model: str = ""
    score: int = 0
    digest: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermNote:
    """A glossary line shown to the translator: the term as in the source and its agreed rendering."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class NameNote:
    """A proposed rendering of a name that no entry covers, shown to the translator.

    ``target`` is the best proposal, further ones behind ``/``; ``reason`` says where it comes from and how sure it is.
    """

    source: str
    target: str
    reason: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Unit:
    """A segment with its translation: the pair is the first-class value.

    ``comments`` are people's own (PO ``# ``), ``notes`` are extracted lines that are not ours (PO ``#.``),
    ``references`` are ``path:line`` of the source, ``flags`` are gettext's own without ``fuzzy``. ``fuzzy`` on an empty
    target means nothing. ``plural`` keeps the forms of a foreign plural entry: (msgid_plural, form 0, form 1 …).
    ``anonymous`` says that the file gave the unit no name: its ``id`` was made from the source and is not written.
    """

    id: str
    source: str
    target: str = ""
    fuzzy: bool = False
    spot: Spot | None = None
    origin: Origin | None = None
    terms: tuple[TermNote, ...] = ()
    names: tuple[NameNote, ...] = ()
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: str = ""
    plural: tuple[str, ...] = ()
    anonymous: bool = False
    line: int = field(default=0, compare=False)

    @property
    def state(self) -> State:
        """What the translation amounts to."""
        text = self.target.strip()
        if not text:
            return State.EMPTY
        if self.fuzzy:
            return State.DRAFT
        if text == OMITTED:
            return State.OMITTED
        if text in DECISIONS:
            return State.MERGED
        return State.TRANSLATED

    @property
    def is_done(self) -> bool:
        """Whether a person took responsibility: translated, or decided to omit or merge."""
        return self.state in DONE

    @property
    def draft_note(self) -> str:
        """What looks wrong with the draft, as long as it stands here: a text of a person's own has nothing of it."""
        if self.origin is None or (not self.fuzzy and self.origin.digest != digest(self.target)):
            return ""
        return self.origin.note


@dataclass(frozen=True, slots=True)
class Catalog:
    """All units of one article into one language, in reading order.

    Languages are BCP 47 tags. ``headers`` are those of the file that are not ours, as they came, in order;
    ``comment`` is the file's head comment. ``path`` and ``stamp`` say which file, with which bytes, it was read from.
    """

    article: str
    source_language: str
    target_language: str = "zh-CN"
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    comment: str = ""
    path: str = field(default="", compare=False)
    stamp: str = field(default="", compare=False)


# ------------------------------------------------------------------------------------------- terminology


class TermKind(StrEnum):
    """The glossary's ``kind`` column."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    EVENT = "event"
    OTHER = "other"


@quickly_made
@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry.

    ``aliases`` are further source forms, ``accept`` further renderings, ``reject`` renderings that are refused.
    ``first`` is the exact text of the first mention, empty for the default, ``-`` for none. ``lang`` is the language
    of ``source`` (empty: any). ``base`` marks an entry of the built-in layer (CLDR).
    """

    source: str
    target: str
    kind: TermKind = TermKind.OTHER
    lang: str = ""
    aliases: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    first: str = ""
    note: str = ""
    base: bool = False
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


class TermHit(NamedTuple):
    """A term found in a text: ``text[start:end]`` in code points.

    ``partial`` says that only a part of a person's name stands there (the surname). A tuple, because a check of a big
    file makes a hundred thousand of them.
    """

    term: Term
    start: int
    end: int
    partial: bool = False


# ------------------------------------------------------------------------------------------------ checks


class Severity(StrEnum):
    """How bad a finding is; only errors close the gate of the final build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that a check found.

    ``span`` is (start, end) in ``target`` where ``side`` is ``target``, else in ``source``; ``None`` where no spot
    can be named. ``fix`` is a text that would mend the spot, or empty. ``waived`` is the reason a person gave.
    """

    check: str
    severity: Severity
    message: str
    article: str = ""
    unit: str = ""
    source: str = ""
    target: str = ""
    span: tuple[int, int] | None = None
    side: str = "target"
    fix: str = ""
    waived: str = ""
    path: str = ""
    line: int = 0


def _no_hits(_text: str) -> tuple[TermHit, ...]:
    return ()


def _no_proposal(_name: str) -> str:
    return ""


def _all_of_them(_hits: Sequence[tuple[TermHit, ...]], texts: Sequence[str]) -> Iterable[int]:
    return range(len(texts))


def _no_names(_text: str, _hits: tuple[TermHit, ...]) -> tuple[tuple[int, int], ...]:
    return ()


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One ``[[rule]]`` of a workspace's ``rules/*.toml``: what ``pattern`` (a regular expression) finds is reported.

    ``on`` says in which text, ``fix`` is what to write instead, or empty. With ``except_quoted`` what stands between
    quotation marks is left alone. ``path`` and ``line`` are the rule's own.
    """

    pattern: str
    message: str
    on: Literal["target", "source"] = "target"
    severity: Severity = Severity.WARNING
    except_quoted: bool = False
    fix: str = ""
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What checks may know beyond the catalog, filled by ``flow``.

    ``source_terms`` finds terms in a source text, ``target_terms`` finds every accepted or refused rendering in a
    translation (longest match wins). Offsets are into the text handed in. ``all_source_terms`` is ``source_terms`` for
    many texts, ``not_plainly_rendered`` a quick look for their renderings: both say nothing that the others do not.
    It takes the terms of many sources and their translations, and names those whose terms it does not see rendered.
    ``metadata`` is ``None`` for files outside a workspace. ``settings`` are the house's switches from
    ``compiler-flow.toml``, ``rules`` its own rules. ``source_texts`` are the texts that the article's ``source.md`` and
    metadata give now, ``None`` where there are none.
    ``unknown_names`` takes a source text with its terms and gives the spans of the names that no term covers,
    ``naming_unknown`` the numbers of those of many texts that have any,
    ``proposed`` the renderings proposed for such a name, best first with `` / `` between them, or an empty text.
    """

    source_terms: Callable[[str], tuple[TermHit, ...]] = _no_hits
    target_terms: Callable[[str], tuple[TermHit, ...]] = _no_hits
    metadata: Metadata | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    unknown_names: Callable[[str, tuple[TermHit, ...]], tuple[tuple[int, int], ...]] = _no_names
    proposed: Callable[[str], str] = _no_proposal
    rules: tuple[HouseRule, ...] = ()
    source_texts: tuple[str, ...] | None = None
    all_source_terms: Callable[[Sequence[str]], Sequence[tuple[TermHit, ...]]] | None = None
    not_plainly_rendered: Callable[[Sequence[tuple[TermHit, ...]], Sequence[str]], Iterable[int]] = _all_of_them
    naming_unknown: Callable[[Sequence[str], Sequence[tuple[TermHit, ...]]], Iterable[int]] | None = None


# ------------------------------------------------------------------------------------------ pre-filling


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal from the translation memory. ``score`` is percent: 101 exact with context, 100 exact, below fuzzy.

    It was translated ``by`` somebody ``at`` a time (ISO 8601) in an article. ``note`` says what a person must look at.
    """

    source: str
    target: str
    score: int
    article: str = ""
    at: str = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal from an engine: ``engine`` and ``model`` name what made it, ``note`` what looks wrong with it."""

    text: str
    engine: str
    model: str = ""
    note: str = ""


# ---------------------------------------------------------------------------------------------- bulletin


@dataclass(frozen=True, slots=True)
class Issue:
    """One number (期) of the bulletin, as ``issue.toml`` has it.

    ``features`` and ``countries`` give an order by hand (article names; ISO codes); what they do not name follows in
    the default order. ``texts`` are standing texts such as the disclaimer, by key.
    """

    name: str
    title: str = ""
    number: str = ""
    date: dt.date | None = None
    language: str = "zh-CN"
    editors: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """An article as it goes into a number."""

    name: str
    metadata: Metadata
    catalog: Catalog


class BulletinRole(StrEnum):
    """What a block is for the number; renderers choose an appearance by it.

    Groups: ``MASTHEAD``, ``SUMMARY`` (内容提要), ``FEATURE``, ``MATERIAL`` (材料来源), ``NEWS`` (区域动态),
    ``COUNTRY``, ``ITEM``, ``APPENDIX`` (译名对照表), ``COLOPHON``. Paragraphs: ``DATELINE``, ``SOURCE`` (来源),
    ``NOTE``, ``CREDITS``, ``TITLE_ORIGINAL`` (a title in its language). Spans: ``LABEL`` (a run-in label),
    ``ORIGINAL`` (foreign text on purpose), ``ADDRESS`` (``text`` is an address as it is, not Markdown).
    """

    MASTHEAD = "masthead"
    DATELINE = "dateline"
    SUMMARY = "summary"
    FEATURE = "feature"
    MATERIAL = "material"
    NEWS = "news"
    COUNTRY = "country"
    ITEM = "item"
    APPENDIX = "appendix"
    COLOPHON = "colophon"
    SOURCE = "source"
    NOTE = "note"
    CREDITS = "credits"
    TITLE_ORIGINAL = "title-original"
    LABEL = "label"
    ORIGINAL = "original"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The assembled number: its issue and a tree of the same blocks as an article. ``draft`` asks for a watermark.

    ``parts`` are the articles as filed, in the order of the tree, and ``findings`` what the checks said of them: the
    review copy shows also what the tree leaves out.
    """

    issue: Issue
    blocks: tuple[Block, ...]
    draft: bool = True
    missing: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
