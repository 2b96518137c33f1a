"""Tables as text, as spreadsheets write them: ``,``, ``;``, tab or ``，`` between the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _

_DELIMITERS = ",;\t，"


def delimiter(text: str) -> str:
    """The mark between the cells of ``text``: the one that it declares, or that its head row has most of."""
    return _declared(text) or max(_DELIMITERS, key=text.lstrip("\n").partition("\n")[0].count)


def _declared(text: str) -> str:
    """The mark that Excel's own first line declares (``sep=;``), or nothing."""
    first = text.partition("\n")[0]
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") and first[4] in _DELIMITERS else ""


def rows(text: str, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of ``text``, which stands in ``path``, each with the line it begins in.

    Raises ``FormatError`` with the line for broken quotes.
    """
    reader = csv.reader(io.StringIO(text), strict=True, delimiter=delimiter(text))
    line = 1
    first = 2 if _declared(text) else 1
    try:
        for row in reader:
            if line >= first:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(
            _("The table is broken: {reason}.").format(reason=error),
            path=path,
            line=line,
            hint=_("A cell with a quotation mark must be quoted, and the mark doubled."),
        ) from error
