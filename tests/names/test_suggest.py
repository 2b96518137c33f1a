"""Whole names: parts, order, what goes before the tables, what is no name, and that nothing raises."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.names import GLOSSARY, USED, Known, is_personal, key, languages, suggest
from compiler_flow.names.guess import guesses, person_in
from compiler_flow.names.table import load
from compiler_flow.names.transcribe import readings
from compiler_flow.text import is_han


def best(name: str, **more: object) -> str:
    found = suggest(name, **more).proposals  # type: ignore[arg-type]
    return found[0].target if found else ""


@pytest.mark.parametrize(
    ("name", "language", "wanted"),
    [
        ("Władysław Kosiniak-Kamysz", "pl", "瓦迪斯瓦夫·科西尼亚克-卡梅什"),
        ("Ursula von der Leyen", "de", "乌尔苏拉·冯德莱恩"),
        ("Thomas de Maizière", "de", "托马斯·德"),
        ("Marine Le Pen", "fr", "玛丽娜·勒庞"),
        ("Luigi Di Maio", "it", "路易吉·迪马约"),
        ("J. D. Vance", "en", "J.D.万斯"),
        ("George W. Bush", "en", "乔治·W.布什"),
        ("Robert Kennedy Jr.", "en", "小罗伯特·肯尼迪"),
        ("Viktor Orbán", "hu", "欧尔班·维克托"),
        ("Orbán Viktor", "hu", "欧尔班·维克托"),
        ("Путин Владимир Владимирович", "ru", "弗拉基米尔·弗拉基米罗维奇·普京"),
        ("Levon Ter-Petrosyan", "hy", "列翁·捷尔-彼得罗相"),
        ("Jüri", "et", "于里"),
        ("Massimo D'Alema", "it", "马西莫·达莱马"),
        ("Massimo D’Alema", "it", "马西莫·达莱马"),
    ],
)
def test_parts(name: str, language: str, wanted: str) -> None:
    assert best(name, language=language).startswith(wanted)


def test_the_press_leaves_patronymics_out() -> None:
    targets = [one.target for one in suggest("Владимир Владимирович Путин", language="ru").proposals]
    assert "弗拉基米尔·普京" in targets[:2]


class TestWomen:
    def test_characters_for_women_stand_in_given_names(self) -> None:
        assert best("Maina Kask", language="et", woman=True).startswith("迈娜·")
        assert best("Maina Kask", language="et", woman=False).startswith("迈纳·")

    def test_and_at_the_end_of_surnames_that_have_a_form_for_women(self) -> None:
        assert best("Захарова", language="ru") == "扎哈罗娃"
        assert best("Ivanova", language="ru") == "伊万诺娃"
        assert best("Petra Kvitová", language="cs").endswith("托娃")

    def test_but_not_elsewhere_in_a_surname(self) -> None:
        assert best("Giorgia Marina", language="it", woman=True).endswith("马里纳")

    def test_the_given_name_tells(self) -> None:
        assert best("Мария Кузнецова", language="ru") == "玛丽亚·库兹涅佐娃"


class TestWhatGoesBeforeTheTables:
    def test_the_glossary(self) -> None:
        known = {key("Evika Siliņa"): Known("埃维卡·西利尼娅", GLOSSARY, "people.csv:3")}
        first, *others = suggest("Evika Siliņa", known=known).proposals
        assert (first.target, first.source) == ("埃维卡·西利尼娅", "glossary")
        assert "people.csv:3" in first.reason
        assert others, "the table's form is still shown"

    def test_a_relative_in_the_glossary(self) -> None:
        known = {key("Kallas"): Known("卡拉丝", GLOSSARY, "Kaja Kallas")}
        assert best("Kristina Kallas", language="et", known=known) == "克里斯蒂娜·卡拉丝"

    def test_what_was_used_before(self) -> None:
        found = suggest("Zofia Wilk", known={key("Zofia Wilk"): Known("佐菲亚·维尔克", USED, "2024/pl")}).proposals
        assert (found[0].target, found[0].source) == ("佐菲亚·维尔克", "used-before")

    def test_established_forms(self) -> None:
        assert suggest("Сергей", language="ru").proposals[0].source == "established"
        assert best("Trump", language="en") == "特朗普"
        assert best("Ursula von der Leyen") == "乌尔苏拉·冯德莱恩"

    def test_confidence_falls_from_the_best_on(self) -> None:
        for name in ("Egils Levits", "Robert Fico", "Мария Захарова", "Jane Fisher"):
            sure = [one.confidence for one in suggest(name).proposals]
            assert sure == sorted(sure, reverse=True)
            assert all(0 < one <= 1 for one in sure)


class TestWhichLanguage:
    @pytest.mark.parametrize(
        ("name", "language"),
        [
            ("Taavi Rõivas", "et"),
            ("Evika Siliņa", "lv"),
            ("Gitanas Nausėda", "lt"),
            ("Nicușor Dan", "ro"),
            ("Əli Əsədov", "az"),
            ("Irakli Kobakhidze", "ka"),
            ("Nikol Pashinyan", "hy"),
            ("Radosław Sikorski", "pl"),
            ("Kemal Kılıçdaroğlu", "tr"),
            ("Їжакевич", "uk"),
            ("ირაკლი კობახიძე", "ka"),
            ("Նիկոլ Փաշինյան", "hy"),
        ],
    )
    def test_letters_and_endings(self, name: str, language: str) -> None:
        assert guesses(name)[0].language == language

    def test_the_country_of_the_article(self) -> None:
        assert guesses("Hanno Ratas", country="EE", language="en")[0].language == "et"
        assert guesses("Ben Wallace", country="EE", language="en")[0].language == "en"

    def test_several_where_it_is_open(self) -> None:
        assert len(guesses("Martin Novak")) > 1

    def test_the_reason_says_how_it_was_guessed(self) -> None:
        assert "ņ" in suggest("Evika Siliņa").proposals[0].reason

    def test_a_language_without_table_is_answered_with_those_that_have_one(self) -> None:
        found = suggest("Magdalena Andersen", language="da")
        assert not found.proposals
        assert "lv" in found.note


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Kim Sung-hwan", {}),
        ("Yoon Mi Rae", {}),
        ("Lee Jung-hoon", {"country": "KR"}),
        ("Yoko Takahashi", {"country": "JP"}),
        ("石破茂", {"language": "ja"}),
        ("Nguyễn Phú Trọng", {}),
        ("Liu Jianguo", {"country": "CN"}),
        ("김정은", {}),
    ],
)
def test_names_that_have_characters_are_not_transcribed(name: str, more: dict[str, str]) -> None:
    found = suggest(name, **more)  # type: ignore[arg-type]
    assert not found.proposals
    assert found.characters
    assert "characters" in found.note


@pytest.mark.parametrize(("name", "wanted"), [("Kim Jong Un", "金正恩"), ("Shigeru Ishiba", "石破茂")])
def test_the_characters_of_statesmen_are_known(name: str, wanted: str) -> None:
    assert [one.target for one in suggest(name).proposals] == [wanted]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "no letters"),
        ("😀", "no letters"),
        ("Ann 😀", "😀"),
        ("12", "no letters"),
        ("A", "One letter"),
        ("Иванoв", "mixes"),
        ("x" * 300, "too long"),
        ("Ann " * 80, "too long"),
        ("Νίκος", "Greek"),
        ("Ann <b>", "<"),
        ("--", "no letters"),
    ],
)
def test_what_is_no_name_gets_a_clear_line(name: str, told: str) -> None:
    found = suggest(name)
    assert not found.proposals
    assert told in found.note


def test_many_parts_are_still_a_name() -> None:
    found = suggest("Ivan Anna " * 10 + "Ivanov", language="ru").proposals
    assert found[0].target.count("·") == 20


def test_a_particle_behind_initials() -> None:
    assert best("J. von Goethe", language="de") == "J.冯歌德"


def test_marks_that_turn_the_text_around_are_ignored() -> None:
    assert best("\u202eHanno\u202c Pevkur", language="et") == "汉诺·佩夫库尔"
    assert best(unicodedata.normalize("NFD", "Jüri Ratas"), language="et") == "于里·拉塔斯"


@pytest.mark.parametrize("name", ["Zofia Wilk", "Miriam Aldous", "Pevkur Siliņa", "Garibashvili"])
def test_persons(name: str) -> None:
    assert is_personal(name)


@pytest.mark.parametrize(
    "name", ["Ararat Valley Wire", "Energy Ministry", "Central Asian", "NATO", "Soviet", "Baltic Grid Journal", ""]
)
def test_no_persons(name: str) -> None:
    assert not is_personal(name)


LETTERS = {
    one: "".join(sorted({char for letters in load(one).edges for char in letters} - set("|"))) for one in languages()
}


@given(st.data())
def test_a_reading_has_characters_of_its_table_only_and_is_always_the_same(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(languages()))
    word = data.draw(st.text(LETTERS[language] + "qwxyzßłø", min_size=2, max_size=20))
    woman = data.draw(st.booleans())
    found = readings(word, language, woman=woman)
    assert all(set(one.text) <= load(language).characters for one in found)
    assert all(one.text for one in found)
    readings.cache_clear()
    assert readings(word, language, woman=woman) == found
    assert [one.cost for one in found] == sorted(one.cost for one in found)


@given(st.text(max_size=60), st.sampled_from(["", *languages()]))
def test_nothing_raises_and_there_are_proposals_or_a_note(name: str, language: str) -> None:
    found = suggest(name, language=language)
    assert bool(found.proposals) != bool(found.note)
    assert all(one.target and one.reason for one in found.proposals)


@given(st.sampled_from(languages()), st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=15))
def test_any_latin_word_is_read_in_any_language(language: str, word: str) -> None:
    found = suggest(word, language=language)
    assert found.proposals
    assert all(all(is_han(char) for char in one.target) for one in found.proposals)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("President Ilham Aliyev", "Ilham Aliyev"),
        ("Armenian Prime Minister Nikol Pashinyan", "Nikol Pashinyan"),
        ("President of Latvia Edgars Rinkēvičs", "Edgars Rinkēvičs"),
        ("Foreign Minister of the Czech Republic Jan Lipavský", "Jan Lipavský"),
        ("President of Bosnia and Herzegovina Denis Bećirović", "Denis Bećirović"),
        ("Bank of Latvia", "Bank of Latvia"),
        ("President of St Petersburg", "of St Petersburg"),
        ("Governor of Riga Jānis Bērziņš", "of Riga Jānis Bērziņš"),
    ],
)
def test_offices_are_no_part_of_a_name(name: str, person: str) -> None:
    assert person_in(name) == person
