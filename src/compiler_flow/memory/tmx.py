"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005): written whole, read as a stream.

Files of OmegaT, Trados and memoQ are read as they come, in the encoding that they declare: ``xml:lang`` or the older
``lang``, any case and region of the tags, inline codes left out of the text, each tool's own ``prop`` elements for the
document, the neighbours and the state. What a tool marks as a draft or as rejected is nobody's word and is passed over.
Entities that a file declares itself are refused, nothing is ever fetched, and no file is too large: what was read is
let go at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from compiler_flow import __version__
from compiler_flow.errors import FileError, FormatError
from compiler_flow.files import mode_of
from compiler_flow.i18n import gettext as _
from compiler_flow.memory.entries import Entry, context
from compiler_flow.memory.normal import language_key
from compiler_flow.text import clean, lazy_pattern

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What stands in these is the code of another format, not text (TMX 1.4b, section 4); `hi` holds text.
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})
_LINE_BREAK = lazy_pattern(r"<\s*(?:br|w:br)\b|\A\s*(?:\\n|\n)\s*\Z", re.I)
_DATE = lazy_pattern(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z?\Z")
# `prop` types: ours first, then those of OmegaT, memoQ and other tools.
_ARTICLE = ("x-article", "article", "file", "x-document", "document")
_PREVIOUS, _NEXT = "x-previous", "x-next"
_BEFORE, _AFTER = ("prev", "x-context-pre"), ("next", "x-context-post")
# Trados: what nobody stands by (SDL.LanguagePlatform.Core.Tokenization ConfirmationLevel).
_STATE = "x-ConfirmationLevel"
_NOBODYS = frozenset({"draft", "rejectedtranslation", "rejectedsignoff"})
# No tool writes units of so many parts; a file that is one endless unit would fill the memory of the machine.
_MOST_PARTS = 20_000
_MOST_LANGUAGES = 8


def read(path: Path, source_language: str, target_language: str) -> Iterator[Entry]:
    """The entries of a TMX file for one language pair, as they are read; others are passed over.

    A unit with several translations gives an entry for each. Raises ``FileError``, also where no unit has this language
    pair, or ``FormatError`` with the line. What came before a fault has been given out by then: take it back.
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
            yield from _Reader(path, language_key(source_language), language_key(target_language)).entries(events)
    except etree.XMLSyntaxError as error:
        raise FormatError(
            _("The file is no well-formed TMX: {reason}.").format(reason=error.msg), path=path, line=error.lineno or 0
        ) from error
    except FileNotFoundError:
        raise FileError(_("There is no such file."), path=path, hint=_("Check the spelling.")) from None
    except OSError as error:
        raise FileError(_("The file cannot be read: {reason}.").format(reason=error.strerror), path=path) from error


class _Reader:
    def __init__(self, path: Path, source: str, target: str) -> None:
        self._path = path
        self._source = source
        self._target = target
        self._languages: dict[str, int] = {}

    def entries(self, events: Any) -> Iterator[Entry]:
        started = inside = False
        found = parts = 0
        for event, element in events:
            if not started:
                _check_start(element, self._path)
                started = True
            name = _name(element)
            if event == "start":
                inside = inside or name == "tu"
                parts = parts + 1 if inside else 0
                if parts > _MOST_PARTS:
                    raise FormatError(_("A unit without an end."), path=self._path, line=element.sourceline or 0)
                continue
            if name == "tu":
                for entry in self._of(element):
                    found += 1
                    yield entry
                inside, parts = False, 0
            if not inside:
                # What was read is let go, so that a file of any size passes through.
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        if not found:
            raise self._nothing()

    def _nothing(self) -> FileError:
        known = sorted(self._languages, key=lambda tag: -self._languages[tag])
        return FileError(
            _("The file has no finished units for {source} → {target}.").format(
                source=self._source, target=self._target
            ),
            path=self._path,
            hint=_("Its languages: {names}.").format(names=", ".join(known[:_MOST_LANGUAGES])) if known else "",
        )

    def _of(self, unit: Any) -> Iterator[Entry]:
        sources: list[tuple[str, Any]] = []
        targets: list[tuple[str, Any]] = []
        for variant in unit:
            if _name(variant) != "tuv":
                continue
            tag = (variant.get(_XML_LANG) or variant.get("lang") or "").strip()
            if len(self._languages) < 1000:
                self._languages[tag] = self._languages.get(tag, 0) + 1
            language = language_key(tag)
            if language not in (self._source, self._target):
                continue
            text = next((clean(self._text(part)) for part in variant if _name(part) == "seg"), "")
            if text.strip():
                (sources if language == self._source else targets).append((text, variant))
        for text, _variant in sources[:1]:
            for translation, variant in targets:
                facts = {**_facts(unit), **_facts(variant)}
                if facts.get(_STATE, "").lower() not in _NOBODYS:
                    yield self._entry(text, translation, unit, variant, facts)

    def _entry(self, text: str, translation: str, unit: Any, variant: Any, facts: Mapping[str, str]) -> Entry:
        at = (_iso(place.get(key) or "") for place in (variant, unit) for key in ("changedate", "creationdate"))
        by = (place.get(key) or "" for place in (variant, unit) for key in ("changeid", "creationid"))
        return Entry(
            text,
            translation,
            article=_first(facts, _ARTICLE) or self._path.stem,
            unit=unit.get("tuid") or "",
            previous=facts.get(_PREVIOUS) or context(_neighbour(_first(facts, _BEFORE))),
            next=facts.get(_NEXT) or context(_neighbour(_first(facts, _AFTER))),
            at=next(filter(None, at), ""),
            by=next(filter(None, by), ""),
        )

    def _text(self, element: Any) -> str:
        parts = [element.text or ""]
        for child in element:
            name = _name(child)
            if not name:
                # A reference to an entity of a DTD that was not read: what it stands for is not known.
                raise FormatError(
                    _("The file uses an entity that only its DTD explains: {name}.").format(name=child.text),
                    path=self._path,
                    line=element.sourceline or 0,
                )
            if name not in _CODES:
                parts.append(self._text(child))
            elif child.get("type") == "lb" or _LINE_BREAK.search("".join(child.itertext())):
                parts.append(" ")
            parts.append(child.tail or "")
        return "".join(parts)


def _check_start(element: Any, path: Path) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise FormatError(
            _("The file declares entities of its own, which could hide anything; it was not read."), path=path
        )
    if _name(element) != "tmx":
        raise FormatError(_("This is no TMX file."), path=path, line=element.sourceline or 0)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _facts(element: Any) -> dict[str, str]:
    """The ``prop`` elements by type, the first of each."""
    facts: dict[str, str] = {}
    for prop in element:
        if _name(prop) == "prop" and prop.get("type"):
            facts.setdefault(prop.get("type"), "".join(prop.itertext()))
    return facts


def _first(facts: Mapping[str, str], names: Iterable[str]) -> str:
    return next((facts[name] for name in names if facts.get(name, "").strip()), "")


def _neighbour(text: str) -> str:
    """A neighbour's source text; memoQ writes the whole ``<seg>`` with its codes, as text."""
    return re.sub(r"<(bpt|ept|ph|it)\b[^>]*?(?:/>|>.*?</\1>)|</?\w+[^>]*>", "", text) if "<seg>" in text else text


def _iso(date: str) -> str:
    """TMX' ``YYYYMMDDThhmmssZ`` as ISO 8601 with its separators; anything else is no date."""
    found = _DATE.match(date.strip())
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
        temporary.chmod(mode_of(path))
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
    for name, value in (("tuid", entry.unit), ("changedate", _tmx_date(entry.at)), ("changeid", entry.by)):
        if value:
            unit.set(name, clean(value))
    for kind, value in ((_ARTICLE[0], entry.article), (_PREVIOUS, entry.previous), (_NEXT, entry.next)):
        if value:
            etree.SubElement(unit, "prop", {"type": kind}).text = clean(value)
    for language, text in ((source_language, entry.source), (target_language, entry.target)):
        variant = etree.SubElement(unit, "tuv", {_XML_LANG: language})
        etree.SubElement(variant, "seg").text = clean(text)
    return unit


def _tmx_date(at: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
