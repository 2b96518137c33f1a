"""Bulletin → a PDF by typst, with fonts that come along: it looks the same on every machine.

The number reaches typst as data, never as its markup. Fonts print a box for a character they lack and say nothing, so
coverage is looked up before: a lacking character is printed as 〓, the printers' sign for one, and reported by name.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from compiler_flow import inline
from compiler_flow.errors import FileError, FormatError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, State
from compiler_flow.render import fonts, themes
from compiler_flow.render.base import (
    DRAFT_LABEL,
    DRAFT_TITLE,
    GAP_LABEL,
    IN_CONTENTS,
    NOTHING_MISSING,
    Listing,
    Renderer,
    all_spans,
    is_draft,
    is_gap,
    is_web_address,
    language_tag,
    listings,
    runs,
    spans_of,
)
from compiler_flow.text import base_language, printable

LACKING = "〓"
_TEMPLATE = "bulletin.typ"
# The faces inside typst (Libertinus Serif, New Computer Modern) that the theme uses for other scripts than Chinese:
# Latin with all its extensions, Greek, Cyrillic with the letters of Central Asia, Armenian, Georgian.
BUILT_IN = frozenset(
    code
    for first, last in (
        (0x20, 0x7E),
        (0xA0, 0x24F),
        (0x259, 0x259),
        (0x388, 0x38A),
        (0x391, 0x3A1),
        (0x3A3, 0x3CE),
        (0x400, 0x4FF),
        (0x531, 0x556),
        (0x561, 0x587),
        (0x10D0, 0x10F6),
        (0x1E00, 0x1EFF),
    )
    for code in range(first, last + 1)
)
_FONT_SUFFIXES = frozenset({".otf", ".ttf", ".ttc"})
_FEW = 3
# Invisible and meaningless in print: typst must not look for their glyphs.
_NEVER_PRINTED = ("Cf", "Mn")


def _render(bulletin: Bulletin, theme: str) -> bytes:
    with as_file(files(themes).joinpath(_TEMPLATE)) as own:
        template = _template(theme, own)
        faces = _fonts(theme)
        data = json.dumps(_data(bulletin, _coverage(faces)), ensure_ascii=False)
        return _compiled(template, faces, data)


def _unfit(bulletin: Bulletin, theme: str) -> tuple[str, ...]:
    have = _coverage(_fonts(theme))
    lacking = Counter(char for char in _shown(bulletin) if not _is_printed(char, have))
    by_script: dict[str, list[str]] = {}
    for char in sorted(lacking):
        by_script.setdefault(unicodedata.name(char, "").partition(" ")[0], []).append(char)
    return tuple(line for script, chars in by_script.items() for line in _told(script, chars, lacking))


def _told(script: str, chars: list[str], lacking: Counter[str]) -> Iterator[str]:
    """A line a character, or one for a script that lacks as a whole."""
    if script and len(chars) > _FEW:
        yield _("The fonts lack {count} characters of {script}: {chars}").format(
            count=len(chars), script=script, chars=" ".join(chars)
        )
        return
    for char in chars:
        name = unicodedata.name(char, _("without a name"))
        yield _("The fonts lack {char} ({name}), {count} times.").format(
            char=f"U+{ord(char):04X} {char}", name=name, count=lacking[char]
        )


PDF = Renderer("pdf", ".pdf", "pages for print, with cover and contents", _render, _unfit)


# --------------------------------------------------------------------------------------- fonts and typst


def _fonts(theme: str) -> tuple[Path, ...]:
    """The two faces that come along, and those that lie beside a theme of one's own."""
    try:
        import pylopdf_fonts_zh_cn as own
    except ImportError as error:
        raise _not_installed() from error
    house = Path(theme) if Path(theme).is_dir() else Path(theme).parent
    beside = house.iterdir() if theme and house.is_dir() else ()
    return (
        Path(own.serif_path()),
        Path(own.sans_path()),
        *sorted(path for path in beside if path.suffix.lower() in _FONT_SUFFIXES),
    )


def _template(theme: str, own: Path) -> Path:
    """A theme is a ``.typ`` file, or a folder with fonts and perhaps a ``bulletin.typ``."""
    if not theme:
        return own
    if Path(theme).is_dir():
        return Path(theme) / _TEMPLATE if (Path(theme) / _TEMPLATE).is_file() else own
    return Path(theme)


def _not_installed() -> UsageError:
    return UsageError(
        _("PDF needs typst and its fonts, which are not installed."),
        hint=_("Install them with: pip install 'compiler-flow[pdf]'"),
    )


def _coverage(faces: Iterable[Path]) -> frozenset[int]:
    have = [fonts.covered(path) for path in faces]
    return BUILT_IN.union(*have)


def _is_printed(char: str, have: frozenset[int]) -> bool:
    return ord(char) in have or char.isspace() or unicodedata.category(char) in _NEVER_PRINTED


def _compiled(template: Path, faces: tuple[Path, ...], data: str) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise _not_installed() from error
    if not template.is_file():
        raise FileError(_("There is no such theme."), path=template, hint=_("Name a .typ file."))
    try:
        made = typst.compile(
            template,
            root=template.parent,
            format="pdf",
            font_paths=sorted({path.parent for path in faces}),
            ignore_system_fonts=True,
            sys_inputs={"bulletin": data},
            # The number's date is in the data; the clock must not be in the file.
            timestamp=0,
        )
    except typst.TypstError as error:
        raise FormatError(_("typst refuses the theme: {why}.").format(why=error.message), path=template) from error
    if not isinstance(made, bytes):
        raise FormatError(_("typst made no PDF of the theme."), path=template)
    return made


# -------------------------------------------------------------------------------------------- the data


def _data(bulletin: Bulletin, have: frozenset[int]) -> dict[str, Any]:
    issue = bulletin.issue
    mastheads = [block for block in bulletin.blocks if block.role == BulletinRole.MASTHEAD]
    rest = [block for block in bulletin.blocks if block.role != BulletinRole.MASTHEAD]
    missing = bulletin.missing or (NOTHING_MISSING,)
    writer = _Writer(have)
    return {
        "title": writer.text(issue.title or issue.name),
        "number": writer.text(f"第{issue.number}期" if issue.number else ""),
        "date": [issue.date.year, issue.date.month, issue.date.day] if issue.date else None,
        "language": base_language(language_tag(issue.language, "zh-CN")),
        "editors": [writer.text(name) for name in issue.editors],
        "draft": bulletin.draft,
        "notice": [DRAFT_TITLE, *map(writer.text, missing)] if bulletin.draft else [],
        "masthead": list(writer.blocks(mastheads)),
        "blocks": list(writer.blocks(rest)),
    }


class _Writer:
    def __init__(self, have: frozenset[int]) -> None:
        self._have = have

    def text(self, content: str) -> str:
        """``content`` without what cannot be printed."""
        shown = (char for char in printable(content) if unicodedata.category(char) != "Cf")
        return "".join(char if _is_printed(char, self._have) else LACKING for char in shown)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
        for kind, members in runs(blocks):
            block = members[0]
            if kind is BlockKind.GROUP:
                listed = block.role in IN_CONTENTS
                yield {
                    "kind": "group",
                    "role": str(block.role),
                    "listed": listed,
                    "blocks": [*self.blocks(block.children)],
                }
            elif kind is BlockKind.QUOTE:
                yield {"kind": "quote", "paragraphs": [[*self._spans(one)] for one in members]}
            elif kind is BlockKind.ITEM:
                yield from (self._list(listing) for listing in listings(members))
            else:
                role = str(block.role) or "paragraph"
                yield {"kind": str(kind), "role": role, "level": block.level, "spans": [*self._spans(block)]}

    def _list(self, listing: Listing) -> dict[str, Any]:
        entries = [
            {"spans": [*self._spans(entry.block)], "lists": [self._list(inner) for inner in entry.lists]}
            for entry in listing.entries
        ]
        return {"kind": "list", "ordered": listing.ordered, "start": listing.start, "entries": entries}

    def _spans(self, block: Block) -> Iterator[dict[str, Any]]:
        """Runs of one style; a run of drafts, or of gaps, says what it is once, at its start."""
        before: State | None = None
        for span in spans_of(block):
            kind = "gap" if is_gap(span) else "draft" if is_draft(span) else ""
            if kind and before is not span.state:
                yield {"text": GAP_LABEL if kind == "gap" else DRAFT_LABEL, "style": "label"}
            for run in _runs(span):
                shown: dict[str, Any] = {"text": self.text(run.text), "style": kind}
                if run.strong or span.role == BulletinRole.LABEL:
                    shown["strong"] = True
                if run.emphasis:
                    shown["emphasis"] = True
                if run.code:
                    shown["code"] = True
                if is_web_address(run.href):
                    shown["href"] = run.href
                if language_tag(span.language) and (kind == "gap" or span.role == BulletinRole.ORIGINAL):
                    shown["language"] = base_language(span.language)
                yield shown
            before = before if span.text == " " else span.state


def _runs(span: Block) -> tuple[inline.Span, ...]:
    if is_gap(span):
        return (inline.Span(inline.plain(span.source)),)
    if span.role == BulletinRole.ADDRESS:
        return (inline.Span(span.text, href=span.text),)
    return inline.spans(span.text)


def _shown(bulletin: Bulletin) -> Iterator[str]:
    """Every character that the pages are to show."""
    issue = bulletin.issue
    yield from printable("".join((issue.title, issue.name, issue.number, *issue.editors, *bulletin.missing)))

    for span in all_spans(bulletin.blocks):
        yield from printable("".join(run.text for run in _runs(span)))
