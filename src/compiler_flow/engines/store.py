"""Installing and removing Argos packages: whole or not at all, and never outside their folder."""

from __future__ import annotations

import json
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from compiler_flow.engines.packages import (
    RECORD,
    TOKENIZERS,
    Installed,
    Metadata,
    Receipt,
    argos_code,
    fingerprint,
    inspect,
    installed,
    matches_folder,
    parse_metadata,
    receipts,
)
from compiler_flow.errors import EngineError, FileError, FormatError
from compiler_flow.files import locked, write_text
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language

# The largest package of Argos' index unpacks to some 400 MB in a few hundred files.
MAX_UNPACKED = 4 * 2**30
MAX_FILES = 2000
_CHUNK = 2**20


def install(
    file: Path, folder: Path, *, pair: tuple[str, str] | None = None, sha256: str = "", trust_changed: bool = False
) -> Installed:
    """Install the package ``file`` into ``folder``, in the place of other versions of its pair.

    ``pair`` is what was asked for (BCP 47); another one is refused. ``sha256`` is what the file must have. The first
    install of a version records its size and SHA-256 in the folder, and later ones must agree unless ``trust_changed``;
    what was unpacked is recorded too, and looked at whenever the model is loaded (``packages.altered``). Raises
    ``FormatError`` for a file that is no sound package, ``EngineError`` for one that is not the wanted one, and
    ``FileError`` where the disk does not let it; what was installed before then stands.
    """
    found = _sha256(file)
    if sha256 and found != sha256.lower():
        raise EngineError(_("The file has not the SHA-256 that was expected."), path=file)
    metadata, root = _verify(file, pair)
    name = f"{metadata.name}-{metadata.version.replace('.', '_')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / ".install"):
            record = receipts(folder)
            size = file.stat().st_size
            known = record.get(name, Receipt(found, size))
            if not trust_changed and (known.sha256, known.size or size) != (found, size):
                raise EngineError(
                    _("The file differs from the one that was first installed as {name}.").format(name=name),
                    path=file,
                    hint=_("If the change is known and wanted, install it again with --trust-changed."),
                )
            _sweep(folder)
            _unpack(file, root, folder, name, metadata)
            record[name] = Receipt(found, size, fingerprint(folder / name))
            noted = {one: asdict(receipt) for one, receipt in sorted(record.items())}
            write_text(folder / RECORD, json.dumps(noted, indent=1) + "\n")
    except OSError as error:
        raise FileError(
            _("The package cannot be written: {reason}.").format(reason=error.strerror or error), path=folder
        ) from error
    return inspect(folder / name)


def remove(source: str, target: str, where: Iterable[Path]) -> tuple[Path, ...]:
    """Remove all versions of a pair from the folders ``where``; returns what went. Raises ``FileError``."""
    wanted = (argos_code(source), argos_code(target))
    gone = []
    for package in installed(where):
        named = (package.metadata.source, package.metadata.target)
        if named == wanted or package.folder.name.startswith(f"translate-{wanted[0]}_{wanted[1]}-"):
            try:
                shutil.rmtree(package.folder)
            except OSError as error:
                raise FileError(
                    _("The package cannot be removed: {reason}.").format(reason=error.strerror), path=package.folder
                ) from error
            gone.append(package.folder)
    return tuple(gone)


def _sha256(file: Path) -> str:
    import hashlib

    hashed = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                hashed.update(chunk)
    except FileNotFoundError:
        raise FileError(_("There is no such file."), path=file, hint=_("Check the spelling.")) from None
    except OSError as error:
        raise FileError(_("The file cannot be read: {reason}.").format(reason=error.strerror), path=file) from error
    return hashed.hexdigest()


def _verify(file: Path, pair: tuple[str, str] | None) -> tuple[Metadata, str]:
    """The metadata of the package ``file`` and the name of its only folder."""
    if not zipfile.is_zipfile(file):
        raise FormatError(
            _("This is no Argos package (a zip file with a model in it)."),
            path=file,
            hint=_("Download it again; packages end in .argosmodel."),
        )
    try:
        with zipfile.ZipFile(file) as archive:
            root = _checked_names(archive, file)
            if archive.testzip() is not None:
                raise FormatError(_("The package is damaged."), path=file, hint=_("Download it again."))
            metadata = parse_metadata(archive.read(f"{root}/metadata.json"), f"{file}/{root}/metadata.json")
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise FormatError(_("The package is damaged: {reason}.").format(reason=reason), path=file) from error
    _check_pair(file, root, metadata, pair)
    return metadata, root


def _check_pair(file: Path, root: str, metadata: Metadata, pair: tuple[str, str] | None) -> None:
    if not matches_folder(root, metadata):
        raise EngineError(
            _("The metadata speaks of {source} → {target}, the package's folder is {folder}.").format(
                source=metadata.source, target=metadata.target, folder=root
            ),
            path=file,
        )
    if pair and (argos_code(pair[0]), argos_code(pair[1])) != (metadata.source, metadata.target):
        raise EngineError(
            _("This package translates {source} → {target}, not {wanted_source} → {wanted_target}.").format(
                source=metadata.source,
                target=metadata.target,
                wanted_source=base_language(pair[0]),
                wanted_target=base_language(pair[1]),
            ),
            path=file,
        )


def _checked_names(archive: zipfile.ZipFile, file: Path) -> str:
    """The only top folder of the archive. Raises ``FormatError`` where a name would leave it or a part is missing."""
    infos = archive.infolist()
    if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise FormatError(_("The package is larger than any model; it was not unpacked."), path=file)
    roots = set()
    for info in infos:
        path = PurePosixPath(info.filename)
        # A backslash or a colon is an ordinary letter here and a separator or a drive on Windows.
        if path.is_absolute() or ".." in path.parts or set(info.filename) & set("\\:\0") or not path.parts:
            raise FormatError(
                _("The package wants to write outside its folder: {name}.").format(name=info.filename), path=file
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            raise FormatError(_("The package holds a link: {name}.").format(name=info.filename), path=file)
        roots.add(path.parts[0])
    names = {info.filename for info in infos}
    root = roots.pop() if len(roots) == 1 else ""
    if f"{root}/metadata.json" not in names:
        raise FormatError(_("This is no Argos package: it has no metadata.json in one folder."), path=file)
    if f"{root}/model/model.bin" not in names:
        raise FormatError(_("The package has no model in it."), path=file)
    if not any(f"{root}/{name}" in names for name in TOKENIZERS):
        raise FormatError(_("The package has no tokenizer in it."), path=file)
    return root


def _unpack(file: Path, root: str, folder: Path, name: str, metadata: Metadata) -> None:
    with tempfile.TemporaryDirectory(prefix=".installing-", dir=folder, ignore_cleanup_errors=True) as place:
        with zipfile.ZipFile(file) as archive:
            archive.extractall(place)
        _check_loads(Path(place) / root, file)
        older = [package.folder for package in installed([folder]) if _same_pair(package, metadata)]
        for index, path in enumerate(older):
            # A folder cannot replace another in one step: the old one waits until the new one stands.
            path.rename(Path(place) / f"old-{index}")
        try:
            (Path(place) / root).rename(folder / name)
        except OSError:
            for index, path in enumerate(older):
                (Path(place) / f"old-{index}").rename(path)
            raise


def _same_pair(package: Installed, metadata: Metadata) -> bool:
    return (package.metadata.source, package.metadata.target) == (metadata.source, metadata.target)


def _check_loads(folder: Path, file: Path) -> None:
    """Refuse a truncated model or a tokenizer without a vocabulary before it replaces anything."""
    import ctranslate2

    from compiler_flow.engines.argos_module import load_package

    try:
        ctranslate2.Translator(str(folder / "model"), device="cpu", intra_threads=1)
    except (RuntimeError, ValueError) as error:
        raise FormatError(
            _("The model in the package cannot be loaded: {reason}.").format(reason=error), path=file
        ) from error
    try:
        load_package(folder).tokenizer.encode("a")
    except (RuntimeError, OSError, ValueError, EngineError) as error:
        raise FormatError(
            _("The tokenizer in the package cannot be loaded: {reason}.").format(reason=error), path=file
        ) from error


def _sweep(folder: Path) -> None:
    """Bring back what a killed install had put aside, and remove its temporary place. Runs under the lock."""
    for place in folder.glob(".installing-*"):
        for old in place.glob("old-*"):
            package = inspect(old)
            meant = folder / f"{package.metadata.name}-{package.metadata.version.replace('.', '_')}"
            if package.metadata.source and not any(
                _same_pair(other, package.metadata) for other in installed([folder])
            ):
                old.rename(meant)
        shutil.rmtree(place, ignore_errors=True)


def checksums(folder: Path) -> Sequence[tuple[str, str]]:
    """(package and version, SHA-256) as recorded at the first install into ``folder``."""
    return tuple(sorted((name, receipt.sha256) for name, receipt in receipts(folder).items()))
