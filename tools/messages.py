"""Brings the catalogues of our own messages up to date with the source: ``make messages``.

New messages come in empty or, where an older one is near, marked fuzzy; what no source has any more is dropped.
Besides what ``_()`` and its likes hold these are found: the texts of ``Check(summary=…, explanation=…)``, the help of
``Entry(place, help)``, the noun of ``Table(noun, …)``, the templates of the review page, and click's own words in
``click_words.py``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "compiler_flow"
CATALOGUES = SOURCES / "locale"
CLICK = ROOT / "tools" / "click_words.py"

_KEYWORDS: dict[str, Any] = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
# Arguments that are shown through gettext but written as plain text: by position, by name.
_TEXTS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "Check": ((3, 4), ("summary", "explanation")),
    "Entry": ((1,), ("help",)),
    "Table": ((0,), ("noun",)),
}
_HEADER = """\
# compiler-flow's own messages in {language}.
# `make messages` brings this file up to date; translate with Poedit or a text editor."""


def template() -> Catalog:
    """All messages of the source as it stands, with the files they stand in."""
    found = Catalog()
    for file in (*sorted(SOURCES.rglob("*.py")), CLICK):
        place = file.relative_to(ROOT).as_posix()
        with file.open("rb") as source:
            for line, message, comments, context in extract(_both, source, _KEYWORDS):
                found.add(message, None, [(place, line)], auto_comments=comments, context=context)
    for file in sorted((SOURCES / "web" / "templates").glob("*.html")):
        with file.open("rb") as source:
            for line, message, _comments, context in extract(babel_extract, source, _KEYWORDS):
                found.add(message, None, [(file.relative_to(ROOT).as_posix(), line)], context=context)
    return found


def refresh(file: Path, messages: Catalog) -> bool:
    """Bring the catalogue ``file`` up to date with ``messages``; whether anything in it changed."""
    before = file.read_bytes()
    catalogue = read_po(BytesIO(before), locale=file.parent.parent.name, domain=file.stem)
    # Headers that would change with every run or say nothing.
    messages.creation_date = catalogue.creation_date
    catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "compiler-flow", "messages", ""
    catalogue.update(messages, keep_user_comments=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = _HEADER.format(language=file.parent.parent.name)
    after = BytesIO()
    write_po(after, catalogue, width=100, include_lineno=False)
    # Which Babel wrote it is nobody's business, and would change with every release of it.
    lines = after.getvalue().rstrip().split(b"\n")
    file.write_bytes(b"\n".join(line for line in lines if not line.startswith(b'"Generated-By:')) + b"\n")
    return file.read_bytes() != before


def _both(source: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    yield from extract_python(source, keywords, comment_tags, options)
    source.seek(0)
    for call in ast.walk(ast.parse(source.read())):
        if isinstance(call, ast.Call) and (texts := _TEXTS.get(_name(call.func))):
            places, names = texts
            given = [argument for place, argument in enumerate(call.args) if place in places]
            given += [keyword.value for keyword in call.keywords if keyword.arg in names]
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.lineno, "_", value.value, []


def _name(function: ast.expr) -> str:
    """``Table`` for both ``Table(…)`` and ``Table[Check](…)``."""
    inner = function.value if isinstance(function, ast.Subscript) else function
    return inner.id if isinstance(inner, ast.Name) else ""


def main() -> None:
    """Refresh every catalogue and say how much of it is still to do."""
    messages = template()
    for file in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")):
        changed = refresh(file, messages)
        entries = [entry for entry in read_po(BytesIO(file.read_bytes())) if entry.id]
        todo = sum(entry.fuzzy or not _is_full(entry.string) for entry in entries)
        state = "updated" if changed else "as before"
        sys.stdout.write(f"{file.relative_to(ROOT)}: {state}; {len(entries)} messages, {todo} to translate\n")


def _is_full(string: str | Sequence[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)


if __name__ == "__main__":
    main()
