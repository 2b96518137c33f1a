"""Catalogs as XLIFF 2.0 and 1.2, with our data where translators' tools leave it alone.

==================  =========================================  ==================================================
what                XLIFF 2.0                                  XLIFF 1.2
==================  =========================================  ==================================================
state               segment/@state initial or translated       target/@state needs-translation or translated,
                                                               trans-unit/@approved (recomputed on every writing)
place, draft,       unit/notes/note, category ``compiler-flow``  note, from ``compiler-flow``
terms
other notes         category ``note``                          from ``note``
comments            category ``comment``                       from ``comment``
references          category ``location`` (Poedit shows them)  context-group, purpose ``location``
previous source     category ``previous``                      from ``previous``
match quality       matches module, mtc:match/@matchQuality    alt-trans/@match-quality
emphasis, links     pc with originalData                       g with equiv-text ``open…close``
obsolete units      group ``obsolete``, translate ``no``       the same
==================  =========================================  ==================================================

Written as text, because indenting a tree would put spaces between inline elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from compiler_flow.bilingual import markers, remarks
from compiler_flow.bilingual.markers import Marked, Piece
from compiler_flow.model import Catalog, OriginKind, State, Unit
from compiler_flow.text import clean, digest, lazy_pattern

CORE2 = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
CORE1 = "urn:oasis:names:tc:xliff:document:1.2"
OBSOLETE = "obsolete"
OURS = "compiler-flow"

_NOT_TOKEN = lazy_pattern(r"[^\w.:-]")
_TYPES2 = {
    "strong": 'type="fmt" subType="xlf:b"',
    "emphasis": 'type="fmt" subType="xlf:i"',
    "code": 'type="fmt" subType="cflow:code"',
    "link": 'type="link"',
}
_TYPES1 = {"strong": "bold", "emphasis": "italic", "code": "x-code", "link": "link"}


def _attribute(text: str) -> str:
    return quoteattr(clean(text), {"\n": "&#10;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(clean(text))


def _notes(unit: Unit) -> Iterator[tuple[str, str]]:
    """(category, text) of everything that travels as a note."""
    for line in remarks.write(unit.spot, unit.origin, unit.terms, unit.names, ()):
        yield OURS, line
    for line in unit.notes:
        yield "note", line
    for line in unit.comments:
        yield "comment", line
    if unit.previous:
        yield "previous", unit.previous
    for flag in unit.flags:
        yield "flag", flag
    for form in unit.plural:
        yield "plural", form
    if unit.anonymous:
        yield "anonymous", unit.id


def _file_notes(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for key, value in catalog.headers:
        yield f"header:{key}", value
    if catalog.comment:
        yield "comment", catalog.comment


class _Names:
    """File-wide unique identifiers: XLIFF refuses two equal ones, gettext allows one context for many texts."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def give(self, unit: Unit) -> str:
        name = _NOT_TOKEN.sub("_", clean(unit.id)) or "u"
        if name in self._used:
            name = f"{name}-{digest(unit.source)}"
        number = 1
        given = name
        while given in self._used:
            number += 1
            given = f"{name}-{number}"
        self._used.add(given)
        return given


class _Numbers:
    """Inline ids of one unit: a span of the target has the id of the source's span with the same marks."""

    def __init__(self, source: Iterable[Piece]) -> None:
        self.marks: list[str] = []
        self._free: dict[tuple[str, str], list[int]] = {}
        for number, span in enumerate(markers.spans(tuple(source)), 1):
            self._free.setdefault((span.open, span.close), []).append(number)
        self._next = sum(map(len, self._free.values())) + 1

    def side(self) -> dict[tuple[str, str], list[int]]:
        """The ids to be given out on one side of the pair."""
        return {marks: list(numbers) for marks, numbers in self._free.items()}

    def give(self, span: Marked, free: dict[tuple[str, str], list[int]]) -> int:
        numbers = free.get((span.open, span.close))
        if numbers:
            return numbers.pop(0)
        self._next += 1
        return self._next - 1

    def data(self, mark: str) -> str:
        """The id of a mark in the unit's original data."""
        if mark not in self.marks:
            self.marks.append(mark)
        return f"d{self.marks.index(mark) + 1}"


# --------------------------------------------------------------------------------------------------- 2.0


def xliff20(catalog: Catalog) -> bytes:
    """The catalog as XLIFF 2.0 (OASIS Standard, 2014), in UTF-8, valid against the core schema."""
    names = _Names()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{CORE2}" xmlns:mtc="{MATCHES}" version="2.0" srcLang={_language(catalog.source_language)}'
        f" trgLang={_language(catalog.target_language)}>",
        f'<file id="f1" original={_attribute(catalog.article)}>',
        *_notes20(_file_notes(catalog)),
    ]
    for unit in catalog.units:
        lines.extend(_unit20(unit, names, ""))
    if catalog.obsolete or not catalog.units:
        # The schema wants something in every file; an empty group does no harm.
        lines.append(f'<group id="{OBSOLETE}" translate="no">')
        for unit in catalog.obsolete:
            lines.extend(_unit20(unit, names, ' translate="no"'))
        lines.append("</group>")
    lines.append("</file>\n</xliff>\n")
    return "\n".join(lines).encode("utf-8")


def _language(tag: str) -> str:
    return _attribute(tag or "und")


def _notes20(notes: Iterable[tuple[str, str]]) -> list[str]:
    lines = [f"<note category={_attribute(category)}>{_text(text)}</note>" for category, text in notes]
    return ["<notes>", *lines, "</notes>"] if lines else []


def _unit20(unit: Unit, names: _Names, more: str) -> Iterator[str]:
    name = names.give(unit)
    named = f" name={_attribute(unit.id)}" if name != unit.id else ""
    numbers = _Numbers(markers.cut(clean(unit.source)))
    source = _inline20(unit.source, numbers)
    target = _inline20(unit.target, numbers)
    yield f'<unit id={_attribute(name)}{named}{more} xml:space="preserve">'
    yield from _match20(unit)
    yield from _notes20([*_notes(unit), *(("location", reference) for reference in unit.references)])
    if numbers.marks:
        yield "<originalData>"
        for mark in numbers.marks:
            yield f'<data id="{numbers.data(mark)}">{_text(mark)}</data>'
        yield "</originalData>"
    yield f'<segment id="s1" state="{"translated" if unit.is_done else "initial"}">'
    yield f"<source>{source}</source>"
    if unit.target:
        yield f"<target>{target}</target>"
    yield "</segment>\n</unit>"


def _inline20(text: str, numbers: _Numbers) -> str:
    free = numbers.side()

    def written(pieces: Iterable[Piece]) -> Iterator[str]:
        for piece in pieces:
            if isinstance(piece, str):
                yield escape(piece)
            else:
                start, end = numbers.data(piece.open), numbers.data(piece.close)
                number = numbers.give(piece, free)
                yield f'<pc id="{number}" {_TYPES2[piece.kind]} dataRefStart="{start}" dataRefEnd="{end}">'
                yield from written(piece.inside)
                yield "</pc>"

    return "".join(written(markers.cut(clean(text))))


def _match20(unit: Unit) -> Iterator[str]:
    origin = unit.origin
    if unit.state is not State.DRAFT or origin is None or origin.kind is OriginKind.CHANGED:
        return
    kind = "mt" if origin.kind is OriginKind.ENGINE else "tm"
    quality = f' matchQuality="{min(origin.score, 100)}"' if kind == "tm" else ""
    yield f'<mtc:matches>\n<mtc:match ref="#s1" type="{kind}" origin={_attribute(origin.by)}{quality}>'
    yield f"<source>{_text(unit.source)}</source>\n<target>{_text(unit.target)}</target>"
    yield "</mtc:match>\n</mtc:matches>"


# --------------------------------------------------------------------------------------------------- 1.2


def xliff12(catalog: Catalog) -> bytes:
    """The catalog as XLIFF 1.2 (OASIS Standard, 2008), in UTF-8, valid against the strict schema."""
    names = _Names()
    notes = _notes12(_file_notes(catalog))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{CORE1}" version="1.2">',
        f"<file original={_attribute(catalog.article)} source-language={_language(catalog.source_language)}"
        f' target-language={_language(catalog.target_language)} datatype="x-markdown">',
        *(["<header>", *notes, "</header>"] if notes else []),
        "<body>",
    ]
    for unit in catalog.units:
        lines.extend(_unit12(unit, names, ""))
    if catalog.obsolete:
        lines.append(f'<group id="{OBSOLETE}" translate="no">')
        for unit in catalog.obsolete:
            lines.extend(_unit12(unit, names, ' translate="no"'))
        lines.append("</group>")
    lines.append("</body>\n</file>\n</xliff>\n")
    return "\n".join(lines).encode("utf-8")


def _notes12(notes: Iterable[tuple[str, str]]) -> list[str]:
    return [f"<note from={_attribute(sender)}>{_text(text)}</note>" for sender, text in notes]


def _unit12(unit: Unit, names: _Names, more: str) -> Iterator[str]:
    name = names.give(unit)
    named = f" resname={_attribute(unit.id)}" if name != unit.id else ""
    approved = "yes" if unit.is_done else "no"
    numbers = _Numbers(markers.cut(clean(unit.source)))
    yield f'<trans-unit id={_attribute(name)}{named} approved="{approved}"{more} xml:space="preserve">'
    yield f"<source>{_inline12(unit.source, numbers)}</source>"
    if unit.target:
        state = "translated" if unit.is_done else "needs-translation"
        yield f'<target state="{state}"{_qualifier(unit)}>{_inline12(unit.target, numbers)}</target>'
    for reference in unit.references:
        place, _colon, line = reference.rpartition(":")
        contexts = [("sourcefile", place), ("linenumber", line)] if place else [("sourcefile", reference)]
        written = "".join(f'<context context-type="{kind}">{_text(text)}</context>' for kind, text in contexts)
        yield f'<context-group purpose="location">{written}</context-group>'
    yield from _notes12(_notes(unit))
    yield from _match12(unit)
    yield "</trans-unit>"


def _qualifier(unit: Unit) -> str:
    if unit.state is not State.DRAFT or unit.origin is None or unit.origin.kind is OriginKind.CHANGED:
        return ""
    if unit.origin.kind is OriginKind.ENGINE:
        return ' state-qualifier="mt-suggestion"'
    return f' state-qualifier="{"exact-match" if unit.origin.score >= 100 else "fuzzy-match"}"'


def _inline12(text: str, numbers: _Numbers) -> str:
    free = numbers.side()

    def written(pieces: Iterable[Piece]) -> Iterator[str]:
        for piece in pieces:
            if isinstance(piece, str):
                yield escape(piece)
            else:
                marks = _attribute(f"{piece.open}…{piece.close}")
                yield f'<g id="{numbers.give(piece, free)}" ctype="{_TYPES1[piece.kind]}" equiv-text={marks}>'
                yield from written(piece.inside)
                yield "</g>"

    return "".join(written(markers.cut(clean(text))))


def _match12(unit: Unit) -> Iterator[str]:
    origin = unit.origin
    if unit.state is not State.DRAFT or origin is None or origin.kind is OriginKind.CHANGED:
        return
    quality = f' match-quality="{min(origin.score, 100)}%"' if origin.kind is OriginKind.MEMORY else ""
    yield f'<alt-trans{quality} origin={_attribute(origin.by)} alttranstype="proposal" xml:space="preserve">'
    yield f"<source>{_text(unit.source)}</source>\n<target>{_text(unit.target)}</target>\n</alt-trans>"
