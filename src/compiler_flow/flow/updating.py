"""An article's source changed: its units follow, and nothing a person wrote is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compiler_flow import project
from compiler_flow.errors import FileError
from compiler_flow.files import read_bytes, read_text, write_bytes, write_text
from compiler_flow.flow import naming, terminology
from compiler_flow.flow.exchange import with_credits
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Article, Catalog, OriginKind, Unit
from compiler_flow.project import Workspace


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of an article's units. ``changed`` pairs a unit with the source text it had before.

    ``is_recut`` says that the text is what it was and only the rules that cut it are others.
    """

    folder: Path
    catalog: Catalog
    kept: int
    new: tuple[Unit, ...]
    changed: tuple[Unit, ...]
    gone: tuple[Unit, ...]
    is_recut: bool = False

    @property
    def is_same(self) -> bool:
        """Whether no unit came, changed or went."""
        return not (self.new or self.changed or self.gone)


def update(workspace: Workspace, folder: Path, source: Path | None = None, *, dry_run: bool = False) -> Updated:
    """Bring the units of the article in ``folder`` level with its ``source.md``, or with the new file ``source``.

    A new file is kept beside the original and its text becomes ``source.md``. Missing units are made. With
    ``dry_run`` nothing is written. Raises ``FileError`` or ``FormatError``.
    """
    from compiler_flow import bilingual, ingest, prefill, segment

    metadata, _stamp = project.read_metadata(folder)
    path = project.source_path(folder)
    if source is None and not path.exists():
        raise FileError(
            _("The article has no source.md."),
            path=path,
            hint=_("Make it from the original: compiler-flow update {name} {original}").format(
                name=folder.name, original=project.original_of(folder) or _("NEW_SOURCE")
            ),
        )
    text, stamp = read_text(path) if path.exists() else ("", "")
    if source is not None:
        text = ingest.to_markdown(ingest.read(source).blocks)
    article = Article(folder.resolve().name, metadata, ingest.from_markdown(text))
    file = project.catalog_path(folder, workspace.target_language)
    old = bilingual.load(file) if file.exists() else None
    new = bilingual.update(old, article, segment.split(article), workspace.target_language)
    known = terminology.load(workspace)
    new = prefill.annotate(with_credits(new, metadata), known.matcher(new.source_language))
    new = naming.of_workspace(workspace, known).annotate(new, metadata)
    if not dry_run:
        new = bilingual.save(new, file)
        if source is not None:
            _keep_original(folder, source)
            write_text(path, text, stamp=stamp)
    return _compared(folder, old, new)


def _keep_original(folder: Path, source: Path) -> None:
    data = read_bytes(source)
    if any(file.read_bytes() == data for file in folder.glob("original*")):
        return
    number = 2
    while any(folder.glob(f"original-{number}.*")):
        number += 1
    write_bytes(folder / f"original-{number}{source.suffix.lower()}", data, stamp="")


def _compared(folder: Path, old: Catalog | None, new: Catalog) -> Updated:
    before = {unit.id: unit for unit in old.units} if old else {}
    after = {unit.id for unit in new.units}
    changed = tuple(
        unit
        for unit in new.units
        if unit.id not in before and unit.origin is not None and unit.origin.kind is OriginKind.CHANGED
    )
    fresh = tuple(unit for unit in new.units if unit.id not in before and unit not in changed)
    replaced = {unit.previous for unit in changed}
    gone = tuple(
        unit
        for unit in before.values()
        if unit.id not in after and not any(unit.source in previous for previous in replaced)
    )
    is_recut = bool(changed) and old is not None and _text(old) == _text(new)
    return Updated(folder, new, len(new.units) - len(fresh) - len(changed), fresh, changed, gone, is_recut)


def _text(catalog: Catalog) -> str:
    return "".join("".join(unit.source.split()) for unit in catalog.units)
