"""Excel workbooks: the first sheet, with the same head row as the CSV file. Wants the extra ``xlsx`` (openpyxl)."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from compiler_flow.errors import FormatError, UsageError
from compiler_flow.files import MAX_BYTES
from compiler_flow.glossary.formats import Format
from compiler_flow.glossary.rows import COLUMNS, row_of, terms_of
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term
from compiler_flow.text import clean

_SHEET = "glossary"


def loads(data: bytes, path: Path) -> tuple[Term, ...]:
    """The entries of a workbook; ``line`` is the row. Raises ``FormatError`` for what is no workbook."""
    return terms_of(list(_rows(data, path)), path)


def dumps(terms: Iterable[Term]) -> bytes:
    """Entries as a workbook with one sheet, every cell text, so that ``=`` begins no formula."""
    book = _openpyxl().Workbook()
    sheet = book.active
    sheet.title = _SHEET
    for number, row in enumerate([COLUMNS, *map(row_of, terms)], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.value = value or None
            if value:
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(data: bytes, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    openpyxl = _openpyxl()
    try:
        _refuse_bombs(data, path)
        with warnings.catch_warnings():
            # It warns of drop-down lists and colours that it cannot keep; we only read.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield number, ["" if value is None else clean(str(value)) for value in row]
    except FormatError:
        raise
    # A damaged workbook fails in whatever part of openpyxl meets the damage first: zip, XML, types, missing keys.
    except Exception as error:
        raise FormatError(
            _("This is no Excel workbook (.xlsx), or it is damaged."),
            path=path,
            hint=_("Open it in Excel or LibreOffice and save it again, or save it as CSV."),
        ) from error


def _refuse_bombs(data: bytes, path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MAX_BYTES:
        raise FormatError(
            _("The workbook unpacks to more than {limit} MB.").format(limit=MAX_BYTES // 2**20), path=path
        )


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            _("Excel files want the package openpyxl."), hint="pip install 'compiler-flow[xlsx]'"
        ) from error
    return openpyxl


FORMAT = Format((".xlsx",), loads, dumps)
