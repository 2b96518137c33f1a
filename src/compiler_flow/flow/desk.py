"""A number on the reviewer's desk: its articles with their findings, kept level with the files on disk.

What was read is kept as long as the file behind it stays the same, and an edit is checked again only where it may
matter: that is what makes an answer quick. The truth stays on disk; a desk may be thrown away at any moment.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from compiler_flow import heap, i18n, project, review
from compiler_flow.bilingual.edit import Clash, Edit
from compiler_flow.errors import CompilerFlowError, UsageError
from compiler_flow.files import read_bytes, stamp_of
from compiler_flow.flow import checking, editing, manifest, parts, signing, terminology, watching
from compiler_flow.flow.parts import Loaded
from compiler_flow.flow.terminology import Terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Finding, Issue, Part, SignOff, TermHit
from compiler_flow.project import Workspace
from compiler_flow.text import digest

# Terms are searched again and again in the same texts: an article's worth of answers is kept.
_REMEMBERED = 1 << 15


@dataclass(slots=True)
class _Shelf:
    """An article as it was read last; findings by the language that they are told in."""

    seen: watching.State
    loaded: Loaded
    context: CheckContext
    findings: dict[str, tuple[Catalog, tuple[Finding, ...]]] = field(default_factory=dict)
    # Checking a long article takes a while: whoever only reads another must not wait for it.
    checking: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article to be reviewed. ``context`` is what its checks know."""

    name: str
    loaded: Loaded
    context: CheckContext

    @property
    def catalog(self) -> Catalog:
        """Its units."""
        return self.loaded.part.catalog


class Desk:
    """The issue in ``folder``. Its methods may be called from several threads."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.root = workspace.root
        self.folder = folder.resolve()
        self._lock = threading.RLock()
        self._shelves: dict[str, _Shelf] = {}
        self._house: watching.State = {}
        self._workspace = workspace
        self._terms = terminology.load(workspace)
        self._house = self._house_state()

    # ------------------------------------------------------------------------------------------ reading

    @property
    def workspace(self) -> Workspace:
        """The workspace with its settings as they are now. Raises ``FormatError`` for settings that cannot be read."""
        self._level()
        return self._workspace

    @property
    def terms(self) -> Terminology:
        """The house's terms as they are now. Raises what reading a glossary raises."""
        with self._lock:
            self._level()
            return self._terms

    def issue(self) -> Issue:
        """What ``issue.toml`` says."""
        return project.read_issue(self.folder)

    def names(self) -> tuple[str, ...]:
        """The names of the articles."""
        return tuple(folder.name for folder in project.articles(self.folder))

    def article_folder(self, name: str) -> Path:
        """The folder of the article ``name``. Raises ``UsageError`` where the issue has none of that name.

        The name is looked up among those that there are: nothing that a browser sends becomes a path.
        """
        for folder in project.articles(self.folder):
            if folder.name == name:
                return folder
        raise UsageError(_("The issue has no article called {name}.").format(name=name))

    def sheet(self, name: str) -> Sheet:
        """The article ``name`` as it is on disk. Raises what reading it raises."""
        with self._lock:
            shelf = self._shelf(name)
            return Sheet(name, shelf.loaded, shelf.context)

    def sheets(self) -> Iterator[tuple[str, Sheet | CompilerFlowError]]:
        """Every article, or why it cannot be read."""
        with self._lock:
            every = self._all()
        for name, one in every:
            yield name, one if isinstance(one, CompilerFlowError) else Sheet(name, one.loaded, one.context)

    def known_findings(self, name: str) -> tuple[Finding, ...] | None:
        """The findings of the article as it is, or ``None`` where it has to be checked first."""
        with self._lock:
            shelf = self._shelf(name)
            found = shelf.findings.get(i18n.language())
            return found[1] if found and found[0] is shelf.loaded.part.catalog else None

    def findings(self, name: str) -> tuple[Finding, ...]:
        """The findings of the article as it is now, in the language that is spoken, with the waived ones."""
        with self._lock:
            shelf = self._shelf(name)
        return self._checked(shelf)

    def issue_findings(self) -> tuple[Finding, ...]:
        """What only the number as a whole shows."""
        with self._lock:
            every = self._all()
        return self._of_issue([one.loaded.part for _name, one in every if isinstance(one, _Shelf)])

    def obstacles(self) -> tuple[str, ...]:
        """What keeps the final build shut: a line each."""
        with self._lock:
            every = self._all()
        unreadable = [str(one) for _name, one in every if isinstance(one, CompilerFlowError)]
        shelves = [one for _name, one in every if isinstance(one, _Shelf)]
        loaded = [shelf.loaded.part for shelf in shelves]
        findings = [found for shelf in shelves for found in self._checked(shelf)] + [*self._of_issue(loaded)]
        standing = [found for found in findings if not found.waived]
        unreadable += map(str, parts.strays(self._workspace, self.folder))
        return (*unreadable, *review.obstacles(self.issue(), loaded, standing))

    def state(self) -> watching.State:
        """The files that the number is made from, as they are: what is different next time has changed."""
        return watching.state(manifest.inputs(self._workspace, self.folder))

    def version(self) -> str:
        """A mark of ``state``: another mark says that something changed."""
        return version_of(self.state())

    # ------------------------------------------------------------------------------------------ writing

    def edit(self, name: str, change: Edit, *, by: str, at: dt.datetime) -> Clash | None:
        """Write a change of one unit, see ``flow.editing.write``; ``None`` says that it is on disk."""
        with self._lock:
            shelf = self._shelf(name)
            known = shelf.loaded.part.catalog
            saved = editing.write(self._workspace, shelf.loaded.folder, change, by=by, at=at, known=known)
            if isinstance(saved, Clash):
                return saved
            self._put_back(name, shelf, saved)
            return None

    def seen(self, name: str) -> watching.State:
        """The article's files as they were when they were read or written here last, whatever they are by now."""
        with self._lock:
            shelf = self._shelves.get(name)
            return dict(shelf.seen) if shelf else {}

    def sign(self, name: str, *, by: str, role: str, at: dt.datetime, seen: str | None = None) -> SignOff:
        """Sign the article off, see ``flow.signing.sign``."""
        with self._lock:
            return signing.sign(self.workspace, self.article_folder(name), by=by, role=role, at=at, seen=seen)

    # --------------------------------------------------------------------------------------------- shelf

    def _level(self) -> None:
        """Where settings, glossary or rules changed, everything is read and checked again."""
        now = self._house_state()
        if now != self._house:
            self._workspace = project.open_workspace(self.root)
            self._terms = terminology.load(self._workspace)
            self._shelves.clear()
            self._house = self._house_state()

    def _house_state(self) -> watching.State:
        return watching.state(manifest.house(self._workspace))

    def _all(self) -> list[tuple[str, _Shelf | CompilerFlowError]]:
        """Every article by its name, or why it cannot be read."""
        self._level()
        found: list[tuple[str, _Shelf | CompilerFlowError]] = []
        for folder in project.articles(self.folder):
            try:
                found.append((folder.name, self._taken(folder)))
            except CompilerFlowError as error:
                found.append((folder.name, error))
        return found

    def _shelf(self, name: str) -> _Shelf:
        self._level()
        return self._taken(self.article_folder(name))

    def _taken(self, folder: Path) -> _Shelf:
        name = folder.name
        files = (
            project.catalog_path(folder, self._workspace.target_language),
            folder / project.ARTICLE_FILE,
            project.source_path(folder),
        )
        seen = watching.state(files)
        old = self._shelves.get(name)
        if old is not None and old.seen == seen:
            return old
        loaded = parts.load(self._workspace, folder)
        about = (files[1], files[2])
        if old is not None and all(old.seen.get(file) == seen.get(file) for file in about):
            # Only units changed: what the checks know stays, and with it the terms that were found.
            self._shelves[name] = _Shelf(seen, loaded, old.context, old.findings, old.checking)
        else:
            context = checking.context_for(
                loaded.part.catalog, loaded.part.metadata, self._terms, self._workspace, folder
            )
            self._shelves[name] = _Shelf(seen, loaded, _remembering(context))
        return self._shelves[name]

    def _put_back(self, name: str, shelf: _Shelf, saved: Catalog) -> None:
        """Keep what was just saved, so that it need not be read again; unless somebody saved right after us."""
        seen = watching.state(shelf.seen)
        if stamp_of(read_bytes(Path(saved.path))) == saved.stamp:
            loaded = dataclasses.replace(shelf.loaded, part=dataclasses.replace(shelf.loaded.part, catalog=saved))
            self._shelves[name] = dataclasses.replace(shelf, seen={**shelf.seen, **seen}, loaded=loaded)

    def _of_issue(self, loaded: Sequence[Part]) -> tuple[Finding, ...]:
        from compiler_flow import checks

        first = loaded[0].catalog if loaded else Catalog("", "en")
        context = checking.context_for(first, None, self.terms, self._workspace)
        return tuple(checks.run_issue(self.issue(), loaded, context))

    def _checked(self, shelf: _Shelf) -> tuple[Finding, ...]:
        from compiler_flow import checks
        from compiler_flow.checks.again import run_again

        spoken, catalog = i18n.language(), shelf.loaded.part.catalog
        with shelf.checking:
            before = shelf.findings.get(spoken)
            if before is not None and before[0] is catalog:
                return before[1]
            if before is None:
                found = tuple(checks.run(catalog, shelf.context))
                heap.settle()
            else:
                found = run_again(before[0], before[1], catalog, shelf.context)
            shelf.findings[spoken] = (catalog, found)
        return found


def version_of(state: watching.State) -> str:
    """A short digest of the state of files."""
    return digest(*(f"{path}:{at}:{size}" for path, (at, size) in sorted(state.items())))


def _remembering(context: CheckContext) -> CheckContext:
    remember = functools.lru_cache(maxsize=_REMEMBERED)
    source_terms = remember(context.source_terms)
    names: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[tuple[int, int], ...]] = {}

    def unknown_names(text: str, hits: tuple[TermHit, ...]) -> tuple[tuple[int, int], ...]:
        key = (text, tuple((hit.start, hit.end) for hit in hits))
        if key not in names:
            if len(names) > _REMEMBERED:
                names.clear()
            names[key] = context.unknown_names(text, hits)
        return names[key]

    return dataclasses.replace(
        context,
        source_terms=source_terms,
        target_terms=remember(context.target_terms),
        # Searched one by one, what was found before an edit is remembered after it.
        all_source_terms=None,
        naming_unknown=None,
        unknown_names=unknown_names,
    )
