"""Articles and their translations → one number: 内容提要, features with 材料来源, 区域动态 by country, credits.

The tree is made of the same blocks as an article, so any renderer can walk it. A sentence is a ``SPAN`` that knows its
unit, its original and its state; the wording of the bulletin itself stands in spans without state. What the compiler
left out or merged is not in the tree at all. Nothing here knows of an output format, a file or the clock.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from compiler_flow import inline, text
from compiler_flow.assemble.names import Name
from compiler_flow.assemble.writing import Writing, body_blocks, one_line, own, provenance, written_date
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, Issue, Part, Role, Section, State

__all__ = ["STANDING_TEXTS", "assemble"]

NAME_SEPARATOR = "\u3000"
"""Between people's names: full-width, because foreign names have ordinary spaces inside."""

OTHER_COUNTRIES = "其他"

# The standing texts and their keys in ``Issue.texts``; they are inline Markdown, and an empty one says nothing.
# A compilation names its original and says what it changed: 编译，有删节 (CY/T 33-2001, CY/T 123-2015).
STANDING_TEXTS = {
    "disclaimer": "注：本文仅代表作者个人观点，不代表本刊立场。",
    "abridged": "本文为编译，有删节。",
    "merged": "本文为编译，文字有调整。",
    "news-abridged": "区域动态各条均据所列来源编译，有删节。",
    "news-merged": "区域动态各条均据所列来源编译，文字有调整。",
}

_NUMERALS = "一二三四五六七八九十"


def assemble(
    issue: Issue,
    parts: Sequence[Part],
    *,
    country_name: Callable[[str], str],
    country_order: Callable[[str], str] | None = None,
    final: bool = False,
    source_titles: bool = False,
    introduce: Callable[[Sequence[Part]], Iterable[Part]] | None = None,
    names: Callable[[Sequence[Part]], Sequence[Name]] | None = None,
) -> Bulletin:
    """The number made of ``parts``, which may be in any state: gaps and drafts stay visible in the tree.

    ``country_name`` gives the heading for an ISO 3166-1 alpha-2 code, ``country_order`` what countries are sorted by
    (the standard's English short name; the code itself if not given). ``issue.countries`` and ``issue.features`` put
    some first by hand; news without a country come last, under 其他. A part whose name has been seen is left out.
    ``final`` only takes the draft mark off: ``review.obstacles`` says whether it may.

    ``source_titles`` shows the original title under each item's headline. ``introduce`` is handed the parts in their
    order in the number and gives them back with first mentions put right; ``names`` makes the list of names at the end.
    """
    writings = _order(issue, tuple(_unique(parts)), country_order)
    as_filed = ordered = tuple(one.part for one in writings.all)
    if introduce is not None:
        ordered = tuple(introduce(as_filed))
        writings = _order(issue, ordered, country_order)
    features, countries = writings.features, writings.countries
    blocks = (
        _masthead(issue),
        *_summary(features),
        *(_feature(issue, feature) for feature in features),
        *_news(countries, country_name, source_titles),
        *_appendix(names(ordered) if names is not None else ()),
        *_colophon(issue, writings.all),
    )
    missing = tuple(line for one in writings.all if (line := _missing(one)))
    return Bulletin(issue, blocks, draft=not final, missing=missing, parts=as_filed)


@dataclass(frozen=True, slots=True)
class _Ordered:
    """The articles of a number in its order."""

    features: list[Writing]
    countries: list[tuple[str, list[Writing]]]

    @property
    def all(self) -> list[Writing]:
        return [*self.features, *(one for _code, items in self.countries for one in items)]


def _order(issue: Issue, parts: Sequence[Part], country_order: Callable[[str], str] | None) -> _Ordered:
    writings = [Writing(part) for part in parts]
    features = _features(issue, [one for one in writings if one.metadata.section is Section.FEATURE])
    news = [one for one in writings if one.metadata.section is Section.NEWS]
    return _Ordered(features, _by_country(issue, news, country_order or (lambda code: code)))


def _unique(parts: Iterable[Part]) -> Iterator[Part]:
    seen: set[str] = set()
    for part in parts:
        if part.name not in seen:
            seen.add(part.name)
            yield part


def _paragraph(*spans: Block, role: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, children=spans, role=role)


def _group(role: BulletinRole, blocks: Iterable[Block]) -> Block:
    return Block(BlockKind.GROUP, children=tuple(blocks), role=role)


def _heading(written: str, level: int) -> Block:
    return Block(BlockKind.HEADING, children=(own(written),), level=level)


# ------------------------------------------------------------------------------------- masthead, summary


def _masthead(issue: Issue) -> Block:
    dateline = NAME_SEPARATOR.join(filter(None, (_number(issue.number), written_date(issue.date))))
    blocks = [_heading(inline.escape(text.fold_spaces(issue.title or issue.name)), 1)]
    if dateline:
        blocks.append(_paragraph(own(dateline), role=BulletinRole.DATELINE))
    return _group(BulletinRole.MASTHEAD, blocks)


def _number(number: str) -> str:
    number = number.strip()
    return inline.escape(number if not number or "期" in number else f"第{number}期")


def _summary(features: Sequence[Writing]) -> Iterator[Block]:
    paragraphs = []
    for index, feature in enumerate(features):
        which = "" if len(features) == 1 else _NUMERALS[index] if index < len(_NUMERALS) else str(index + 1)
        origin = tuple(provenance(feature))
        if origin:
            paragraphs.append(_paragraph(own(f"专题{which}内容选自"), *origin))
    if paragraphs:
        yield _group(BulletinRole.SUMMARY, (_heading("内容提要", 2), *paragraphs))


# -------------------------------------------------------------------------------------------- features


def _features(issue: Issue, writings: Sequence[Writing]) -> list[Writing]:
    by_hand = {name: place for place, name in reversed(list(enumerate(issue.features)))}
    return sorted(writings, key=lambda one: by_hand.get(one.part.name, len(issue.features)))


def _feature(issue: Issue, writing: Writing) -> Block:
    return _group(BulletinRole.FEATURE, (*writing.title(2), *body_blocks(writing, 3), *_material(issue, writing)))


def _material(issue: Issue, writing: Writing) -> Iterator[Block]:
    """材料来源: where the original is, what the compiler changed, whose opinion it is, who worked on it."""
    metadata = writing.metadata
    origin = tuple(provenance(writing))
    blocks = [_paragraph(own("本文编译自"), *origin)] if origin else []
    if metadata.url:
        blocks.append(_address("原文见：", metadata.url))
    blocks += _notes(issue, writing.changes, "disclaimer")
    blocks += _credits(("编译", metadata.compilers), ("选题&审校", metadata.reviewers))
    if blocks:
        yield _group(BulletinRole.MATERIAL, (_heading("材料来源", 3), *blocks))


def _address(label: str, address: str) -> Block:
    if text.is_in_words(address):
        source = own(inline.escape(text.fold_spaces(address).removeprefix("mailto:")))
    else:
        source = own(address.strip(), BulletinRole.ADDRESS)
    return _paragraph(own(label), source, role=BulletinRole.SOURCE)


def _notes(issue: Issue, *keys: str) -> Iterator[Block]:
    for key in filter(None, keys):
        wording = one_line(issue.texts.get(key, STANDING_TEXTS[key]))
        if wording:
            yield _paragraph(own(wording), role=BulletinRole.NOTE)


def _credits(*lines: tuple[str, Iterable[str]]) -> Iterator[Block]:
    for label, people in lines:
        names = tuple(dict.fromkeys(filter(None, (text.fold_spaces(name) for name in people))))
        if names:
            named = NAME_SEPARATOR.join(map(inline.escape, names))
            yield _paragraph(own(inline.escape(f"{label}：")), own(named), role=BulletinRole.CREDITS)


# ------------------------------------------------------------------------------------------------ news


def _by_country(
    issue: Issue, writings: Sequence[Writing], country_order: Callable[[str], str]
) -> list[tuple[str, list[Writing]]]:
    """Country codes with their items: those of ``issue.countries``, then by name, then those without a country."""
    items: dict[str, list[Writing]] = {}
    for one in writings:
        items.setdefault(one.metadata.country.strip().upper(), []).append(one)
    by_hand = [code for code in dict.fromkeys(code.strip().upper() for code in issue.countries) if code in items]
    rest = sorted(
        (code for code in items if code and code not in by_hand), key=lambda code: _collated(country_order(code))
    )
    return [(code, items[code]) for code in [*by_hand, *rest, *([""] if "" in items else [])]]


def _news(
    countries: Sequence[tuple[str, list[Writing]]], country_name: Callable[[str], str], source_titles: bool
) -> Iterator[Block]:
    if not countries:
        return
    # Credits stand under the items only where they tell the reader something: when not all items have the same.
    every = [one.metadata for _code, items in countries for one in items]
    differing = (
        len({metadata.compilers for metadata in every if metadata.compilers}) > 1,
        len({metadata.reviewers for metadata in every if metadata.reviewers}) > 1,
    )
    groups = []
    for code, items in countries:
        name = inline.escape(country_name(code) or code) if code else OTHER_COUNTRIES
        blocks = (_item(one, *differing, source_titles) for one in items)
        groups.append(_group(BulletinRole.COUNTRY, (_heading(name, 3), *blocks)))
    yield _group(BulletinRole.NEWS, (_heading("区域动态", 2), *groups))


def _collated(name: str) -> str:
    """A key that files Å under A and Ü under U, as the standard's own list does."""
    bare = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    return bare.casefold()


def _item(writing: Writing, with_compilers: bool, with_reviewers: bool, with_source_title: bool) -> Block:
    metadata = writing.metadata
    blocks = [*writing.title(4)]
    if with_source_title:
        blocks += _source_title(writing)
    blocks += body_blocks(writing, 5)
    if metadata.url:
        blocks.append(_address("来源：", metadata.url))
    blocks += _credits(
        ("编译", metadata.compilers if with_compilers else ()),
        ("审校", metadata.reviewers if with_reviewers else ()),
    )
    return _group(BulletinRole.ITEM, blocks)


def _source_title(writing: Writing) -> Iterator[Block]:
    """The title in its language, unless the heading shows it already."""
    unit = writing.fact(Role.TITLE)
    if unit.source.strip() and unit.target.strip() and unit.state is not State.EMPTY:
        original = own(one_line(unit.source), BulletinRole.ORIGINAL, writing.language)
        yield _paragraph(original, role=BulletinRole.TITLE_ORIGINAL)


# ------------------------------------------------------------------------------ the end, what is missing


def _appendix(names: Sequence[Name]) -> Iterator[Block]:
    """译名对照表: each name with its original; 待核 (to be verified) where the rendering is not the glossary's."""
    if names:
        entries = (
            Block(
                BlockKind.ITEM,
                children=(
                    own(f"{inline.escape(name.target)}\u3000"),
                    own(inline.escape(name.source), BulletinRole.ORIGINAL, name.language),
                    *(() if name.is_agreed else (own(_unverified(name)),)),
                ),
                level=1,
                marker="-",
            )
            for name in names
        )
        yield _group(BulletinRole.APPENDIX, (_heading("译名对照表", 2), *entries))


def _unverified(name: Name) -> str:
    return f"（待核，或作{inline.escape(name.proposed)}）" if name.proposed else "（待核）"


def _colophon(issue: Issue, writings: Sequence[Writing]) -> Iterator[Block]:
    """What holds for the number as a whole: how the news were compiled, and everybody who worked on it, once."""
    changes = {one.changes for one in writings if one.metadata.section is Section.NEWS}
    key = "news-abridged" if "abridged" in changes else "news-merged" if "merged" in changes else ""
    compilers = [name for one in writings for name in one.metadata.compilers]
    reviewers = [name for one in writings for name in one.metadata.reviewers]
    blocks = (
        *_notes(issue, key),
        *_credits(("编译", compilers), ("审校", reviewers), ("编辑", issue.editors)),
    )
    if blocks:
        yield _group(BulletinRole.COLOPHON, blocks)


def _missing(writing: Writing) -> str:
    """``<标题>（<article>）：待译3处、初稿2处、缺来源地址``, or nothing where all is there."""
    units = writing.part.catalog.units
    counts = Counter(unit.state for unit in units)
    wants = []
    if not units:
        wants.append("没有译文单元")
    elif counts[State.EMPTY] == len(units):
        wants.append("全文待译")
    elif counts[State.EMPTY]:
        wants.append(f"待译{counts[State.EMPTY]}处")
    if counts[State.DRAFT]:
        wants.append(f"初稿{counts[State.DRAFT]}处")
    if not writing.metadata.url:
        wants.append("缺来源地址")
    if not wants:
        return ""
    title = writing.fact(Role.TITLE)
    visible = inline.plain(one_line(title.source if title.state is not State.TRANSLATED else title.target))
    name = writing.part.name
    return f"{visible}（{name}）：{'、'.join(wants)}" if visible else f"{name}：{'、'.join(wants)}"
