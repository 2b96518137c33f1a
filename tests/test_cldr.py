"""The names that are kept of CLDR are those that Babel has, and all others still come from Babel."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.core import get_cldr_version

import cldr as tool
from compiler_flow import cldr
from compiler_flow.checks.numbers.languages import language


@pytest.mark.parametrize("tag", tool.LOCALES)
def test_the_kept_names_are_babels(tag: str) -> None:
    kept = (cldr.FOLDER / f"{tag}.json").read_text(encoding="utf-8")
    if f'"cldr": "{get_cldr_version()}"' in kept:
        assert kept == tool.text_of(tag), "run tools/cldr.py"
    found = cldr.names(tag)
    assert found is not None
    assert found.territories["EE"] == Locale.parse(tool.LOCALES[tag]).territories["EE"]


def test_every_language_whose_numbers_are_read_is_kept() -> None:
    for tag in tool.LOCALES:
        assert tag in ("ko", "zh") or language(tag).known
    assert {path.stem for path in cldr.FOLDER.glob("*.json")} == set(tool.LOCALES)


def test_other_languages_come_from_babel() -> None:
    finnish = cldr.names("fi")
    assert finnish is not None
    assert finnish.territories["EE"] == "Viro"
    british = cldr.names("en-GB")
    assert british is not None
    assert british.territories["EE"] == "Estonia"
    assert cldr.names("qqq") is None
    assert cldr.names("../en") is None
