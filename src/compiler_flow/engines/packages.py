"""Installed Argos packages: where they lie, what they say of themselves, and whether they can work.

A package is a folder with ``metadata.json``, ``model/`` (CTranslate2) and ``sentencepiece.model`` or ``bpe.model``
(argos-translate, ``package.py``).
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compiler_flow.errors import EngineError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language, lazy_pattern

RECORD = "checksums.json"
TOKENIZERS = ("sentencepiece.model", "bpe.model")
_CODE = lazy_pattern(r"[a-z]{2,3}\Z")
_VERSION = lazy_pattern(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}\Z")
# `translate-en_zh-1_9`, and the `en_zh` of older packages.
_FOLDER = lazy_pattern(r"(?:translate-)?([a-z]{2,3})_([a-z]{2,3})(?:-[0-9A-Za-z_.]+)?\Z")
# Argos' own names where they are not the primary subtag (its package index).
_CODES = {"zh-hant": "zt", "zh-tw": "zt", "zh-hk": "zt", "zh-mo": "zt", "pt-br": "pb", "no": "nb"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What ``metadata.json`` says, in Argos' codes. ``prefix`` is the target's token of multilingual models."""

    source: str
    target: str
    version: str
    prefix: str = ""

    @property
    def name(self) -> str:
        """As Argos names packages: ``translate-en_zh``."""
        return f"translate-{self.source}_{self.target}"


@dataclass(frozen=True, slots=True)
class Installed:
    """A package folder. ``problem`` says why it cannot work, in one line with its path, or is empty."""

    folder: Path
    metadata: Metadata
    problem: str = ""


def argos_code(tag: str) -> str:
    """The code that Argos has for a BCP 47 tag or gettext locale: ``zh`` for ``zh-CN``, ``zt`` for ``zh-TW``."""
    tag = tag.replace("_", "-").lower()
    for prefix, code in _CODES.items():
        if tag == prefix or tag.startswith(f"{prefix}-"):
            return code
    return base_language(tag)


def folders(explicit: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Where packages are looked for, in order; a new one goes into the first.

    Those of the workspace, else those in ``COMPILER_FLOW_PACKAGES``, else Argos' own folder, which other programs
    share: ``ARGOS_PACKAGES_DIR``, or ``argos-translate/packages`` in the user's data folder (its ``settings.py``).
    """
    given = tuple(explicit)
    if given:
        return given
    if listed := os.environ.get("COMPILER_FLOW_PACKAGES"):
        return tuple(Path(part).expanduser() for part in listed.split(os.pathsep) if part)
    if own := os.environ.get("ARGOS_PACKAGES_DIR"):
        return (Path(own).expanduser(),)
    data = os.environ.get("XDG_DATA_HOME")
    return ((Path(data) if data else Path.home() / ".local" / "share") / "argos-translate" / "packages",)


def parse_metadata(text: str | bytes, path: Path | str) -> Metadata:
    """The content of a ``metadata.json``. Raises ``EngineError`` for anything but a translation package's."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise EngineError(_("metadata.json is not JSON: {reason}.").format(reason=error), path=path) from None
    if not isinstance(data, dict) or data.get("type", "translate") != "translate":
        raise EngineError(_("This is no translation package."), path=path)
    values = [str(data.get(key, "")) for key in ("from_code", "to_code", "package_version", "target_prefix")]
    if not (_CODE.match(values[0]) and _CODE.match(values[1]) and _VERSION.match(values[2])):
        raise EngineError(_("metadata.json names no language pair and version."), path=path)
    return Metadata(*values)


def matches_folder(name: str, metadata: Metadata) -> bool:
    """Whether a package folder's name does not speak of another pair than its metadata."""
    found = _FOLDER.match(name)
    return not found or found.groups() == (metadata.source, metadata.target)


def inspect(folder: Path) -> Installed:
    """The package in ``folder``, with its problem if it has one. Never raises for a bad package."""
    metadata = Metadata("", "", "")
    try:
        metadata = parse_metadata((folder / "metadata.json").read_bytes(), folder / "metadata.json")
    except OSError:
        return Installed(folder, metadata, _("{path}: metadata.json is missing.").format(path=folder))
    except EngineError as error:
        return Installed(folder, metadata, str(error))
    return Installed(folder, metadata, _problem(folder, metadata))


def _problem(folder: Path, metadata: Metadata) -> str:
    if not matches_folder(folder.name, metadata):
        return _("{path}: the metadata speaks of {source} → {target}, another pair than the folder's name.").format(
            path=folder, source=metadata.source, target=metadata.target
        )
    if not (folder / "model" / "model.bin").is_file():
        return _("{path}: the model is missing.").format(path=folder)
    if not any((folder / name).is_file() for name in TOKENIZERS):
        return _("{path}: the tokenizer is missing.").format(path=folder)
    return ""


def installed(where: Iterable[Path]) -> tuple[Installed, ...]:
    """All packages in the folders ``where``, also broken ones, by folder and name; a missing folder has none."""
    found: list[Installed] = []
    for base in where:
        if base.is_dir():
            found += [
                inspect(path) for path in sorted(base.iterdir()) if path.is_dir() and not path.name.startswith(".")
            ]
    return tuple(found)


@functools.lru_cache(maxsize=32)
def _digest(path: str, _size: int, _changed: int) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()[:32]


def fingerprint(folder: Path) -> str:
    """A digest of what the package in ``folder`` translates with: model, vocabulary, tokenizer.

    Raises ``EngineError`` where it cannot be read.
    """
    files = [*sorted((folder / "model").glob("*")), *(folder / name for name in TOKENIZERS)]
    digests = []
    try:
        for file in files:
            if file.is_file():
                at = file.stat()
                digests.append(_digest(str(file), at.st_size, at.st_mtime_ns))
    except OSError as error:
        raise EngineError(
            _("The model cannot be read: {reason}.").format(reason=error.strerror), path=folder
        ) from error
    return hashlib.blake2b(" ".join(digests).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is noted about a package at its first install: SHA-256 and size of its file, fingerprint of its content."""

    sha256: str
    size: int = 0
    files: str = ""


def receipts(folder: Path) -> dict[str, Receipt]:
    """Name and version → receipt, of the packages that we installed in ``folder``. Raises ``FormatError``."""
    path = folder / RECORD
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(name): Receipt(entry) if isinstance(entry, str) else Receipt(**entry) for name, entry in data.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError, OSError) as error:
        raise FormatError(
            _("The record of checksums is damaged: {reason}.").format(reason=error),
            path=path,
            hint=_("Remove it if nobody has tampered with the folder."),
        ) from error


def altered(package: Installed) -> str:
    """One line with its path for a package that is not any more what was installed; empty where it is, or unknown."""
    receipt = receipts(package.folder.parent).get(package.folder.name)
    if receipt is None or not receipt.files or fingerprint(package.folder) == receipt.files:
        return ""
    return _("{path}: the model was changed since it was installed.").format(path=package.folder)
