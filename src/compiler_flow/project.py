"""The workspace: which folder it is, where its files lie, and how ``issue.toml`` and ``article.toml`` are spelled.

This is the only module that knows paths. A workspace is the nearest folder upward that has ``compiler-flow.toml``, or
both ``glossary/`` and ``projects/``.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler_flow import cldr, countries
from compiler_flow.errors import FileError, FormatError, UsageError, WorkspaceError
from compiler_flow.files import read_text, write_bytes, write_text
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Issue, Metadata, Section, SignOff
from compiler_flow.text import base_language, gettext_locale, lazy_pattern

SETTINGS_FILE = "compiler-flow.toml"
ISSUE_FILE = "issue.toml"
ARTICLE_FILE = "article.toml"
SOURCE_FILE = "source.md"
TEXT_FIELDS = ("title", "author", "author_role", "site", "url", "language", "country")


# ------------------------------------------------------------------------------------------ the workspace


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace at ``root`` with the ``settings`` of its ``compiler-flow.toml``."""

    root: Path
    settings: Mapping[str, Any] = field(default_factory=dict)

    def setting(self, *keys: str, default: Any = None) -> Any:
        """The value under nested ``keys``, or ``default``."""
        value: Any = self.settings
        for key in keys:
            if not isinstance(value, Mapping) or key not in value:
                return default
            value = value[key]
        return value

    @property
    def target_language(self) -> str:
        """BCP 47 tag of the language the bulletin is written in."""
        return str(self.setting("language", default="zh-CN"))

    @property
    def projects(self) -> Path:
        """The folder that holds one folder per issue."""
        return self.root / "projects"

    @property
    def glossaries(self) -> tuple[Path, ...]:
        """The folders and files of the house glossary. Raises ``FormatError`` for one that does not exist."""
        named = self.setting("glossary", "paths")
        if named is None:
            return tuple(path for path in (self.root / "glossary",) if path.exists())
        settings = self.root / SETTINGS_FILE
        if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
            raise _bad(settings, "paths", _("{key} must be a list of paths.").format(key="paths"))
        for name in named:
            if not (self.root / name).exists():
                raise _bad(settings, "paths", _("There is no glossary {name}.").format(name=name))
        return tuple(self.root / name for name in named)

    @property
    def rules(self) -> tuple[Path, ...]:
        """The files of the house's own rules for checking, by name."""
        return tuple(sorted((self.root / "rules").glob("*.toml")))

    @property
    def memory(self) -> Path:
        """The translation memory, which may not exist yet."""
        return self.root / str(self.setting("memory", "path", default="memory.sqlite"))

    @property
    def memory_url(self) -> str:
        """The address of a memory that a team shares, or an empty text. Raises ``FormatError`` for one of no kind."""
        url = self.setting("memory", "url", default="")
        if not isinstance(url, str) or (url and not url.startswith(("postgresql://", "postgres://"))):
            # The value is not shown: it may hold a password.
            raise _bad(
                self.root / SETTINGS_FILE,
                "url",
                _("{key} must be an address of the kind {kind}.").format(key="url", kind="postgresql://host/database"),
            )
        return url

    @property
    def packages(self) -> Path | None:
        """The workspace's own folder for engine packages, if it has one."""
        name = self.setting("engines", "packages")
        return self.root / str(name) if name else None

    @property
    def engine(self) -> str:
        """The engine that drafts what the memory does not know; empty for none."""
        return str(self.setting("engines", "use", default="argos"))

    @property
    def drafts(self) -> Path:
        """The engines' drafts that are kept for later runs; may not exist yet."""
        return self.root / str(self.setting("prefill", "cache", default="drafts.sqlite"))

    def issues(self) -> tuple[Path, ...]:
        """The folders of all issues, by name."""
        return tuple(sorted(path.parent for path in self.projects.glob(f"*/{ISSUE_FILE}")))


def is_workspace(folder: Path) -> bool:
    """Whether ``folder`` itself is the root of a workspace."""
    return (folder / SETTINGS_FILE).is_file() or ((folder / "glossary").is_dir() and (folder / "projects").is_dir())


def find(start: Path) -> Workspace | None:
    """The workspace that ``start`` (a file or folder) lies in, or ``None``."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if is_workspace(folder):
            return open_workspace(folder)
    return None


def need(start: Path) -> Workspace:
    """The workspace that ``start`` lies in. Raises ``WorkspaceError`` where there is none."""
    workspace = find(start)
    if workspace is None:
        raise WorkspaceError(
            _("This folder is not in a compiler-flow workspace."),
            path=start,
            hint=_("Go to one, or make one here with: compiler-flow new ISSUE"),
        )
    return workspace


def open_workspace(root: Path) -> Workspace:
    """The workspace at ``root`` with its settings. Raises ``FormatError`` for settings that cannot be read."""
    path = root / SETTINGS_FILE
    settings = read_toml(path)[0] if path.exists() else {}
    for table in ("engines", "prefill", "glossary", "memory", "checks", "assemble", "typography", "themes"):
        if not isinstance(settings.get(table, {}), dict):
            raise _bad(path, table, _("{key} must be a table: [{key}].").format(key=table))
    language = settings.get("language", "zh-CN")
    if not isinstance(language, str) or not is_language(language):
        raise _bad(path, "language", _not_a_language(language))
    return Workspace(root, settings)


def is_language(tag: str) -> bool:
    """Whether ``tag`` is shaped like a BCP 47 tag and its language is one that CLDR names in English."""
    english = cldr.names("en")
    return bool(_TAG.match(tag)) and english is not None and base_language(tag) in english.languages


def _not_a_language(tag: object) -> str:
    return _("{tag} is no language tag; use one such as en or zh-CN.").format(tag=tag)


_TAG = lazy_pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


def create_workspace(root: Path) -> Workspace:
    """Make ``root`` a workspace; what exists stays as it is."""
    if not is_workspace(root):
        header = "source,target,kind,lang,aliases,accept,reject,first,note\n"
        if not any((root / "glossary").glob("*")):
            write_text(root / "glossary" / "people.csv", header, stamp="")
        try:
            (root / "projects").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(
                _("The folder cannot be made: {reason}.").format(reason=error.strerror), path=root
            ) from None
        write_text(root / SETTINGS_FILE, _NEW_SETTINGS, stamp="")
    return open_workspace(root)


_NEW_SETTINGS = """\
# Settings of this workspace. Everything here is optional.
language = "zh-CN"

[engines]
use = "argos"            # "" for none
# packages = "models"    # a folder of this workspace for engine packages
"""


# ------------------------------------------------------------------------------------- finding by name


def find_issue(workspace: Workspace, name: str) -> Path:
    """The folder of the issue that ``name`` (a name or a path) means. Raises ``UsageError``."""
    for folder in (workspace.projects / name, Path(name)):
        if (folder / ISSUE_FILE).is_file():
            return folder
    known = ", ".join(folder.name for folder in workspace.issues())
    raise UsageError(
        _("There is no issue called {name}.").format(name=name),
        hint=_("Known: {names}.").format(names=known) if known else _("Make one with: compiler-flow new ISSUE"),
    )


def find_articles(workspace: Workspace, name: str) -> tuple[Path, ...]:
    """The folders of the articles that ``name`` means: an issue's, one by path, ``issue/article`` or its own name."""
    for folder in (Path(name), workspace.projects / name):
        if (folder / ISSUE_FILE).is_file():
            return articles(folder)
        if (folder / ARTICLE_FILE).is_file():
            return (folder,)
        if folder.is_file() and (folder.parent / ARTICLE_FILE).is_file():
            return (folder.parent,)
    found = tuple(path.parent for path in sorted(workspace.projects.glob(f"*/{glob_escape(name)}/{ARTICLE_FILE}")))
    if len(found) == 1:
        return found
    if found:
        raise UsageError(
            _("Several issues have an article called {name}.").format(name=name),
            hint=_("Say which: {names}.").format(names=", ".join(f"{f.parent.name}/{f.name}" for f in found)),
        )
    raise UsageError(
        _("There is no issue and no article called {name}.").format(name=name),
        hint=_("See what there is with: compiler-flow status"),
    )


def glob_escape(name: str) -> str:
    """``name`` so that a glob pattern takes it literally; separators and drive letters match nothing."""
    return re.sub(r"([*?\[])", r"[\1]", name.strip("/\\")) or "[/]"


def articles(issue: Path) -> tuple[Path, ...]:
    """The folders of the articles of an issue, by name."""
    # A hidden folder is an article in the making, left behind where somebody pulled the plug.
    folders = (path.parent for path in issue.glob(f"*/{ARTICLE_FILE}"))
    return tuple(sorted(folder for folder in folders if not folder.name.startswith(".")))


def strays(issue: Path, language: str) -> tuple[Path, ...]:
    """The folders of an issue that hold units or a frozen text but no ``article.toml``."""
    names = (SOURCE_FILE, catalog_path(Path(), language).name)
    folders = {path.parent for name in names for path in issue.glob(f"*/{name}")}
    found = (folder for folder in folders if not (folder / ARTICLE_FILE).is_file())
    return tuple(sorted(folder for folder in found if not folder.name.startswith(".")))


def catalog_path(article: Path, language: str) -> Path:
    """The translators' file of an article."""
    return article / f"{gettext_locale(language)}.po"


def source_path(article: Path) -> Path:
    """The frozen text of an article."""
    return article / SOURCE_FILE


def original_of(article: Path) -> Path | None:
    """The article as it was received, or ``None``."""
    return next(iter(sorted(article.glob("original.*"))), None)


def sent_path(article: Path, mark: str) -> Path:
    """The copy of what was handed out to a translator under ``mark`` (letters and digits)."""
    return article / "sent" / f"{mark}.po"


def output_folder(issue: Path) -> Path:
    """Where what is assembled from an issue goes."""
    return issue / "out"


def slug(text: str) -> str:
    """A folder name from a title or file name: letters of any script, digits and hyphens, at most 60 characters."""
    words = re.sub(r"[^\w]+", "-", text.casefold()).strip("-_")
    return words[:60].rstrip("-") or "article"


# What a killed command left half-made is taken away when nobody can be at work on it any more.
_STALE_SECONDS = 3600.0
# Windows opens a device under these names, with any ending.
_DEVICES = lazy_pattern(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")


def check_article_name(name: str) -> None:
    """Raises ``UsageError`` for what cannot be the name of an article's folder on every system."""
    if not name or slug(name) != name.casefold() or name == output_folder(Path()).name or _DEVICES.match(name):
        raise UsageError(
            _("{name} cannot be the name of an article.").format(name=name or '""'),
            hint=_("Use letters, digits and hyphens, at most 60."),
        )


def free_name(issue: Path, wanted: str) -> str:
    """``wanted``, or ``wanted-2`` and so on where an article of that name exists. Raises ``UsageError``."""
    check_article_name(wanted)
    name, number = wanted, 1
    while (issue / name).exists():
        number += 1
        name = f"{wanted}-{number}"
    return name


# ----------------------------------------------------------------------------------------------- TOML


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The table in ``path`` and the file's stamp. Raises ``FormatError`` with the line of a syntax error."""
    text, stamp = read_text(path)
    try:
        return tomllib.loads(text), stamp
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise FormatError(
            _("This is not valid TOML: {reason}.").format(reason=re.sub(r" \(at .*\)$", "", str(error))),
            path=path,
            line=line,
        ) from error


def _line_of(path: Path, key: str) -> int:
    """The line on which ``key`` is set, for errors about its value."""
    for number, line in enumerate(read_text(path)[0].splitlines(), 1):
        if re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return 0


def _bad(path: Path, key: str, message: str, hint: str = "") -> FormatError:
    return FormatError(message, path=path, line=_line_of(path, key), hint=hint)


def _text(table: Mapping[str, Any], key: str, path: Path) -> str:
    value = table.get(key, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _bad(path, key, _("{key} must be text in quotation marks.").format(key=key))
    return value.strip()


def _date(table: Mapping[str, Any], key: str, path: Path) -> dt.date | None:
    value = table.get(key)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if value in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _bad(path, key, _("{key} must be a date such as 2024-10-31.").format(key=key)) from None


def _names(table: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _bad(path, key, _("{key} must be a list of names.").format(key=key))
    return tuple(dict.fromkeys(item.strip() for item in value if item.strip()))


# ---------------------------------------------------------------------------------------------- issues


def read_issue(folder: Path) -> Issue:
    """The number described by ``folder/issue.toml``. Raises ``FileError`` or ``FormatError``."""
    path = folder / ISSUE_FILE
    table, _stamp = read_toml(path)
    texts = table.get("texts", {})
    if not isinstance(texts, dict):
        raise _bad(path, "texts", _("texts must be a table of standing texts."))
    order = _names(table, "countries", path)
    for code in order:
        if not countries.is_known(code):
            raise _bad(path, "countries", _unknown_country(code), _country_hint())
    return Issue(
        name=folder.resolve().name,
        title=_text(table, "title", path),
        number=_text(table, "number", path),
        date=_date(table, "date", path),
        language=_text(table, "language", path) or "zh-CN",
        editors=_names(table, "editors", path),
        features=_names(table, "features", path),
        countries=tuple(code.upper() for code in order),
        texts={str(key): str(value).strip() for key, value in texts.items()},
    )


def create_issue(workspace: Workspace, issue: Issue) -> Path:
    """Make the folder of a new issue. Raises ``UsageError`` if there is one."""
    if not issue.name or slug(issue.name) != issue.name.casefold():
        raise UsageError(
            _("{name} cannot be the name of an issue.").format(name=issue.name or '""'),
            hint=_("Use letters, digits and hyphens, such as 2024-10-31."),
        )
    folder = workspace.projects / issue.name
    if (folder / ISSUE_FILE).exists():
        raise UsageError(_("This issue exists already."), path=folder)
    import tomlkit

    document = tomlkit.document()
    document["title"] = issue.title
    document["number"] = issue.number
    if issue.date:
        document["date"] = issue.date
    document["editors"] = list(issue.editors)
    document.add(tomlkit.comment('features = ["…"]    # the order of the features, by article name'))
    document.add(tomlkit.comment('countries = ["…"]   # countries that come before the others'))
    texts = tomlkit.table()
    texts.update(issue.texts)
    document["texts"] = texts
    write_text(folder / ISSUE_FILE, tomlkit.dumps(document), stamp="")
    return folder


def _unknown_country(code: str) -> str:
    return _("There is no country with the code {code}.").format(code=code)


def _country_hint() -> str:
    return _("Use the two letters of ISO 3166-1, such as EE for Estonia.")


# -------------------------------------------------------------------------------------------- articles


def read_metadata(article: Path) -> tuple[Metadata, str]:
    """What ``article.toml`` says and the file's stamp. Raises ``FileError`` or ``FormatError``."""
    path = article / ARTICLE_FILE
    table, stamp = read_toml(path)
    credits_ = table.get("credits", {})
    if not isinstance(credits_, dict):
        raise _bad(path, "credits", _("credits must be a table with compilers and reviewers."))
    texts = {key: _text(table, key, path) for key in TEXT_FIELDS}
    texts["country"] = texts["country"].upper()
    if texts["country"] and not countries.is_known(texts["country"]):
        raise _bad(path, "country", _unknown_country(texts["country"]), _country_hint())
    section = _text(table, "section", path) or Section.NEWS
    if section not in list(Section):
        raise _bad(path, "section", _("section must be one of: {names}.").format(names=", ".join(Section)))
    return (
        Metadata(
            **texts,
            date=_date(table, "date", path),
            section=Section(section),
            compilers=_names(credits_, "compilers", path),
            reviewers=_names(credits_, "reviewers", path),
            sign_offs=_sign_offs(table, path),
            guessed=frozenset(_names(table, "guessed", path)),
        ),
        stamp,
    )


def _sign_offs(table: Mapping[str, Any], path: Path) -> tuple[SignOff, ...]:
    found = table.get("sign_offs", [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _bad(path, "sign_offs", _("sign_offs are written by the sign command; do not edit them."))
    sign_offs = []
    for item in found:
        at = item.get("at")
        if not isinstance(at, dt.datetime):
            raise _bad(path, "at", _("sign_offs are written by the sign command; do not edit them."))
        sign_offs.append(SignOff(_text(item, "by", path), _text(item, "role", path), at, _text(item, "digest", path)))
    return tuple(sign_offs)


def write_metadata(article: Path, metadata: Metadata, *, stamp: str) -> None:
    """Put ``metadata`` into ``article.toml``, keeping the comments and keys that people added.

    ``stamp`` is what ``read_metadata`` gave.
    """
    import tomlkit

    path = article / ARTICLE_FILE
    document = tomlkit.parse(read_text(path)[0])
    _put_metadata(document, metadata, _sign_offs(document.unwrap(), path))
    write_text(path, tomlkit.dumps(document), stamp=stamp)


def _put_metadata(document: Any, metadata: Metadata, known: tuple[SignOff, ...]) -> None:
    import tomlkit

    for key in TEXT_FIELDS:
        _set(document, key, getattr(metadata, key))
    _set(document, "date", metadata.date or "")
    _set(document, "section", str(metadata.section))
    _set(document, "guessed", sorted(metadata.guessed))
    if not document["guessed"]:
        del document["guessed"]
    if "credits" not in document:
        document["credits"] = tomlkit.table()
    people = document["credits"]
    _set(people, "compilers", list(metadata.compilers))
    _set(people, "reviewers", list(metadata.reviewers))
    if metadata.sign_offs != known:
        signed = tomlkit.aot()
        for sign_off in metadata.sign_offs:
            row = tomlkit.table()
            row.update({"by": sign_off.by, "role": sign_off.role, "at": sign_off.at, "digest": sign_off.digest})
            signed.append(row)
        document["sign_offs"] = signed


def create_article(issue: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Make the article folder ``issue/name`` with ``files``, whole or not at all.

    A folder that holds only an ``original.*`` (an editor put it there) is completed in place. Raises ``UsageError``
    where the article exists.
    """
    folder = issue / name
    if (folder / ARTICLE_FILE).exists():
        raise UsageError(_("This article exists already."), path=folder, hint=_("Choose another name with --name."))
    if folder.exists():
        # article.toml is what makes a folder an article, so it comes last.
        for file in sorted(files, key=lambda file: file == ARTICLE_FILE):
            if file in {ARTICLE_FILE, SOURCE_FILE} or not (folder / file).exists():
                write_bytes(folder / file, files[file])
        return folder
    for left in issue.glob(".*.adding"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    # Two commands at once must not meet in one staging folder.
    staging = issue / f".{name}.{uuid.uuid4().hex[:8]}.adding"
    try:
        for file, data in files.items():
            write_bytes(staging / file, data, stamp="")
        if folder.exists():
            raise UsageError(_("This article exists already."), path=folder, hint=_("Choose another name with --name."))
        staging.rename(folder)
    except OSError as error:
        raise FileError(
            _("The file cannot be written: {reason}.").format(reason=error.strerror), path=folder
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return folder


def render_metadata(metadata: Metadata) -> bytes:
    """A new ``article.toml`` that says ``metadata``."""
    import tomlkit

    document = tomlkit.document()
    _put_metadata(document, metadata, ())
    return tomlkit.dumps(document).encode()


def _set(table: Any, key: str, value: object) -> None:
    """Set a key only where it changes: an untouched line keeps its spelling and its comment."""
    if key not in table or table[key] != value:
        table[key] = value


def order_features(names: Iterable[str], wanted: tuple[str, ...]) -> list[str]:
    """``names`` with those in ``wanted`` first, in that order."""
    rank = {name: index for index, name in enumerate(wanted)}
    return sorted(names, key=lambda name: (rank.get(name, len(rank)), name))
