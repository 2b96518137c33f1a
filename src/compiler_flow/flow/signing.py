"""Where an issue stands, and who answers for what."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import project, review
from compiler_flow.errors import ChangedOnDiskError, CompilerFlowError, UsageError
from compiler_flow.flow import parts
from compiler_flow.flow.checking import check, source_texts
from compiler_flow.flow.exchange import uncredited
from compiler_flow.flow.parts import Loaded
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Finding, Metadata, SignOff
from compiler_flow.project import Workspace
from compiler_flow.review import digest, reasons

ROLES = ("compiler", "reviewer")


@dataclass(frozen=True, slots=True)
class Row:
    """An article's line in the status table.

    ``status`` says where the article stands; ``signed`` names those whose sign-off stands, ``fallen`` the others;
    ``uncredited`` is who saved the translation last and is not among the article's people; ``missing`` counts the
    sentences of the article's text that have no unit, as where a file was cut off on its way. ``trouble`` says why the
    article cannot be read; then nothing else is known of it.
    """

    name: str
    metadata: Metadata
    progress: review.Progress
    signed: tuple[SignOff, ...]
    fallen: tuple[SignOff, ...]
    uncredited: str = ""
    status: review.ArticleStatus = review.ArticleStatus.UNTOUCHED
    missing: int = 0
    trouble: str = ""


def status(workspace: Workspace, issue: Path) -> tuple[Row, ...]:
    """One row for each article of ``issue``, in the order of their names."""
    return tuple(_told(name, loaded) for name, loaded in parts.load_each(workspace, issue))


def _told(name: str, loaded: Loaded | CompilerFlowError) -> Row:
    if isinstance(loaded, Loaded):
        try:
            return dataclasses.replace(row(loaded), missing=_missing(loaded))
        except CompilerFlowError as error:
            loaded = error
    return Row(name, Metadata(), review.Progress(), (), (), trouble=str(loaded))


def _missing(loaded: Loaded) -> int:
    texts = source_texts(loaded.folder, loaded.part.metadata) or ()
    there = {unit.source for unit in loaded.part.catalog.units}
    return sum(text not in there for text in texts)


def row(loaded: Loaded) -> Row:
    """The line of one article."""
    part = loaded.part
    standing = tuple(sign for sign in part.metadata.sign_offs if review.stands(sign, part.catalog))
    fallen = tuple(sign for sign in part.metadata.sign_offs if sign not in standing)
    return Row(
        part.name,
        part.metadata,
        review.progress(part.catalog),
        standing,
        fallen,
        uncredited(part.catalog, part.metadata),
        review.article_status(part.catalog, part.metadata.sign_offs),
    )


def sign(
    workspace: Workspace, folder: Path, *, by: str, role: str, at: dt.datetime, seen: str | None = None
) -> SignOff:
    """Sign the article in ``folder`` off as it stands now and note it in ``article.toml``.

    ``seen`` is ``review.digest`` of what the person looked at: another text is not signed (``ChangedOnDiskError``). A
    later sign-off of the same person in the same role replaces the earlier. Raises ``GateClosedError`` with the reasons
    while units are unfinished or errors stand.
    """
    if role not in ROLES:
        raise UsageError(_("The role must be one of: {names}.").format(names=", ".join(ROLES)))
    if not by.strip():
        raise UsageError(_("Somebody has to sign: give a name with --by."))
    loaded = parts.load(workspace, folder)
    if seen is not None and seen != review.digest(loaded.part.catalog):
        raise ChangedOnDiskError(
            _("The text changed since you looked at it; it was not signed."),
            path=loaded.file,
            hint=_("Look at it again, then sign."),
        )
    findings: tuple[Finding, ...] = check([folder]).standing
    signed = review.sign(loaded.part.catalog, findings, by=by.strip(), role=role, at=at)
    metadata = loaded.part.metadata
    others = tuple(old for old in metadata.sign_offs if (old.by, old.role) != (signed.by, signed.role))
    project.write_metadata(folder, dataclasses.replace(metadata, sign_offs=(*others, signed)), stamp=loaded.stamp)
    return signed


__all__ = ["ROLES", "Row", "digest", "reasons", "row", "sign", "status"]
