"""What a final build was made from, by what, and who answers for it: ``manifest.json``, without any clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from compiler_flow import __version__, project, review
from compiler_flow.errors import CompilerFlowError
from compiler_flow.files import read_bytes, stamp_of
from compiler_flow.model import Part
from compiler_flow.project import Workspace

NAME = "manifest.json"
VERSION = 1
# What has a say in the bytes of an output.
_PACKAGES = (
    "autocorrect-py",
    "babel",
    "css-inline",
    "lxml",
    "markdown-it-py",
    "nh3",
    "pycountry",
    "pylopdf-fonts-zh-cn",
    "python-docx",
    "typst",
)


def inputs(workspace: Workspace, issue: Path, themes: Iterable[str] = ()) -> tuple[Path, ...]:
    """Every file that a number is made from: settings, glossary, rules, the issue, its articles, themes of its own."""
    named = [*house(workspace), issue / project.ISSUE_FILE]
    for article in project.articles(issue):
        named += [
            article / project.ARTICLE_FILE,
            project.source_path(article),
            project.catalog_path(article, workspace.target_language),
        ]
    named += [file for theme in dict.fromkeys(themes) if theme for file in _files(Path(theme))]
    return tuple(path for path in named if path.is_file())


def house(workspace: Workspace) -> tuple[Path, ...]:
    """The files that every number of the workspace is made from: settings, glossary, rules; some may not be there."""
    glossaries = (file for place in workspace.glossaries for file in _files(place))
    return (workspace.root / project.SETTINGS_FILE, *glossaries, *workspace.rules)


def _files(place: Path) -> list[Path]:
    """A file, or all that a folder holds."""
    return sorted(place.rglob("*")) if place.is_dir() else [place]


def make(
    workspace: Workspace, issue: Path, parts: Iterable[Part], files: Iterable[Path], outputs: Mapping[str, bytes]
) -> bytes:
    """The manifest of ``outputs`` (name → content) made from ``files`` and ``parts``."""
    told: dict[str, Any] = {
        "version": VERSION,
        "issue": issue.resolve().name,
        "programs": {"compiler-flow": __version__, **dict(_versions())},
        "inputs": {_shown(path, workspace.root): stamp_of(read_bytes(path)) for path in files},
        "outputs": {name: stamp_of(data) for name, data in sorted(outputs.items())},
        "signed": [
            {
                "article": part.name,
                "by": sign.by,
                "role": sign.role,
                "at": sign.at.isoformat(),
                "digest": sign.digest,
                "stands": review.stands(sign, part.catalog),
            }
            for part in parts
            for sign in part.metadata.sign_offs
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def outputs(folder: Path) -> tuple[Path, ...]:
    """The files of the final build whose manifest lies in ``folder``, as far as they are there; empty without one."""
    try:
        told = json.loads(read_bytes(folder / NAME))
        names = [name for name in told["outputs"] if Path(name).name == name]
    except (CompilerFlowError, ValueError, KeyError, TypeError):
        return ()
    return tuple(folder / name for name in names if (folder / name).is_file())


def _versions() -> Iterable[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _shown(path: Path, root: Path) -> str:
    """The path in the workspace, the same on every machine; the bare name of a file outside of it."""
    resolved, base = path.resolve(), root.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.name
