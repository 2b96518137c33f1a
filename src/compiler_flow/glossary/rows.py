"""Rows ⇄ entries: what the table formats (CSV, Excel) have in common.

The columns are ``source,target,kind,lang,aliases,accept,reject,first,note`` in any order; only the first two must be
there. Several values in one cell stand between ``|``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term, TermKind

COLUMNS = ("source", "target", "kind", "lang", "aliases", "accept", "reject", "first", "note")
SEPARATOR = "|"
# As they are nearly always written.
_KINDS = {"": TermKind.OTHER, **{kind.value: kind for kind in TermKind}}
_REQUIRED = COLUMNS[:2]


def terms_of(rows: Iterable[tuple[int, Sequence[str]]], path: Path) -> tuple[Term, ...]:
    """The entries of a table; ``rows`` are (line, cells), the first of them the head. Blank rows are passed over.

    Raises ``FormatError`` for a missing or doubled column and an unknown kind. Text stands as typed: stray spaces
    are ``lint``'s to report.
    """
    table = iter(rows)
    line, head = next(table, (1, ()))
    names = [cell.strip().lower() for cell in head]
    _check_head(names, path, line)
    places = {name: names.index(name) for name in COLUMNS if name in names}
    terms = []
    file, width = str(path), len(names)
    for line, cells in table:
        if any(map(str.strip, cells)):
            whole = cells if len(cells) >= width else (*cells, *[""] * (width - len(cells)))
            terms.append(_term({name: whole[place] for name, place in places.items()}, path, file, line))
    return tuple(terms)


def row_of(term: Term) -> tuple[str, ...]:
    """An entry's cells in the order of ``COLUMNS``."""
    return (
        term.source,
        term.target,
        term.kind.value,
        term.lang,
        SEPARATOR.join(term.aliases),
        SEPARATOR.join(term.accept),
        SEPARATOR.join(term.reject),
        term.first,
        term.note,
    )


def _check_head(names: Sequence[str], path: Path, line: int) -> None:
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise FormatError(
            _("The glossary has no column “{names}”.").format(names=", ".join(missing)),
            path=path,
            line=line,
            hint=_("The first row must name the columns: {columns}.").format(columns=",".join(COLUMNS)),
        )
    double = [name for name in COLUMNS if names.count(name) > 1]
    if double:
        raise FormatError(
            _("The column “{names}” stands there twice.").format(names=", ".join(double)), path=path, line=line
        )


def _term(row: dict[str, str], path: Path, file: str, line: int) -> Term:
    return Term(
        source=row["source"],
        target=row["target"],
        kind=_kind(row.get("kind", ""), path, line),
        lang=row.get("lang", "").strip(),
        aliases=_values(row.get("aliases", "")),
        accept=_values(row.get("accept", "")),
        reject=_values(row.get("reject", "")),
        first=row.get("first", "").strip(),
        note=row.get("note", "").strip(),
        path=file,
        line=line,
    )


def _kind(text: str, path: Path, line: int) -> TermKind:
    known = _KINDS.get(text)
    if known is not None:
        return known
    name = text.strip().lower()
    try:
        return TermKind(name) if name else TermKind.OTHER
    except ValueError:
        raise FormatError(
            _("There is no kind “{kind}”.").format(kind=text.strip()),
            path=path,
            line=line,
            hint=_("Known: {names}.").format(names=", ".join(TermKind)),
        ) from None


def _values(cell: str) -> tuple[str, ...]:
    # A full-width bar comes out of Chinese keyboards.
    if not cell:
        return ()
    parts = (part.strip() for part in cell.replace("｜", SEPARATOR).split(SEPARATOR))
    return tuple(dict.fromkeys(part for part in parts if part))
