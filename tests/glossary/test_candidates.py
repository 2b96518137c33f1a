import csv
import functools
import io
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler_flow.checks.numbers.languages import several
from compiler_flow.glossary import Matcher, base_terms, candidates, naming_unknown, pairs, terms_csv, unknown_names
from compiler_flow.glossary.rows import COLUMNS
from compiler_flow.model import Catalog, Role, Spot, Term, TermKind, Unit

KNOWN = (Term("Estonia", "爱沙尼亚", TermKind.PLACE), Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON))


def catalog(*pairs, article="one", lang="en"):
    units = (
        Unit(f"{number}", source, target, references=(f"source.md:{number}",))
        for number, (source, target) in enumerate(pairs, start=1)
    )
    return Catalog(article, lang, units=tuple(units))


def found(*pairs, lang="en"):
    return {one.source: one for one in candidates([catalog(*pairs, lang=lang)], Matcher(KNOWN, lang))}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ru", "Об этом сказал министр Узбекистана Шавкат Хамраев.", ["Шавкат Хамраев"]),
        ("ru", "По словам вице-президента SOCAR Эльшада Насирова, газ пойдёт.", ["Эльшада Насирова"]),
        ("en", "Later OSCE Secretary General Feridun Sinirlioğlu spoke.", ["Feridun Sinirlioğlu"]),
        ("en", "Yesterday the Pevkur Foundation met.", ["Pevkur Foundation"]),
    ],
)
def test_a_name_behind_a_known_one_is_seen(language: str, text: str, names: list[str]) -> None:
    known = (Term("OSCE", "欧安组织"), Term("SOCAR", "阿国油"), Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON))
    matcher = Matcher((*known, *base_terms(language)), language)
    assert [text[start:end] for start, end in unknown_names(matcher, text, matcher.source(text))] == names


def test_names_inside_sentences_are_candidates_with_counts_and_places():
    one = found(
        ("The mayor met Kadri Simson in Narva.", ""),
        ("Later Kadri Simson left Narva.", ""),
        ("Weather was fine.", ""),
    )
    assert {name: candidate.count for name, candidate in one.items()} == {"Kadri Simson": 2, "Narva": 2}
    assert one["Narva"].places == ("source.md:1", "source.md:2")
    assert one["Narva"].articles == ("one",)


def test_what_the_glossary_knows_is_no_candidate():
    assert found(("Hanno Pevkur of Estonia spoke, and Pevkur left.", "")) == {}


def test_words_that_only_begin_sentences_are_no_candidates():
    assert found(("Farmers protested. Farmers left.", "")) == {}
    assert set(found(("In Narva they met.", ""))) == {"Narva"}


def test_titles_of_articles_are_passed_over():
    unit = Unit("1", "Leaders Meet In Big Hall", spot=Spot(Role.TITLE))
    assert candidates([Catalog("a", "en", units=(unit,))], Matcher(KNOWN, "en")) == ()


def test_names_run_over_small_words_only_inside():
    assert set(found(("He leads the Bank of Tartu and a shop.", ""))) == {"Bank of Tartu"}


def test_joined_names_are_two_and_demonyms_are_none():
    assert set(found(("They left Narva and Tartu with Estonian help.", ""))) == {"Narva", "Tartu"}
    assert set(found(("Between the Steppe and the Sea", ""))) == {"Steppe", "Sea"}


def test_possessives_and_abbreviations():
    assert set(found(("They praised Narva's port and the EKRE party.", ""))) == {"Narva", "EKRE"}


def test_renderings_come_from_the_pairs_in_translations():
    one = found(
        ("They met Kadri Simson.", "他们会见了卡德里·西姆松（Kadri Simson）。"),
        ("They met Kadri Simson.", "会见卡德丽·西姆松(Kadri Simson)"),
        ("They met Kadri Simson.", "总理卡德里·西姆松（Kadri Simson）"),
    )
    assert one["Kadri Simson"].renderings == ("卡德里·西姆松", "卡德丽·西姆松")
    assert one["Kadri Simson"].term().kind == TermKind.PERSON


def test_expressions_and_entries_are_no_pairs_but_names_that_hold_an_entry_are():
    source = "Hanno Pevkur of the Bank of Estonia praised the quiet corridor and *Kadri Simson*."
    target = (
        "汉诺·佩夫库尔（Hanno Pevkur）称赞静默走廊（quiet corridor），"
        "爱沙尼亚银行（Bank of Estonia）的**卡德里·西姆松**（Kadri Simson）"
    )
    known = Matcher(KNOWN, "en")
    assert list(pairs(catalog((source, target)), known.source)) == [
        ("Bank of Estonia", "爱沙尼亚银行"),
        ("Kadri Simson", "卡德里·西姆松"),
    ]


def test_scripts_without_capitals_go_by_the_pairs():
    assert list(found(("강경화 장관이 말했다.", "长官康京和（강경화）说"), lang="ko")) == ["강경화"]


def test_other_languages_are_another_matter():
    assert candidates([catalog(("He met Kadri Simson.", ""), lang="ru")], Matcher(KNOWN, "en")) == ()


def test_rows_are_ready_to_paste():
    one = found(("They met Kadri Simson (EKRE).", "卡德里·西姆松（Kadri Simson）"))
    rows = list(csv.DictReader(io.StringIO(terms_csv(each.term() for each in one.values()))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["source"]: (row["target"], row["kind"], row["lang"]) for row in rows} == {
        "Kadri Simson": ("卡德里·西姆松", "person", "en"),
        "EKRE": ("", "other", "en"),
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bundeskanzler Olaf Scholz sprach in Tallinn über die Sicherheit der Ostsee.", ["Olaf Scholz", "Tallinn"]),
        ("Nach Angaben der Polizei wurden auf der Autobahn drei Menschen verletzt.", []),
        ("Der Hafen von Klaipėda wird in Zukunft ausgebaut.", ["Klaipėda"]),
        ("Die Lokomotiven fahren für die Deutsche Bahn.", ["Deutsche Bahn"]),
    ],
)
def test_german_nouns_are_no_names(text, names):
    matcher = Matcher((), "de")
    assert [text[start:end] for start, end in unknown_names(matcher, text, matcher.source(text))] == names


def test_a_place_right_behind_a_known_person_is_a_name_of_its_own():
    tusk = Term("Donald Tusk", "唐纳德·图斯克", TermKind.PERSON)
    for language, text in (("lt", "susitiko su Donaldu Tusku Varšuvoje."), ("lv", "tikās ar Donaldu Tusku Ventspilī.")):
        matcher = Matcher((tusk,), language)
        (name,) = unknown_names(matcher, text, matcher.source(text))
        assert text[slice(*name)] in ("Varšuvoje", "Ventspilī")
    matcher = Matcher((tusk,), "en")
    text = "He works for the Donald Tusk Foundation."
    assert unknown_names(matcher, text, matcher.source(text)) == ()


_PARTS = several(
    "Monday February May of the Bank Novosti Hanno Pevkur Estonia said On In 9 President Minister McDonald eBay NATO A "
    "I “We Smith's Monday's Monday-Tuesday März élan É . , ; ( he: ‘ 'On"
)


@functools.cache
def _with_countries(lang):
    return Matcher((*KNOWN, *base_terms(lang)), lang)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(sorted(_PARTS)), max_size=8).map(" ".join), st.sampled_from(["en", "de", "et"]))
def test_the_first_look_at_a_source_overlooks_no_name(text, lang):
    matcher = _with_countries(lang)
    hits = matcher.source(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[unknown_names.__module__], "_may_name", lambda *_parts: True)
        thorough = unknown_names(matcher, text, hits)
    assert unknown_names(matcher, text, hits) == thorough


@settings(max_examples=500)
@given(
    st.lists(
        st.lists(st.sampled_from(sorted({*_PARTS, "\0", "\1", "of", "the", "ǅ", "Я", "Ａ", "D'or"})), max_size=8),
        max_size=4,
    ),
    st.sampled_from(["en", "de", "et", "ru"]),
)
@example([["On", "Monday", "the", "Bank"], ["Hanno Pevkur", "Monday", "Hanno Pevkur"], ["A.", "B"], []], "en")
def test_the_first_look_at_many_sources_overlooks_no_name(rows, lang):
    matcher = _with_countries(lang)
    texts = list(map(" ".join, rows))
    hits = list(map(matcher.source, texts))
    having = [number for number, text in enumerate(texts) if unknown_names(matcher, text, hits[number])]
    assert naming_unknown(matcher, texts, hits) == having


def test_every_capital_may_begin_a_name():
    module = sys.modules[naming_unknown.__module__]
    capitals = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isupper()]
    assert all(module._sure_capital().search(f"a{char}") for char in capitals)
