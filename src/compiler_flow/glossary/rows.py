"""Rows ⇄ entries: what the table formats (CSV, Excel) have in common.

The columns are ``source,target,kind,lang,aliases,accept,reject,first,note`` in any order, by these names or in Chinese;
only the first two must be there. Several values in one cell stand between ``|``. Kinds and languages are read in
Chinese as well (人名, 俄语).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from pathlib import Path

from compiler_flow import cldr
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term, TermKind

COLUMNS = ("source", "target", "kind", "lang", "aliases", "accept", "reject", "first", "note")
SEPARATOR = "|"
# The first is what a message calls the column.
_CHINESE = {
    "source": ("原文", "原名", "外文", "外文名"),
    "target": ("译名", "译文", "中文", "中文名", "中文译名"),
    "kind": ("类别", "类型", "种类"),
    "lang": ("语言", "语种"),
    "aliases": ("别名", "其他原文"),
    "accept": ("可用", "可用译名", "亦可"),
    "reject": ("不用", "不可用", "禁用"),
    "first": ("首次", "首次出现", "首次提及"),
    "note": ("备注", "注释", "说明"),
}
_BY_HEADING = {spelling: name for name, spellings in _CHINESE.items() for spelling in spellings}
_HEADINGS = ", ".join(f"{name} ({_CHINESE[name][0]})" for name in COLUMNS)
# As they are nearly always written.
_KINDS = {
    "": TermKind.OTHER,
    **{kind.value: kind for kind in TermKind},
    **dict.fromkeys(("人名", "人物"), TermKind.PERSON),
    **dict.fromkeys(("地名", "地点"), TermKind.PLACE),
    **dict.fromkeys(("机构", "机构名", "组织"), TermKind.ORGANIZATION),
    **dict.fromkeys(("事件", "活动"), TermKind.EVENT),
    **dict.fromkeys(("其他", "其它", "术语"), TermKind.OTHER),
}
_REQUIRED = COLUMNS[:2]
# Without regions and scripts: 英语 is en.
_TAG = 3


def terms_of(rows: Iterable[tuple[int, Sequence[str]]], path: Path) -> tuple[Term, ...]:
    """The entries of a table; ``rows`` are (line, cells), the first of them the head. Blank rows are passed over.

    Raises ``FormatError`` for a missing or doubled column and an unknown kind. Text stands as typed: stray spaces
    are ``lint``'s to report.
    """
    table = iter(rows)
    line, head = next(table, (1, ()))
    names = columns_of(head)
    _check_head(names, path, line)
    # A column that is not there is empty: it is taken from behind the row.
    pick = operator.itemgetter(*(names.index(name) if name in names else -1 for name in COLUMNS))
    terms = []
    file, width = str(path), len(names) + 1
    for line, cells in table:
        if "".join(cells).strip():
            terms.append(_term(pick((*cells[: width - 1], *[""] * (width - len(cells)), "")), path, file, line))
    return tuple(terms)


def columns_of(head: Iterable[str]) -> list[str]:
    """What a head row calls its columns, by the names of ``COLUMNS`` where it is one of them."""
    written = (cell.strip().lower() for cell in head)
    return [_BY_HEADING.get(name, name) for name in written]


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
            hint=_("The first row must name the columns: {columns}.").format(columns=_HEADINGS),
        )
    double = [name for name in COLUMNS if names.count(name) > 1]
    if double:
        raise FormatError(
            _("The column “{names}” stands there twice.").format(names=", ".join(double)), path=path, line=line
        )


def _term(row: Sequence[str], path: Path, file: str, line: int) -> Term:
    """The entry in the cells ``row``, which stand in the order of ``COLUMNS``."""
    source, target, kind, lang, aliases, accept, reject, first, note = row
    return Term(
        source,
        target,
        _KINDS[kind] if kind in _KINDS else _kind(kind, path, line),
        _language(lang.strip()) if lang else "",
        _values(aliases) if aliases else (),
        _values(accept) if accept else (),
        _values(reject) if reject else (),
        first.strip(),
        note.strip(),
        False,
        file,
        line,
    )


def _kind(text: str, path: Path, line: int) -> TermKind:
    try:
        return _KINDS[text.strip().lower()]
    except KeyError:
        raise FormatError(
            _("There is no kind “{kind}”.").format(kind=text.strip()),
            path=path,
            line=line,
            hint=_("Known: {names}.").format(names=", ".join(TermKind)),
        ) from None


def _language(written: str) -> str:
    """The tag of a language that is named in Chinese; anything else as it stands, for ``lint`` to judge."""
    if written.isascii():
        return written
    return _languages().get(f"{written[:-1]}语" if written.endswith("文") else written, written)


@functools.cache
def _languages() -> dict[str, str]:
    known = cldr.names("zh")
    named = {name: tag for tag, name in known.languages.items() if len(tag) <= _TAG} if known else {}
    return {**named, "朝鲜语": "ko"}


def _values(cell: str) -> tuple[str, ...]:
    # A full-width bar comes out of Chinese keyboards.
    parts = (part.strip() for part in cell.replace("｜", SEPARATOR).split(SEPARATOR))
    return tuple(dict.fromkeys(part for part in parts if part))
