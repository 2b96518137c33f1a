"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005): written whole, read carefully.

Files of OmegaT, Trados and memoQ are read as they come: ``xml:lang`` or the older ``lang``, any case and region of the
tags, inline codes left out of the text. Entities that a file declares itself are refused, nothing is ever fetched.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from compiler_flow import __version__
from compiler_flow.errors import FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory.entries import Entry
from compiler_flow.text import base_language, clean, lazy_pattern

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What stands in these is the code of another format, not text (TMX 1.4b, section 4); `hi` and `sub` hold text.
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_DATE = lazy_pattern(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\Z")


def read(path: Path, source_language: str, target_language: str) -> Iterator[Entry]:
    """The entries of a TMX file for one language pair, as they are read; others are passed over.

    A unit with several translations gives an entry for each. Raises ``FileError``, or ``FormatError`` with the line.
    """
    from lxml import etree

    try:
        with path.open("rb") as stream:
            events = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            yield from _units(events, path, base_language(source_language), base_language(target_language))
    except etree.XMLSyntaxError as error:
        raise FormatError(
            _("The file is no well-formed TMX: {reason}.").format(reason=error.msg), path=path, line=error.lineno or 0
        ) from error
    except FileNotFoundError:
        raise FileError(_("There is no such file."), path=path, hint=_("Check the spelling.")) from None
    except OSError as error:
        raise FileError(_("The file cannot be read: {reason}.").format(reason=error.strerror), path=path) from error


def _units(events: Any, path: Path, source: str, target: str) -> Iterator[Entry]:
    started = False
    for event, element in events:
        if not started:
            _check_start(element, path)
            started = True
        if event == "end" and _name(element) == "tu":
            yield from _entries(element, path, source, target)
            # What was read is let go, so that a file of any size passes through.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _check_start(element: Any, path: Path) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise FormatError(
            _("The file declares entities of its own, which could hide anything; it was not read."), path=path
        )
    if _name(element) != "tmx":
        raise FormatError(_("This is no TMX file."), path=path, line=element.sourceline or 0)


def _entries(unit: Any, path: Path, source: str, target: str) -> Iterator[Entry]:
    sources, targets = [], []
    for variant in unit:
        if _name(variant) != "tuv":
            continue
        language = base_language(variant.get(_XML_LANG) or variant.get("lang") or "")
        text = next((clean(_text(part)) for part in variant if _name(part) == "seg"), "")
        if text.strip() and language == source:
            sources.append((text, variant))
        elif text.strip() and language == target:
            targets.append((text, variant))
    for text, _variant in sources[:1]:
        for translation, variant in targets:
            at = _iso(
                variant.get("changedate")
                or variant.get("creationdate")
                or unit.get("changedate")
                or unit.get("creationdate")
                or ""
            )
            yield Entry(text, translation, _property(unit, "article") or path.stem, unit.get("tuid") or "", at=at)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if _name(child) and _name(child) not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _property(unit: Any, kind: str) -> str:
    return next((str(prop.text or "") for prop in unit if _name(prop) == "prop" and prop.get("type") == kind), "")


def _iso(date: str) -> str:
    """TMX' ``YYYYMMDDThhmmssZ`` as ISO 8601 with its separators; anything else is no date."""
    found = _DATE.match(date)
    return "{}-{}-{}T{}:{}:{}+00:00".format(*found.groups()) if found else ""


def write(path: Path, entries: Iterable[Entry], source_language: str, target_language: str) -> int:
    """Write a TMX file, whole or not at all, and return how many units it has. Raises ``FileError``."""
    from lxml import etree

    count = 0
    temporary = Path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", prefix=f".{path.name}.", dir=path.parent, delete=False) as stream:
            temporary = Path(stream.name)
            with etree.xmlfile(stream, encoding="utf-8") as out:
                out.write_declaration()
                with out.element("tmx", version="1.4"):
                    out.write("\n", _header(etree, source_language), "\n")
                    with out.element("body"):
                        for entry in entries:
                            out.write("\n", _unit(etree, entry, source_language, target_language))
                            count += 1
                        out.write("\n")
            stream.write(b"\n")
        temporary.replace(path)
    except OSError as error:
        raise FileError(_("The file cannot be written: {reason}.").format(reason=error.strerror), path=path) from error
    finally:
        if temporary.name:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    return count


def _header(etree: Any, source_language: str) -> Any:
    return etree.Element(
        "header",
        {
            "creationtool": "compiler-flow",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "compiler-flow",
            "adminlang": "en",
            "srclang": source_language,
            "datatype": "plaintext",
        },
    )


def _unit(etree: Any, entry: Entry, source_language: str, target_language: str) -> Any:
    unit = etree.Element("tu")
    if entry.unit:
        unit.set("tuid", entry.unit)
    if at := _tmx_date(entry.at):
        unit.set("changedate", at)
    if entry.article:
        etree.SubElement(unit, "prop", {"type": "article"}).text = clean(entry.article)
    for language, text in ((source_language, entry.source), (target_language, entry.target)):
        variant = etree.SubElement(unit, "tuv", {_XML_LANG: language})
        etree.SubElement(variant, "seg").text = clean(text)
    return unit


def _tmx_date(at: str) -> str:
    import datetime as dt

    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
