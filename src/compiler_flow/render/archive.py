"""Zip files with the same bytes on every machine and every day: e-books and Word files are zips."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

# The earliest day that a zip can name: its entries have no date of their own.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644


def pack(files: Iterable[tuple[str, bytes]], *, stored: str = "") -> bytes:
    """A zip of (name, content) in the order given; the file called ``stored`` is not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE << 16
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return made.getvalue()


def repack(data: bytes) -> bytes:
    """The zip ``data`` with the same files and no dates."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack([(entry.filename, archive.read(entry)) for entry in archive.infolist()])
