"""PO: the translators' file.

What we write is a fixed point of ``msgcat --no-wrap``, byte for byte, so that Poedit (which runs msgcat on every save)
changes nothing but what a person edited and the header lines it owns.

Kept from any file: texts, comments, references, gettext's own flags, previous source texts (also of obsolete entries),
plural forms, unknown headers (sorted as polib sorts them). Not kept: flags that gettext does not know and obsolete
entries without a translation (its own tools drop them as well), the previous msgctxt and msgid_plural, and the Poedit
headers that would let it wipe the file.
"""

from __future__ import annotations

import dataclasses
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from compiler_flow import files
from compiler_flow.bilingual import po_entries, remarks
from compiler_flow.bilingual.disk import Follower, Format
from compiler_flow.bilingual.po_entries import Entry
from compiler_flow.bilingual.written import Written
from compiler_flow.errors import FormatError
from compiler_flow.heap import without_collecting
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, Unit
from compiler_flow.text import bcp47, clean, digest, fold_spaces, gettext_locale, lazy_pattern

_ARTICLE = "X-Article"
_SOURCE_LANGUAGE = "X-Source-Language"
_ALWAYS = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
_OURS = frozenset({_ARTICLE, _SOURCE_LANGUAGE, "Language", *_ALWAYS})
# msgfmt -c wants some of these and Poedit adds the others; an empty value is enough for both and claims nothing.
_DEFAULTS = {
    "POT-Creation-Date": "",
    "PO-Revision-Date": "",
    "Last-Translator": "",
    "Language-Team": "",
    "Plural-Forms": "nplurals=1; plural=0;",
    "X-Generator": "compiler-flow",
}
# gettext's customary order; what is not named here follows by name, as polib has it.
_HEADER_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)
# These let Poedit run "Update from Code", which would wipe an article.
_DANGEROUS = ("X-Poedit-SearchPath", "X-Poedit-Basepath")

# gettext writes flags in this order (write-po.c) and drops all others.
_FORMATS = """
    c objc c++ python python-brace java java-printf csharp javascript scheme lisp elisp librep rust go ruby sh awk lua
    object-pascal modula2 d ocaml smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php gcc-internal
    gfc-internal ycp
"""
_FLAG_ORDER = {
    flag: number
    for number, flag in enumerate(
        f"{prefix}{name}-format" for name in _FORMATS.split() for prefix in ("", "no-", "possible-", "impossible-")
    )
}
_LAST = len(_FLAG_ORDER)
# Below, in characters, a file is read before anybody could begin to work on it.
_LONG = 1 << 20
_STEPS = 16

_CHARSET = lazy_pattern(rb"charset=([\w.:-]+)", re.ASCII)
_LINE_BREAKERS = lazy_pattern("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNCLEAN = lazy_pattern("[\x00-\x08\x0e-\x1f\x7f\r\ufeff\ufffe\uffff]")
# All of both. In UTF-8 the first ones are bytes, which are seen four times as quickly.
_ODD_BYTES = bytes([*range(0x09), *range(0x0B, 0x20), 0x7F])
_ODD_BEYOND = "\x85\u2028\u2029\ufeff\ufffe\uffff"
_MSGID = lazy_pattern(r'^(?:#~ )?msgid "', re.MULTILINE)
_NOT_CANONICAL = lazy_pattern(rb'\r|\A\xef\xbb\xbf|\A\xff\xfe|\A\xfe\xff|(?<!\\n)(?<! ")"\n(?:#~\|? |#\| )?"')


# ------------------------------------------------------------------------------------------------ reading


def parse(data: bytes, path: Path, follower: Follower | None = None) -> Catalog:
    """The catalog in the bytes of a PO file; ``path`` names it in errors and in foreign files without ``X-Article``.

    ``follower`` is told of it in sixteen steps, if the file has some length. Raises ``FormatError`` with the line for
    syntax errors and for two entries with the same msgctxt and msgid.
    """
    text = _text(data, path)
    with without_collecting():
        return _read(text, path, follower if len(text) >= _LONG else None)


def _read(text: str, path: Path, follower: Follower | None) -> Catalog:
    header = Entry()
    units: list[Unit] = []
    obsolete: list[Unit] = []
    seen: dict[tuple[str | None, str], int] = {}
    ids: dict[str, int] = {}
    lines = text.count("\n") if follower else 0
    step = lines / _STEPS
    due = step if follower else math.inf
    for entry in po_entries.read(text, path, _plain):
        if isinstance(entry, Unit):
            # No two entries have one line.
            if seen.setdefault((entry.id, entry.source), entry.line) != entry.line:
                raise _twice(entry, seen[entry.id, entry.source], path)
            units.append(entry)
            if entry.line >= due and follower and (None, "") in seen:
                due += step
                # Comments at the end of the file may still be added to the last unit of all.
                follower(_catalog(header, tuple(units[:-1]), (), path), entry.line / lines)
            continue
        if not entry.forms:
            _add_comments(units, header, entry.comments)
            continue
        key = (entry.context, entry.source)
        if key in seen:
            raise _twice(entry, seen[key], path)
        seen[key] = entry.line
        if key == (None, ""):
            header = entry
        else:
            (obsolete if entry.obsolete else units).append(_unit(entry, ids))
    if not seen:
        raise FormatError(_("There is no entry in this file."), path=path)
    return _catalog(header, tuple(units), tuple(obsolete), path)


def _text(data: bytes, path: Path) -> str:
    if not data or data.isspace():
        raise FormatError(_("The file is empty."), path=path, hint=_("Take the last good version of it."))
    declared = _CHARSET.search(data[:8192])
    try:
        # Many editors save as UTF-8 and leave the header's charset as it was.
        text = data.decode("utf-8") if b"\x00" not in data else ""
    except UnicodeDecodeError:
        text = ""
    is_clean = bool(text) and _is_clean(data, text)
    text = text or files.decode(data, declared=declared[1].decode() if declared else "", path=path)
    if not is_clean:
        # In a PO file these stand inside strings and comments, where an end of line would break the syntax.
        text = _LINE_BREAKERS.sub(" ", text)
    return text if (is_clean or not _UNCLEAN.search(text)) and unicodedata.is_normalized("NFC", text) else clean(text)


def _is_clean(data: bytes, text: str) -> bool:
    """Whether ``text``, decoded from ``data`` in UTF-8, has nothing that breaks lines or cannot be printed."""
    return len(data.translate(None, _ODD_BYTES)) == len(data) and not any(map(text.__contains__, _ODD_BEYOND))


def _twice(entry: Entry | Unit, first: int, path: Path) -> FormatError:
    return FormatError(
        _("The same entry stands already at line {first}: {text}").format(first=first, text=entry.source[:40]),
        path=path,
        line=entry.line,
        hint=_("Delete one of the two in a text editor."),
    )


def _add_comments(units: list[Unit], header: Entry, comments: list[str]) -> None:
    """Comments after the last entry go to the last unit, or to the file where there is none."""
    if units:
        units[-1] = dataclasses.replace(units[-1], comments=(*units[-1].comments, *comments))
    else:
        header.comments.extend(comments)


def _plain(extracted: list[str], context: str, source: str, target: str, line: int) -> Unit:
    told = remarks.read(extracted)
    # By place, which is quicker than by name: comments, references, flags, previous, plural and anonymous are empty.
    empty = ()
    return Unit(
        *(context, source, target, False, told.spot, told.origin, told.terms, told.names),
        *(empty, told.notes, empty, empty, "", empty, False, line),
    )


def _unit(entry: Entry, ids: dict[str, int]) -> Unit:
    target = entry.forms[0]
    flags = entry.flags
    told = remarks.read(entry.extracted)
    return Unit(
        id=_id_from(entry.source, ids) if entry.context is None else entry.context,
        source=entry.source,
        target=target,
        fuzzy="fuzzy" in flags and bool(target.strip()),
        spot=told.spot,
        origin=told.origin,
        terms=told.terms,
        names=told.names,
        comments=tuple(entry.comments),
        notes=told.notes,
        references=tuple(dict.fromkeys(entry.references)),
        flags=_known_flags(flags, obsolete=entry.obsolete) if flags and flags != ["fuzzy"] else (),
        previous=entry.previous,
        plural=(entry.plural, *entry.forms) if entry.plural else (),
        anonymous=entry.context is None,
        line=entry.line,
    )


def _id_from(source: str, ids: dict[str, int]) -> str:
    name = digest(fold_spaces(source))
    number = ids[name] = ids.get(name, 0) + 1
    return name if number == 1 else f"{name}.{number}"


def _known_flags(flags: Iterable[str], *, obsolete: bool) -> tuple[str, ...]:
    """gettext's own flags in gettext's order, without ``fuzzy``; it leaves ranges out of obsolete entries."""
    known = {flag for flag in flags if flag in _FLAG_ORDER or flag == "no-wrap"}
    if not obsolete:
        known.update(flag for flag in flags if flag.startswith("range:"))
    return tuple(sorted(known, key=lambda flag: _FLAG_ORDER.get(flag, _LAST + (flag == "no-wrap"))))


def _catalog(header: Entry, units: tuple[Unit, ...], obsolete: tuple[Unit, ...], path: Path) -> Catalog:
    known = _headers(header.forms[0] if header.forms else "")
    article = known.get(_ARTICLE) or path.stem
    defaults = {**_DEFAULTS, "Project-Id-Version": article}
    kept = [(key, value) for key, value in known.items() if key not in _OURS and defaults.get(key) != value]
    return Catalog(
        article=article,
        # gettext's own rule: without a word about it, source texts are English.
        source_language=known.get(_SOURCE_LANGUAGE) or "en",
        target_language=bcp47(known.get("Language", "")) or "zh-CN",
        units=units,
        obsolete=obsolete,
        headers=tuple(sorted(kept, key=_header_place)),
        comment="\n".join(header.comments),
    )


def _headers(text: str) -> dict[str, str]:
    """Header lines; one without a colon belongs to the line before (Poedit refuses files that have any)."""
    found: dict[str, str] = {}
    key = ""
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip()
            found[key] = fold_spaces(value)
        elif key and line.strip():
            found[key] = f"{found[key]} {fold_spaces(line)}".strip()
    return {key: value for key, value in found.items() if key and not key.startswith(_DANGEROUS)}


def _header_place(header: tuple[str, str]) -> tuple[int, list[int | str]]:
    name = header[0]
    if name in _HEADER_ORDER:
        return _HEADER_ORDER.index(name), []
    # polib sorts numbers inside names as numbers.
    parts: list[int | str] = [int(part) if part.isdecimal() else part.lower() for part in re.split("([0-9]+)", name)]
    return len(_HEADER_ORDER), parts


# ------------------------------------------------------------------------------------------------ writing


def serialize(catalog: Catalog) -> bytes:
    """The catalog as a PO file in UTF-8 without byte order mark, a fixed point of ``msgcat --no-wrap``."""
    header = Entry(
        forms=[_header_text(catalog)], comments=clean(catalog.comment).split("\n") if catalog.comment else []
    )
    with without_collecting():
        entries = [po_entries.write(header), *_WRITTEN.texts(catalog.units)]
        entries += [po_entries.write(_entry(unit, obsolete=True)) for unit in catalog.obsolete if _has_text(unit)]
    return "\n".join(entries).encode("utf-8")


_WRITTEN = Written(lambda unit: po_entries.write(_entry(unit)))


def _header_text(catalog: Catalog) -> str:
    own = {
        _ARTICLE: catalog.article,
        _SOURCE_LANGUAGE: catalog.source_language,
        "Language": gettext_locale(catalog.target_language),
        **_ALWAYS,
    }
    headers = {"Project-Id-Version": catalog.article, **_DEFAULTS, **dict(catalog.headers), **own}
    return "".join(f"{key}: {fold_spaces(clean(value))}\n" for key, value in sorted(headers.items(), key=_header_place))


def _entry(unit: Unit, *, obsolete: bool = False) -> Entry:
    target = _safe(unit.target)
    flags = _known_flags(unit.flags, obsolete=obsolete) if unit.flags else ()
    extracted = remarks.write(unit.spot, unit.origin, unit.terms, unit.names, unit.notes)
    return Entry(
        context=None if unit.anonymous else _safe(unit.id),
        source=_safe(unit.source),
        plural=_safe(unit.plural[0]) if unit.plural else "",
        forms=[target, *map(_safe, unit.plural[2:])],
        comments=_lines(unit.comments) if unit.comments else [],
        extracted=_lines(extracted) if extracted else [],
        references=list(dict.fromkeys(unit.references)),
        flags=["fuzzy", *flags] if unit.fuzzy and target.strip() else list(flags),
        previous=_safe(unit.previous),
        obsolete=obsolete,
    )


def _safe(text: str) -> str:
    # Asking is cheaper than cleaning, and nearly every text is clean.
    return text if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)) else clean(text)


def _has_text(unit: Unit) -> bool:
    # gettext drops obsolete entries without a translation, and a file that it would change must not be written.
    return bool(unit.target) or any(unit.plural[2:])


def _lines(texts: Sequence[str]) -> list[str]:
    together = "".join(texts)
    if together.isprintable() and unicodedata.is_normalized("NFC", together):
        return [line.rstrip() for line in texts]
    lines = _safe("\n".join(texts)).split("\n")
    return [line.rstrip() for line in lines]


def renumber(catalog: Catalog, data: bytes) -> Catalog:
    """The catalog with the lines that its units have in ``data``, which ``serialize`` made of it."""
    lines = _msgid_lines(data.decode("utf-8"))
    next(lines)  # the header
    units = tuple(_at(unit, line) for unit, line in zip(catalog.units, lines, strict=False))
    _WRITTEN.renamed(units, catalog.units)
    dead = [unit for unit in catalog.obsolete if _has_text(unit)]
    obsolete = tuple(_at(unit, line) for unit, line in zip(dead, lines, strict=True))
    return dataclasses.replace(catalog, units=units, obsolete=obsolete)


def _msgid_lines(text: str) -> Iterator[int]:
    line, place = 1, 0
    for match in _MSGID.finditer(text):
        line += text.count("\n", place, match.start())
        place = match.start()
        yield line


def _at(unit: Unit, line: int) -> Unit:
    return unit if unit.line == line else dataclasses.replace(unit, line=line)


def is_canonical(data: bytes) -> bool:
    """Whether ``data`` looks as if ``serialize`` or ``msgcat --no-wrap`` had written it."""
    return _NOT_CANONICAL.search(data) is None


PO = Format("po", (".po", ".pot"), parse, serialize, is_canonical, renumber, parse_followed=parse)
