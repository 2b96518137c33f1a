"""Reading text in whatever encoding it comes, and writing so that nothing is ever half-written or lost.

A ``stamp`` is the digest of a file's bytes when it was read. A write that names a stamp is refused when the file on
disk has another one by now: somebody saved it meanwhile.
"""

from __future__ import annotations

import codecs
import contextlib
import glob
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from compiler_flow.errors import ChangedOnDiskError, FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import clean

MAX_BYTES = 200 * 1024 * 1024
_LOCK_SECONDS = 10.0
_LEFT_SECONDS = 3600.0
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def stamp_of(data: bytes) -> str:
    """The stamp of a file with these bytes."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """The bytes of ``path``. Raises ``FileError`` for anything that cannot be read as a file of sane size."""
    try:
        if path.is_dir():
            raise FileError(_("This is a folder, not a file."), path=path)
        if path.stat().st_size > MAX_BYTES:
            raise FileError(_("The file is larger than {limit} MB.").format(limit=MAX_BYTES // 2**20), path=path)
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(_("There is no such file."), path=path, hint=_("Check the spelling.")) from None
    except OSError as error:
        raise FileError(_("The file cannot be read: {reason}.").format(reason=error.strerror), path=path) from error


def decode(data: bytes, *, declared: str = "", path: Path | str = "") -> str:
    """``data`` as text: by byte order mark, by declaration, as UTF-8, as UTF-16 without a mark, as GB18030, by guess.

    Raises ``FormatError`` where the bytes are no text at all.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, path)
    if declared:
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            # Pages and PO files that say gb2312 hold characters of its superset.
            name = "gb18030" if codecs.lookup(declared).name in {"gb2312", "gbk"} else declared
            return data.decode(name)
    if b"\x00" in data:
        return _without_mark(data, path)
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    if korean := _korean(data):
        return korean
    with contextlib.suppress(UnicodeDecodeError):
        # Western and Cyrillic single-byte text often decodes as GB18030 by accident; real Chinese has common Han.
        text = data.decode("gb18030")
        if _looks_chinese(text):
            return text
    return _guess(data, path)


def _strict(data: bytes, encoding: str, path: Path | str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(
            _("The file claims to be {encoding} but is not.").format(encoding=encoding), path=path, line=line
        ) from error


def _without_mark(data: bytes, path: Path | str) -> str:
    """Zero bytes are UTF-16 without a mark if one of its byte orders reads as text; else the file is binary."""
    best, share = "", 0.0
    for encoding in ("utf-16-le", "utf-16-be"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            plausible = sum(map(_is_everyday, text)) / max(len(text), 1)
            if plausible > share:
                best, share = text, plausible
    if share < 0.95:
        raise FormatError(_("This is a binary file, not text."), path=path)
    return best


def _is_everyday(char: str) -> bool:
    """Whether ``char`` is of a script we meet: Latin to Georgian, Hangul, frequent Han, and their punctuation."""
    code = ord(char)
    return (
        0x20 <= code < 0x7F
        or char in "\t\r\n"
        or 0xA0 <= code < 0x600
        or 0x10A0 <= code < 0x1200
        or 0x2010 <= code < 0x2070
        or 0x3000 <= code < 0x3020
        or 0xAC00 <= code < 0xD7A4
        or 0xFF00 <= code < 0xFF60
        or _in_gb2312_level1(char)
    )


def _korean(data: bytes) -> str:
    """``data`` as Korean, if it reads as Korean: nothing but syllables, with spaces between words. Its codes are those
    of frequent Chinese characters, but Chinese has no spaces, and read as Korean it is half rare Han characters."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return ""
    foreign = sum(1 for char in text if ord(char) > 0x7F)
    syllables = sum(1 for char in text if "\uac00" <= char <= "\ud7a3")
    return text if syllables and syllables >= 0.85 * foreign and 15 * text.count(" ") >= foreign else ""


def _looks_chinese(text: str) -> bool:
    foreign = [char for char in text if ord(char) > 0x7F]
    # GB 2312 level 1 holds the 3755 most frequent characters, which make up nearly all of running Chinese.
    common = sum(1 for char in foreign if _in_gb2312_level1(char) or char in "，。、；：？！“”‘’（）《》·—…　")
    return bool(foreign) and common >= 0.7 * len(foreign)


def _in_gb2312_level1(char: str) -> bool:
    try:
        encoded = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


def _guess(data: bytes, path: Path | str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise FormatError(
            _("The file is in no encoding that could be recognised."), path=path, hint=_("Save it as UTF-8.")
        )
    return str(best)


def read_text(path: Path, *, declared: str = "") -> tuple[str, str]:
    """The cleaned text of ``path`` and its stamp. Raises ``FileError`` or ``FormatError``."""
    data = read_bytes(path)
    return clean(decode(data, declared=declared, path=path)), stamp_of(data)


def write_bytes(path: Path, data: bytes, *, stamp: str | None = None) -> str:
    """Put ``data`` at ``path`` whole or not at all, and return its stamp.

    ``stamp`` is what the file had when it was read; an empty string says that it must not exist yet; ``None`` says
    that it is ours to make again. Raises ``ChangedOnDiskError`` or ``FileError``; the old file then stands untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link keeps its place: what it points to is replaced.
        target = path.resolve()
        with locked(target):
            if stamp is not None:
                _refuse_changed(target, stamp)
            _replace(target, data)
    except OSError as error:
        raise FileError(_("The file cannot be written: {reason}.").format(reason=error.strerror), path=path) from error
    return stamp_of(data)


def write_text(path: Path, text: str, *, stamp: str | None = None) -> str:
    """``write_bytes`` for UTF-8 text with ``\\n`` line ends on every system."""
    return write_bytes(path, text.encode("utf-8"), stamp=stamp)


def _refuse_changed(path: Path, stamp: str) -> None:
    now = stamp_of(path.read_bytes()) if path.exists() else ""
    if now != stamp:
        raise ChangedOnDiskError(
            _("The file was changed by somebody else since it was read; nothing was written."),
            path=path,
            hint=_("Run the command again: it will read the new version."),
        )


def _replace(path: Path, data: bytes) -> None:
    _sweep(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode_of(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sweep(path: Path) -> None:
    """Remove what processes that were killed while they wrote ``path`` left behind, once it is surely nobody's."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        # Another user's process, which our lock does not hold off, may be writing its own this minute.
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                left.unlink()


def mode_of(path: Path) -> int:
    """The permissions of ``path``, or those that it shall have as a new file."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644 & ~_umask()


def _umask() -> int:
    # The only way to read the mask is to set it; new files should be as open as the user's other files.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of ``path`` among all compiler-flow processes; wait for it at most ten seconds.

    The lock lives in the user's cache folder, so that no lock files lie about in a workspace.
    """
    from filelock import FileLock, Timeout
    from platformdirs import user_cache_path

    folder = user_cache_path("compiler-flow") / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:32]}.lock")
    try:
        with lock.acquire(timeout=_LOCK_SECONDS):
            yield
    except Timeout:
        raise FileError(
            _("Another compiler-flow command is writing this file."),
            path=path,
            hint=_("Try again in a moment."),
        ) from None
