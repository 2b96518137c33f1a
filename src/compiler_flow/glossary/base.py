"""The base layer: country, language and currency names from CLDR (through Babel), below every house glossary.

Only what cannot raise false alarms comes in:

* countries and the unions CLDR names (EU, UN), with the further names of ``base.toml``; continents and regions stay
  out, because Chinese shortens them at will (欧, 亚, 中东欧);
* languages only together with the word for it (``Kazakh language``): the bare name is mostly an adjective;
* currencies only by names of several words (``US dollar``, ``казахстанский тенге``), each with the Chinese name that
  leaves the country out (坚戈).

CLDR names that are only used in tables (``Congo - Kinshasa``, ``Myanmar (Burma)``) are replaced by those of the file.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from compiler_flow import cldr
from compiler_flow.model import Term, TermKind
from compiler_flow.text import base_language, lazy_pattern

_ORGANIZATIONS = frozenset({"EU", "UN"})
# Names for tables, of older currencies, and of funds and metals.
_TABULAR = lazy_pattern(r"[()\d/]| - |SAR ")


@functools.lru_cache(maxsize=32)
def base_terms(language: str) -> tuple[Term, ...]:
    """The base layer for articles in ``language`` (BCP 47); empty for languages that CLDR does not know.

    Every entry has ``base`` set and names the language.
    """
    lang = base_language(language)
    source, chinese = cldr.names(language) or cldr.names(lang), cldr.names("zh")
    if source is None or chinese is None or lang == "zh":
        return ()
    data = tomllib.loads((files("compiler_flow.glossary") / "base.toml").read_text(encoding="utf-8"))
    terms = (
        *_territories(source.territories, chinese.territories, data, lang),
        *_languages(source.languages, chinese.languages, data, lang),
        *_currencies(source.currencies, chinese.currencies, chinese.territories, lang),
    )
    return tuple({term.source: term for term in reversed(terms)}.values())[::-1]


def _territories(
    names: Mapping[str, str], chinese: Mapping[str, str], data: Mapping[str, Any], lang: str
) -> Iterator[Term]:
    leave = frozenset(data["leave"].split())
    further = data["names"].get(lang, {})
    for code in sorted(names):
        if len(code) != 2 or code in leave or code not in chinese:
            continue
        target = {"HK": "香港", "MO": "澳门"}.get(code, chinese[code])
        forms = [names[code], names[code].replace(" & ", " and "), *further.get(code, "").split("|")]
        forms = [form for form in dict.fromkeys(forms) if form and not _TABULAR.search(form)]
        if forms:
            yield Term(
                forms[0],
                target,
                TermKind.ORGANIZATION if code in _ORGANIZATIONS else TermKind.PLACE,
                lang,
                aliases=tuple(forms[1:]),
                accept=tuple(data["accept"].get(code, "").split()),
                base=True,
            )
    for name, target in data["masks"].get(lang, {}).items():
        yield Term(name, target, TermKind.OTHER, lang, base=True)


def _languages(
    names: Mapping[str, str], chinese: Mapping[str, str], data: Mapping[str, Any], lang: str
) -> Iterator[Term]:
    pattern = data["tongues"].get(lang)
    if pattern is None:
        return
    for code in sorted(names):
        if code.isalpha() and code in chinese and not _TABULAR.search(names[code] + chinese[code]):
            yield Term(pattern.format(names[code]), chinese[code], TermKind.OTHER, lang, base=True)


def _currencies(
    names: Mapping[str, str], chinese: Mapping[str, str], countries: Mapping[str, str], lang: str
) -> Iterator[Term]:
    # Codes that begin with X are metals, funds and tests (ISO 4217).
    for code in sorted(names):
        name, target = names[code], chinese.get(code, "")
        if code.startswith("X") or not target or " " not in name or _TABULAR.search(name + target):
            continue
        if lang == "en":
            # CLDR writes titles, articles write "US dollar" and "Kazakhstani tenge".
            first, _space, rest = name.partition(" ")
            name = " ".join([first, *(word if word.isupper() else word.lower() for word in rest.split())])
        short = next((target[len(country) :] for country in countries.values() if target.startswith(country)), "")
        accept = {"CNY": ("元", "人民币元"), "USD": ("美金",)}.get(code, ())
        yield Term(name, target, TermKind.OTHER, lang, accept=(*accept, short) if len(short) > 1 else accept, base=True)
