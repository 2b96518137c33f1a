"""From a file to a catalog and back, whatever the format."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import files
from compiler_flow.errors import CompilerFlowError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog
from compiler_flow.tables import Table
from compiler_flow.text import lazy_pattern

Follower = Callable[[Catalog, float], None]
"""Told of a catalog while its file is being read: as far as it is known, and how much of the file that is (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Format:
    """One spelling of a catalog.

    ``parse`` takes the bytes of a file and its path (for names and errors) and raises ``FormatError``; ``serialize``
    gives the bytes of a whole file. ``is_canonical`` says whether bytes are written the way ``serialize`` writes
    them, as far as can be told without parsing; a ``False`` costs time, a wrong ``True`` a needless rewriting.
    ``renumber`` gives the units the lines they have in bytes that ``serialize`` made of the same catalog.
    ``parse_followed`` is ``parse`` for those who want to work while a long file is being read: the whole catalog begins
    with the units that its ``Follower`` is told, and has this language.
    """

    name: str
    suffixes: tuple[str, ...]
    parse: Callable[[bytes, Path], Catalog]
    serialize: Callable[[Catalog], bytes]
    is_canonical: Callable[[bytes], bool]
    renumber: Callable[[Catalog, bytes], Catalog]
    parse_followed: Callable[[bytes, Path, Follower], Catalog] | None = None


FORMATS: Table[Format] = Table(
    "format",
    {
        "po": "compiler_flow.bilingual.po:PO",
        "xliff": "compiler_flow.bilingual.xliff:XLIFF",
        "xliff12": "compiler_flow.bilingual.xliff:XLIFF12",
    },
    group="compiler_flow.formats",
)
_VERSION12 = lazy_pattern(rb"<(?:\w+:)?xliff\b[^>]*\bversion=[\"']1\.2[\"']")
_BY_SUFFIX = {".po": "po", ".pot": "po", ".xlf": "xliff", ".xliff": "xliff"}


def format_of(path: Path) -> Format:
    """The format that the suffix of ``path`` names. Raises ``UsageError`` for other suffixes."""
    name = _BY_SUFFIX.get(path.suffix.lower())
    if name is not None:
        return FORMATS[name]
    for part in FORMATS.values():
        if path.suffix.lower() in part.suffixes:
            return part
    raise UsageError(
        _("The name does not say which kind of bilingual file this is."),
        path=path,
        hint=_("Use one of the suffixes {suffixes}.").format(suffixes=", ".join(_BY_SUFFIX)),
    )


def load(path: Path, *, follower: Follower | None = None) -> Catalog:
    """The catalog in ``path``, with its path and stamp. Raises ``FileError`` and ``FormatError``.

    ``follower`` hears of a long file's catalog several times before the whole is read, if the format has it so.
    """
    form = format_of(path)
    data = files.read_bytes(path)
    if follower is None or form.parse_followed is None:
        catalog = form.parse(data, path)
    else:
        catalog = form.parse_followed(
            data, path, lambda known, share: follower(dataclasses.replace(known, path=str(path)), share)
        )
    return dataclasses.replace(catalog, path=str(path), stamp=files.stamp_of(data))


def save(
    catalog: Catalog,
    path: Path,
    *,
    form: str = "",
    headers: Mapping[str, str] | None = None,
    overwrite: bool = False,
    differs: bool = False,
) -> Catalog:
    """Write ``catalog`` to ``path`` and return it with its new path, stamp and line numbers.

    A file that says the same already is left alone, byte for byte. A file that changed since the catalog was read from
    it, or that exists though the catalog was not read from it, is never written over unless ``overwrite`` is set:
    ``ChangedOnDiskError``. ``differs`` says that the catalog is known to say something else than what it was read from;
    to look whether it does is most of the work for a long file. ``form`` names the format where the suffix does not,
    ``headers`` are set when something is written (``PO-Revision-Date``; an empty value takes a header away).
    """
    part = FORMATS[form] if form else _format_there(path)
    data = part.serialize(catalog)
    same = None if differs else _as_on_disk(part, catalog, data, path)
    if same is not None:
        return same
    if headers:
        catalog = dataclasses.replace(catalog, headers=_with_headers(catalog.headers, headers))
        data = part.serialize(catalog)
    known = catalog.stamp if catalog.path and Path(catalog.path).resolve() == path.resolve() else ""
    stamp = files.write_bytes(path, data, stamp=None if overwrite else known)
    return dataclasses.replace(part.renumber(catalog, data), path=str(path), stamp=stamp)


def _format_there(path: Path) -> Format:
    """The format that the suffix names, in the version that the file has already."""
    part = format_of(path)
    if part.name != "xliff" or not path.is_file():
        return part
    return FORMATS["xliff12"] if _VERSION12.search(files.read_bytes(path)[:4096]) else part


def _as_on_disk(form: Format, catalog: Catalog, data: bytes, path: Path) -> Catalog | None:
    """The catalog as the file has it, where the file says the same already (perhaps wrapped in other ways)."""
    try:
        there = path.read_bytes()
    except OSError:
        # Whatever is wrong with the file, writing it will tell.
        return None
    if there == data:
        found = form.renumber(catalog, data)
    elif form.is_canonical(there):
        return None
    else:
        try:
            found = form.parse(there, path)
        except CompilerFlowError:
            return None
        if found != catalog:
            return None
    return dataclasses.replace(found, path=str(path), stamp=files.stamp_of(there))


def _with_headers(old: tuple[tuple[str, str], ...], new: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    merged = {**dict(old), **new}
    return tuple((key, value) for key, value in merged.items() if value)
