"""Which characters a font has: its ``cmap`` table (OpenType 1.9, formats 4 and 12), and nothing else of it."""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterator
from pathlib import Path

from compiler_flow.errors import FileError, FormatError
from compiler_flow.i18n import gettext as _


@functools.cache
def covered(path: Path) -> frozenset[int]:
    """The code points that the OpenType font (or the first of the collection) at ``path`` has a glyph for.

    Raises ``FileError`` or ``FormatError``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(_("The font cannot be read: {why}.").format(why=error.strerror), path=path) from error
    try:
        return frozenset(_code_points(data))
    except (struct.error, IndexError) as error:
        raise FormatError(_("This is no OpenType font."), path=path) from error


def _code_points(data: bytes) -> Iterator[int]:
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for number in range(tables):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"cmap":
            yield from _cmap(data, offset)


def _cmap(data: bytes, cmap: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if form == 4:
            yield from _segments(data, cmap + offset)
        elif form == 12:
            yield from _groups(data, cmap + offset)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Format 4: the basic plane in segments; a character whose glyph is 0 is missing."""
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if ranges[number]:
                (glyph,) = struct.unpack_from(">H", data, ranges_at + 2 * number + ranges[number] + 2 * (code - first))
                if not glyph:
                    continue
            if (glyph + deltas[number]) & 0xFFFF:
                yield code


def _groups(data: bytes, at: int) -> Iterator[int]:
    """Format 12: all planes in groups."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield from range(first if glyph else first + 1, last + 1)
