"""Names of countries, languages and currencies from CLDR (Unicode License V3), without waiting for Babel.

The languages that the checks read have their names here as JSON, written by ``tools/cldr.py`` from Babel: every command
asks for some, and Babel takes a tenth of a second to load. All other languages are asked of Babel.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Names:
    """What one language calls things, by code: ISO 3166 and UN M.49, ISO 639, ISO 4217. In CLDR's order."""

    territories: Mapping[str, str]
    languages: Mapping[str, str]
    currencies: Mapping[str, str]


@functools.lru_cache(maxsize=32)
def names(tag: str) -> Names | None:
    """The names in the language of a BCP 47 tag or gettext locale; ``None`` for one that CLDR does not know.

    ``zh`` is written in simplified characters, as in mainland China.
    """
    file = FOLDER / f"{tag}.json"
    if tag.isalpha() and file.is_file():
        return Names(**json.loads(file.read_text(encoding="utf-8"))["names"])
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag.replace("-", "_"), sep="_")
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    return Names(dict(locale.territories), dict(locale.languages), dict(locale.currencies))
