"""The house format: a CSV file with a head row (``rows`` says which columns).

Read in every encoding that spreadsheets write (UTF-8 with and without mark, UTF-16, GB18030) and with ``,``, ``;`` or
tab between cells; written as UTF-8 with a mark, because Excel takes CSV without one for the system's code page.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from compiler_flow import delimited
from compiler_flow.errors import FormatError
from compiler_flow.files import decode
from compiler_flow.glossary.formats import Format
from compiler_flow.glossary.rows import COLUMNS, columns_of, row_of, terms_of
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term
from compiler_flow.text import clean


def loads(data: bytes, path: Path) -> tuple[Term, ...]:
    """The entries of a CSV file. Raises ``FormatError`` with the line for broken quotes, columns or kinds."""
    text = clean(decode(data, path=path))
    return terms_of(delimited.rows(text, path), path)


def dumps(terms: Iterable[Term]) -> bytes:
    """Entries as CSV."""
    return b"\xef\xbb\xbf" + terms_csv(terms).encode("utf-8")


def terms_csv(terms: Iterable[Term]) -> str:
    """Entries as rows to paste, with the head."""
    return _lines([COLUMNS, *map(row_of, terms)])


def row_csv(term: Term) -> str:
    """One entry as a row to paste, without the head and the line's end."""
    return _lines([row_of(term)]).rstrip("\n")


def _lines(rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def with_row(data: bytes, term: Term, path: Path) -> bytes:
    """The file ``data`` with ``term`` as its last row; every row that people wrote stays as it is.

    Columns, their order and the mark between cells are the file's; a file in another encoding becomes UTF-8. Raises
    ``FormatError`` for a file that is no glossary, and for one that lacks a column for something that ``term`` says.
    """
    text = clean(decode(data, path=path))
    rows = iter(delimited.rows(text, path))
    _line, head = next(rows, (1, ()))
    terms_of([(1, head), *rows], path)
    names = columns_of(head)
    cells = dict(zip(COLUMNS, row_of(term), strict=True))
    lost = [name for name, cell in cells.items() if cell and name not in names and (name, cell) != ("kind", "other")]
    if lost:
        raise FormatError(_("The glossary has no column “{names}”.").format(names=", ".join(lost)), path=path, line=1)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n", delimiter=delimited.delimiter(text))
    writer.writerow([cells.get(name, "") for name in names])
    mark = b"" if data and not data.startswith(b"\xef\xbb\xbf") and _is_utf8(data) else b"\xef\xbb\xbf"
    return mark + (text.rstrip("\n") + "\n" + stream.getvalue()).encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


FORMAT = Format((".csv", ".tsv"), loads, dumps)
