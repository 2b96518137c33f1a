"""The data files say what they mean: a misspelt section or a lost full stop would do nothing, silently."""

import pytest

from compiler_flow.segment.language import Rule, known_languages, language_for, sections

WORDS = {"starters", "continues", "openings", "speech"}
SETTINGS = {"ordinal-dot", "capital-nouns", "year-first"}
LANGUAGES = known_languages()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_and_settings_are_known(lang):
    found = sections(lang)
    assert set(found) <= {*(rule.value for rule in Rule), *WORDS, "settings"}
    assert set(found.get("settings", ())) <= SETTINGS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_abbreviations_end_with_a_full_stop_and_words_do_not(lang):
    found = sections(lang)
    assert [entry for rule in Rule for entry in found.get(rule.value, ()) if not entry.endswith(".")] == []
    assert [word for name in WORDS for word in found.get(name, ()) if word.endswith(".")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_abbreviation_is_found_as_it_is_written(lang):
    abbreviations = language_for(lang).abbreviations
    found = sections(lang)
    assert {entry.replace(" ", "") for rule in Rule for entry in found.get(rule.value, ())} == set(abbreviations)


def test_a_tag_with_a_region_has_the_rules_of_its_language():
    assert language_for("pt-BR").known is False
    assert language_for("en-GB") is language_for("en-US")
