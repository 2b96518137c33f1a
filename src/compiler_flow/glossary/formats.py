"""Glossary files by their kind: which there are, and reading and writing through the one that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import files
from compiler_flow.errors import FileError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term
from compiler_flow.tables import Table


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of glossary file. ``loads`` and ``dumps`` are each other's inverse for what the format can hold."""

    suffixes: tuple[str, ...]
    loads: Callable[[bytes, Path], tuple[Term, ...]]
    dumps: Callable[[Iterable[Term]], bytes]


FORMATS: Table[Format] = Table(
    "glossary format",
    {
        "csv": "compiler_flow.glossary.csv_table:FORMAT",
        "tab": "compiler_flow.glossary.tab:FORMAT",
        "tbx": "compiler_flow.glossary.tbx:FORMAT",
        "xlsx": "compiler_flow.glossary.xlsx:FORMAT",
    },
    group="compiler_flow.glossaries",
)
# Known without importing the parts; formats of other packages are asked for their own.
_SUFFIXES = {
    ".csv": "csv",
    ".tab": "tab",
    ".tbx": "tbx",
    ".tsv": "csv",
    ".txt": "tab",
    ".utf8": "tab",
    ".xlsx": "xlsx",
}


def load(paths: Iterable[Path], *, format: str = "") -> tuple[Term, ...]:
    """The entries of glossary files and of the folders' glossary files, in the order given (folders by name).

    Rows without source or target come too, for ``lint`` to name; the matcher leaves them out. Raises ``FileError``
    for what cannot be read, ``FormatError`` with a line for what is no glossary, ``UsageError`` for unknown suffixes.
    """
    terms: list[Term] = []
    for path in paths:
        for file in _files(path):
            terms.extend(_format_of(file, format).loads(files.read_bytes(file), file))
    return tuple(terms)


def save(terms: Iterable[Term], path: Path, *, format: str = "", stamp: str | None = None) -> str:
    """Write entries as a glossary file and return its stamp; ``stamp`` as for ``files.write_bytes``."""
    return files.write_bytes(path, _format_of(path, format, is_read=False).dumps(terms), stamp=stamp)


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    try:
        # Office programs keep their own files (~$…, .~lock…) beside open ones; .txt in a folder is mostly a note.
        return sorted(
            file
            for file in path.iterdir()
            if file.suffix.lower() in _SUFFIXES
            and file.suffix.lower() != ".txt"
            and not file.name.startswith((".", "~"))
            and file.is_file()
        )
    except OSError as error:
        raise FileError(_("The folder cannot be read: {reason}.").format(reason=error.strerror), path=path) from error


def _format_of(path: Path, name: str, *, is_read: bool = True) -> Format:
    if name:
        return FORMATS[name]
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES:
        return FORMATS[_SUFFIXES[suffix]]
    for form in FORMATS.values():
        if suffix in form.suffixes:
            return form
    if is_read and not path.exists():
        files.read_bytes(path)
    raise UsageError(
        _("No glossary format goes with the suffix “{suffix}”.").format(suffix=suffix),
        path=path,
        hint=_("Known: {names}.").format(names=", ".join(sorted(_SUFFIXES))),
    )
