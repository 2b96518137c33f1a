"""Files that go out to translators and come back.

What is handed out is kept beside the article, under a digest that travels in the file's ``X-Sent`` header. When the
file comes back, that copy tells who changed a unit: only they, only we, or both.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import FileError, UsageError
from compiler_flow.files import write_bytes
from compiler_flow.flow import parts, segmenting, terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, Metadata
from compiler_flow.project import Workspace
from compiler_flow.text import digest

if TYPE_CHECKING:
    from compiler_flow.bilingual import MergeResult

KINDS: Mapping[str, str] = {"po": ".po", "xliff": ".xlf", "xliff12": ".xlf", "omegat": ".omegat", "tmx": ".tmx"}
SENT = "X-Sent"
_COMPILER, _REVIEWER = "X-Compiler", "X-Reviewer"


def with_credits(catalog: Catalog, metadata: Metadata) -> Catalog:
    """``catalog`` with the people of ``article.toml`` in its ``X-Compiler`` and ``X-Reviewer`` headers."""
    names = {_COMPILER: "、".join(metadata.compilers), _REVIEWER: "、".join(metadata.reviewers)}
    return _with_headers(catalog, names)


def _with_headers(catalog: Catalog, wanted: Mapping[str, str]) -> Catalog:
    merged = {**dict(catalog.headers), **wanted}
    return dataclasses.replace(catalog, headers=tuple((key, value) for key, value in merged.items() if value))


def uncredited(catalog: Catalog, metadata: Metadata) -> str:
    """Who saved the file last (Poedit's ``Last-Translator``) and is not among the article's people, or an empty text.

    It is a suggestion for the credits; ``article.toml`` decides.
    """
    name = dict(catalog.headers).get("Last-Translator", "").partition("<")[0].strip()
    known = {*metadata.compilers, *metadata.reviewers}
    # Placeholders of gettext and of our own writer name nobody.
    return "" if not name or name in known or name in {"FULL NAME", "compiler-flow"} else name


def export(workspace: Workspace, folder: Path, kind: str, output: Path | None = None) -> Path:
    """Write the article's units as ``kind`` (one of ``KINDS``) and return the path.

    ``output`` is a file, or a folder for an OmegaT project; by default the article's name in the current folder. A
    file of that name is never written over: it may hold a translator's work. Raises ``FileError``.
    """
    if kind not in KINDS:
        raise UsageError(_("There is no kind {kind} to export to.").format(kind=kind), hint=", ".join(KINDS))
    loaded = parts.load(workspace, folder)
    path = output or Path(f"{loaded.part.name}{KINDS[kind]}")
    if path.exists():
        raise FileError(
            _("This exists already and may hold somebody's work."), path=path, hint=_("Name another with --output.")
        )
    catalog = with_credits(loaded.part.catalog, loaded.part.metadata)
    if kind != "tmx":
        catalog = _sent(folder, catalog)
    _write(workspace, catalog, kind, path)
    return path


def _write(workspace: Workspace, catalog: Catalog, kind: str, path: Path) -> None:
    from compiler_flow import bilingual
    from compiler_flow.bilingual import omegat

    if kind == "omegat":
        terms = terminology.load(workspace).matcher(catalog.source_language).terms
        rules = segmenting.omegat_rules(catalog.source_language)
        _make_folder(path, {**omegat.project(catalog, terms), **rules})
    elif kind == "tmx":
        write_bytes(path, omegat.tmx(catalog), stamp="")
    else:
        write_bytes(path, bilingual.FORMATS[kind].serialize(catalog), stamp="")


def _make_folder(path: Path, contents: Mapping[str, bytes]) -> None:
    staging = path.with_name(f".{path.name}.exporting")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        for name, data in contents.items():
            if name.endswith("/"):
                (staging / name).mkdir(parents=True, exist_ok=True)
            else:
                write_bytes(staging / name, data, stamp="")
        staging.rename(path)
    except OSError as error:
        raise FileError(_("The file cannot be written: {reason}.").format(reason=error.strerror), path=path) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _sent(folder: Path, catalog: Catalog) -> Catalog:
    """``catalog`` marked as handed out, and a copy of it kept under the mark."""
    from compiler_flow.bilingual import po

    data = po.serialize(catalog)
    mark = digest(data.decode(), length=12)
    copy = project.sent_path(folder, mark)
    if not copy.exists():
        write_bytes(copy, data, stamp="")
    return _with_headers(catalog, {SENT: mark})


def _returned(path: Path) -> Path:
    """``path``, or what OmegaT made where it is the folder of a project."""
    if not path.is_dir():
        return path
    if not (path / "omegat.project").is_file():
        raise UsageError(_("This is a folder."), path=path, hint=_("Name the returned files in it."))
    made = sorted(file for file in (path / "target").rglob("*.po") if file.is_file())
    if not made:
        raise FileError(
            _("OmegaT has not made the translated file yet."),
            path=path / "target",
            hint=_("Choose “Create Translated Documents” in its menu “Project”, then merge again."),
        )
    if len(made) > 1:
        raise UsageError(
            _("The project has several translated files."),
            path=path / "target",
            hint=_("Say which: {names}.").format(names=", ".join(map(str, made))),
        )
    return made[0]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a returned file brought into the article in ``folder``. ``result`` is the merge with its report."""

    file: Path
    folder: Path
    result: MergeResult
    suggestion: str = ""


def merge(workspace: Workspace, file: Path, *, article: str = "", dry_run: bool = False) -> Merged:
    """Take what ``file`` has more into its article and save that.

    Of an OmegaT project's folder it is the file in ``target/``. The article is the one that the file names, or
    ``article``. Raises ``FileError``, ``FormatError`` (another article, another language pair) or ``UsageError``; then
    nothing is changed.
    """
    from compiler_flow import bilingual

    file = _returned(file)
    theirs = bilingual.load(file)
    found = project.find_articles(workspace, article or theirs.article)
    if len(found) != 1:
        raise UsageError(_("A returned file goes with one article: name it with --article."), path=file)
    loaded = parts.load(workspace, found[0])
    mark = dict(theirs.headers).get(SENT, "")
    copy = project.sent_path(found[0], mark) if mark.isalnum() else None
    base = bilingual.load(copy) if copy and copy.exists() else None
    result = bilingual.merge(loaded.part.catalog, theirs, base=base)
    if not dry_run:
        bilingual.save(with_credits(result.catalog, loaded.part.metadata), loaded.file)
    return Merged(file, found[0], result, uncredited(theirs, loaded.part.metadata))
