"""XLIFF: read in versions 1.2, 2.0 and 2.1, written in 2.0 (for Poedit, which refuses 2.1 up to 3.2) and 1.2.

XLIFF is for exchange: what comes back is merged into the catalog. Files of others are read for their texts, states,
notes and references; writing makes a new file and does not keep what only they understand.

An XML file may attack its reader: documents with a DOCTYPE are refused before they are parsed, entities are never
resolved, the network is never asked, and libxml2's limits on depth and size stay on.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compiler_flow.bilingual import remarks
from compiler_flow.bilingual.disk import Format
from compiler_flow.bilingual.xliff_write import OBSOLETE, OURS, xliff12, xliff20
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, Unit
from compiler_flow.text import bcp47, clean, lazy_pattern

_DOCTYPE = lazy_pattern(rb"\A(?:[^<]|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", re.DOTALL)
_UNIT = lazy_pattern(rb"^<(?:unit|trans-unit) ", re.MULTILINE)
_UNFINISHED12 = lazy_pattern(r"new\Z|needs-")
_MARKS2 = {"xlf:b": "**", "xlf:i": "*"}
_MARKS1 = {"bold": "**", "italic": "*"}


def parse(data: bytes, path: Path) -> Catalog:
    """The catalog in an XLIFF file of version 1.2, 2.0 or 2.1.

    Raises ``FormatError`` with the line for what is no XLIFF, cut off, names no languages, has an id twice, or has a
    DOCTYPE.
    """
    root = _root(data, path)
    version = root.get("version", "")
    if _local(root) != "xliff" or version not in ("1.2", "2.0", "2.1"):
        raise FormatError(
            _("This is not XLIFF 1.2, 2.0 or 2.1."),
            path=path,
            line=root.sourceline or 0,
            hint=_("Ask for one of these versions, or for PO."),
        )
    return _Reader(path, root, _Version1() if version == "1.2" else _Version2()).catalog()


def _root(data: bytes, path: Path) -> Any:
    from lxml import etree

    refused = FormatError(
        _("The file has a DOCTYPE, which XLIFF never needs and which can do harm; it was not read."),
        path=path,
        hint=_("Ask for the file without it."),
    )
    # UTF-16 has zero bytes between the letters.
    if _DOCTYPE.match(data[:65536].replace(b"\x00", b"")):
        raise refused
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise FormatError(
            _("The file is not well-formed XML or is cut off: {reason}.").format(reason=str(error).partition(",")[0]),
            path=path,
            line=line,
            hint=_("Ask for the file again, or take the last good version."),
        ) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise refused
    return root


def _local(element: Any) -> str:
    # Comments and processing instructions have a function for a tag.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _local(child) == name), None)


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _local(child) == name)


# ---------------------------------------------------------------------------------------------- the versions


class _Version2:
    unit = "unit"

    def languages(self, root: Any, _file: Any) -> tuple[str, str]:
        return root.get("srcLang", ""), root.get("trgLang", "")

    def name(self, unit: Any) -> str:
        return unit.get("name") or unit.get("id") or ""

    def segments(self, unit: Any) -> list[Any]:
        return list(_children(unit, "segment"))

    def file_notes(self, file: Any) -> list[tuple[str, str]]:
        return self.notes(file)

    def notes(self, unit: Any) -> list[tuple[str, str]]:
        notes = _child(unit, "notes")
        return (
            [] if notes is None else [(note.get("category", ""), note.text or "") for note in _children(notes, "note")]
        )

    def references(self, _unit: Any) -> list[str]:
        return []

    def is_unfinished(self, _unit: Any, segment: Any, _target: Any) -> bool:
        return bool(segment.get("state") == "initial" or segment.get("subState") == "poedit:fuzzy")

    def text(self, unit: Any, segment: Any, side: str) -> str:
        element = _child(segment, side)
        store = _child(unit, "originalData")
        data = {} if store is None else {item.get("id"): item.text or "" for item in _children(store, "data")}
        return "" if element is None else "".join(self._pieces(element, data))

    def _pieces(self, element: Any, data: Mapping[str, str]) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            name = _local(child)
            mark = _MARKS2.get(child.get("subType", ""), "") if name == "pc" else ""
            yield data.get(child.get("dataRefStart", child.get("dataRef", "")), mark or child.get("equiv", ""))
            if name == "cp":
                yield chr(int(child.get("hex", "20"), 16))
            elif name in ("pc", "mrk"):
                yield from self._pieces(child, data)
            yield data.get(child.get("dataRefEnd", ""), mark)
            yield child.tail or ""


class _Version1:
    unit = "trans-unit"

    def languages(self, _root: Any, file: Any) -> tuple[str, str]:
        return file.get("source-language", ""), file.get("target-language", "")

    def name(self, unit: Any) -> str:
        return unit.get("resname") or unit.get("id") or ""

    def segments(self, unit: Any) -> list[Any]:
        return [unit]

    def file_notes(self, file: Any) -> list[tuple[str, str]]:
        header = _child(file, "header")
        return [] if header is None else self.notes(header)

    def notes(self, unit: Any) -> list[tuple[str, str]]:
        return [(note.get("from", ""), note.text or "") for note in _children(unit, "note")]

    def references(self, unit: Any) -> list[str]:
        groups = (group for group in _children(unit, "context-group") if group.get("purpose") == "location")
        return [":".join(context.text or "" for context in _children(group, "context")) for group in groups]

    def is_unfinished(self, unit: Any, _segment: Any, target: Any) -> bool:
        state = target.get("state")
        # Poedit leaves ``approved`` as it was when somebody edits, so it counts only where nothing else is said.
        return bool(_UNFINISHED12.match(state)) if state else unit.get("approved") == "no"

    def text(self, unit: Any, segment: Any, side: str) -> str:
        element = _child(segment, side)
        source = _child(unit, "source")
        marks = {} if source is None else {g.get("id"): g.get("equiv-text") for g in source.iter() if _local(g) == "g"}
        return "" if element is None else "".join(self._pieces(element, marks))

    def _pieces(self, element: Any, marks: Mapping[str, str | None]) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            name = _local(child)
            if name == "g":
                plain = _MARKS1.get(child.get("ctype", ""), "")
                written = child.get("equiv-text") or marks.get(child.get("id")) or f"{plain}…{plain}"
                start, _dots, end = written.partition("…")
                yield start
                yield from self._pieces(child, marks)
                yield end
            elif name in ("mrk", "sub", "ph", "it", "bpt", "ept"):
                yield from self._pieces(child, marks)
            else:
                yield child.get("equiv-text", "")
            yield child.tail or ""


# ---------------------------------------------------------------------------------------------- the catalog


class _Reader:
    def __init__(self, path: Path, root: Any, version: _Version1 | _Version2) -> None:
        self._path = path
        self._root = root
        self._version = version

    def catalog(self) -> Catalog:
        files = list(_children(self._root, "file"))
        if not files:
            raise self._error(_("The file holds no texts."), self._root)
        source, target = self._languages(files)
        units: list[Unit] = []
        obsolete: list[Unit] = []
        for file in files:
            seen: dict[str, int] = {}
            for element in file.iter():
                if _local(element) == self._version.unit:
                    self._note_id(element, seen)
                    (obsolete if _is_obsolete(element) else units).extend(self._units(element))
        notes = self._version.file_notes(files[0])
        return Catalog(
            article=files[0].get("original") or self._path.stem,
            source_language=source,
            target_language=target,
            units=tuple(units),
            obsolete=tuple(obsolete),
            headers=tuple((kind[7:], text) for kind, text in notes if kind.startswith("header:")),
            comment="\n".join(text for kind, text in notes if kind == "comment"),
        )

    def _languages(self, files: list[Any]) -> tuple[str, str]:
        pairs = {self._version.languages(self._root, file): file for file in files}
        if len(pairs) > 1:
            raise self._error(_("The file mixes several pairs of languages."), list(pairs.values())[1])
        source, target = (bcp47(tag) for tag in next(iter(pairs)))
        if not source or not target:
            raise self._error(_("The file does not say from which language into which it goes."), self._root)
        return "" if source == "und" else source, "" if target == "und" else target

    def _error(self, message: str, element: Any) -> FormatError:
        return FormatError(
            message, path=self._path, line=element.sourceline or 0, hint=_("Ask for the file again from its sender.")
        )

    def _note_id(self, element: Any, seen: dict[str, int]) -> None:
        name = element.get("id", "")
        if not name:
            raise self._error(_("A unit has no id."), element)
        if name in seen:
            message = _("The id {name} stands already at line {first}.").format(name=name, first=seen[name])
            raise self._error(message, element)
        seen[name] = element.sourceline or 0

    def _units(self, element: Any) -> Iterator[Unit]:
        segments = self._version.segments(element)
        for number, segment in enumerate(segments, 1):
            unit = self._unit(element, segment)
            if len(segments) > 1:
                unit = dataclasses.replace(unit, id=f"{unit.id}::{segment.get('id') or number}")
            yield unit

    def _unit(self, element: Any, segment: Any) -> Unit:
        version = self._version
        by_kind: dict[str, list[str]] = {}
        for kind, text in version.notes(element):
            by_kind.setdefault(kind if kind in _KINDS else "note", []).append(clean(text))
        told = remarks.read(by_kind.get(OURS, ()))
        target_element = _child(segment, "target")
        target = clean(version.text(element, segment, "target"))
        unfinished = target_element is not None and version.is_unfinished(element, segment, target_element)
        return Unit(
            id=version.name(element),
            source=clean(version.text(element, segment, "source")),
            target=target,
            fuzzy=unfinished and bool(target.strip()),
            spot=told.spot,
            origin=told.origin,
            terms=told.terms,
            names=told.names,
            comments=tuple(by_kind.get("comment", ())),
            notes=(*told.notes, *by_kind.get("note", ())),
            references=(*version.references(element), *by_kind.get("location", ())),
            flags=tuple(by_kind.get("flag", ())),
            previous="\n".join(by_kind.get("previous", ())),
            plural=_plural(by_kind.get("plural", ()), target),
            anonymous="anonymous" in by_kind,
            line=element.sourceline or 0,
        )


_KINDS = frozenset({OURS, "comment", "location", "flag", "previous", "plural", "anonymous"})


def _plural(forms: Any, target: str) -> tuple[str, ...]:
    """The forms with what the translator may have changed: form 0 is the target."""
    return (forms[0], target, *forms[2:]) if forms else ()


def _is_obsolete(element: Any) -> bool:
    parent = element.getparent()
    return _local(parent) == "group" and parent.get("id") == OBSOLETE


def _renumber(catalog: Catalog, data: bytes) -> Catalog:
    """The catalog with the lines that its units have in ``data``."""
    lines: list[int] = []
    line, place = 1, 0
    for match in _UNIT.finditer(data):
        line += data.count(b"\n", place, match.start())
        place = match.start()
        lines.append(line)
    units = [dataclasses.replace(unit, line=at) for unit, at in zip(catalog.units, lines, strict=False)]
    dead = zip(catalog.obsolete, lines[len(units) :], strict=True)
    return dataclasses.replace(
        catalog, units=tuple(units), obsolete=tuple(dataclasses.replace(unit, line=at) for unit, at in dead)
    )


def _is_ours(_data: bytes) -> bool:
    """Whether it is certain that the bytes are ours: never, translators' tools indent XML as they like."""
    return False


XLIFF = Format("xliff", (".xlf", ".xliff"), parse, xliff20, _is_ours, _renumber)
XLIFF12 = Format("xliff12", (".xlf", ".xliff"), parse, xliff12, _is_ours, _renumber)
