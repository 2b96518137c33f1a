"""Countries: their Chinese names (CLDR) and the order in which a number lists them (ISO 3166-1 English short names).

Codes are ISO 3166-1 alpha-2, as in an article's metadata. The order by English short name is the one the bulletins
use: 朝鲜 (Korea, Democratic People's Republic of) and 韩国 (Korea, Republic of) stand between 爱沙尼亚 and 拉脱维亚.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable

from compiler_flow import cldr
from compiler_flow.model import Term

# CLDR's macro, test and unknown regions; EU and UN stay, because bulletins have sections for them.
_NOT_COUNTRIES = frozenset({"EZ", "QO", "XA", "XB", "ZZ"})


def is_known(code: str) -> bool:
    """Whether ``code`` names a country or territory; ``XK`` (Kosovo, user-assigned in ISO 3166-1) does."""
    return len(code) == 2 and code.upper() in _territories("en")


def code_of(name: str) -> str:
    """The code of a country by its code or its name in English or Chinese; empty for what names none."""
    wanted = name.strip().casefold()
    if is_known(wanted):
        return wanted.upper()
    for locale in ("en", "zh_Hans_CN"):
        for code, known in _territories(locale).items():
            if known.casefold() == wanted and len(code) == 2:
                return code
    return _iso_names().get(wanted, "")


@functools.cache
def _iso_names() -> dict[str, str]:
    """Code by English name of ISO 3166-1, short, common or official (Czech Republic), case folded."""
    import pycountry

    return {
        name.casefold(): country.alpha_2
        for kind in ("official_name", "common_name", "name")
        for country in pycountry.countries
        if (name := getattr(country, kind, ""))
    }


def short_name(code: str) -> str:
    """The English short name of ISO 3166-1, or CLDR's where ISO has none."""
    import pycountry

    country = pycountry.countries.get(alpha_2=code.upper())
    return str(country.name) if country else _territories("en").get(code.upper(), code)


def order_key(code: str) -> str:
    """What to sort countries by: the short name without case and diacritics (Türkiye between Tunisia and Uganda)."""
    decomposed = unicodedata.normalize("NFKD", short_name(code))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


# GB 2312 lists its first 3755 characters by pinyin. These few in the names of countries are beyond, or read in another
# way there (秘鲁 is Bìlǔ): a character with the same sound stands in.
_SOUNDS = str.maketrans("斐瑙汶梵珀秘", "匪脑问饭破毕")


def pinyin_key(name: str) -> str:
    """What to sort Chinese names of countries by for the order of pinyin."""
    return name.translate(_SOUNDS).encode("gb18030", "replace").hex()


def chinese_name(code: str, terms: Iterable[Term] = ()) -> str:
    """The house glossary's name of the country, else CLDR's for mainland China; the code itself if it is unknown."""
    wanted = {_territories("en").get(code.upper(), ""), short_name(code)} - {""}
    for term in terms:
        if term.source in wanted or wanted.intersection(term.aliases):
            return term.target
    return _territories("zh").get(code.upper(), code)


@functools.cache
def _territories(language: str) -> dict[str, str]:
    known = cldr.names(language)
    return {code: name for code, name in known.territories.items() if code not in _NOT_COUNTRIES} if known else {}
