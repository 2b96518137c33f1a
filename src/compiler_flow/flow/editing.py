"""One unit written by a person on the review page, into the same file that Poedit edits."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

from compiler_flow import project
from compiler_flow.bilingual.edit import Clash, Edit, edit, mark
from compiler_flow.errors import ChangedOnDiskError, UsageError
from compiler_flow.files import read_bytes, stamp_of
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CONFLICT, Catalog
from compiler_flow.project import Workspace
from compiler_flow.text import clean, fold_spaces

# A file that somebody else saves between our reading and our writing is read again; people do not save faster.
_TRIES = 5


def write(
    workspace: Workspace, folder: Path, change: Edit, *, by: str, at: dt.datetime, known: Catalog | None = None
) -> Catalog | Clash:
    """Make ``change`` in the article's translators' file as it is now, and return the catalog as saved.

    Changes that others made to other units meanwhile stay; where they changed this one, nothing is written and the
    ``Clash`` is returned. ``known`` is what was read of the file before: it is not parsed again while its bytes are the
    same. ``by`` goes into ``Last-Translator`` as it does in Poedit. Raises what reading and writing
    the file raise.
    """
    from compiler_flow import bilingual

    path = project.catalog_path(folder, workspace.target_language)
    for left in reversed(range(_TRIES)):
        is_known = known is not None and known.stamp == stamp_of(read_bytes(path))
        there = known if known is not None and is_known else bilingual.load(path)
        new = edit(there, change)
        if isinstance(new, Clash) or new is there:
            return new
        headers = {"PO-Revision-Date": at.strftime("%Y-%m-%d %H:%M%z"), "X-Generator": "compiler-flow"}
        if name := person(by):
            headers["Last-Translator"] = name
        try:
            signed = dataclasses.replace(new, headers=tuple({**dict(new.headers), **headers}.items()))
            return bilingual.save(signed, path, differs=True)
        except ChangedOnDiskError:
            if not left:
                raise
    raise AssertionError


def person(name: str) -> str:
    """A name as it may stand on one line of a header, at most 80 characters."""
    return re.sub(r"[\\\"<>]", "", fold_spaces(clean(name)))[:80]


def waive(check: str, reason: str, *, by: str = "") -> tuple[str, ...]:
    """The comment lines that waive ``check`` in a unit, with the name of whoever answers for it, where it is known.

    Raises ``UsageError`` without a reason or for no check.
    """
    from compiler_flow import checks

    told = fold_spaces(clean(reason))
    if not told:
        raise UsageError(_("Say why this finding may stand."))
    name = person(by)
    return (f"免检 {checks.CHECKS[check].name}: {told}{f'（{name}）' if name else ''}",)


def unwaived(comments: tuple[str, ...], check: str) -> tuple[str, ...]:
    """``comments`` in which nothing waives ``check`` any more; what a line waives beside it stays waived."""
    from compiler_flow.checks.base import waivers

    kept: list[str] = []
    for line in comments:
        found = waivers([line])
        others = [name for name in found if name != check]
        if check not in found:
            kept.append(line)
        elif others:
            kept.append(f"免检 {'、'.join(others)}: {found[check]}")
    return tuple(kept)


def remark(comments: tuple[str, ...], text: str, *, by: str = "") -> tuple[str, ...]:
    """``comments`` with the lines of ``text`` that they do not have yet, after the name of whoever says it.

    Raises ``UsageError`` for an empty text.
    """
    lines = [line.rstrip() for line in clean(text).splitlines() if line.strip()]
    if not lines:
        raise UsageError(_("There is nothing to note down."))
    if name := person(by):
        lines[0] = f"{name}：{lines[0].lstrip()}"
    return (*comments, *(line for line in lines if line not in comments))


def settled(comments: tuple[str, ...], line: str) -> tuple[str, ...]:
    """``comments`` without ``line``, which keeps the other side's text after a merge.

    Raises ``UsageError`` for any other line, and for one that is not there any more.
    """
    if not line.lstrip().startswith(CONFLICT) or line not in comments:
        raise UsageError(_("This comment is not there any more."))
    return tuple(one for one in comments if one != line)


__all__ = ["Clash", "Edit", "mark", "person", "remark", "settled", "unwaived", "waive", "write"]
