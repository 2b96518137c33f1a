from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prefill_parts import Finder, catalog

from compiler_flow.checks import numbers
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.glossary import Matcher
from compiler_flow.memory import Memory
from compiler_flow.model import Match, OriginKind, State, Term, TermKind, Unit
from compiler_flow.prefill import prefill, repair
from compiler_flow.prefill.figures import rewritten
from compiler_flow.prefill.repair import best, repaired

TERMS = (
    Term("Tallinn", "塔林", TermKind.PLACE),
    Term("Riga", "里加", TermKind.PLACE),
    Term("Gulf of Riga", "里加湾", TermKind.PLACE),
    Term("Bay of Tallinn", "塔林湾", TermKind.PLACE),
    Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON),
    Term("Baiba Braže", "拜巴·布拉热", TermKind.PERSON),
    Term("NATO", "北约", TermKind.ORGANIZATION),
)
FINDER = Finder(*TERMS)


@pytest.mark.parametrize(
    ("known", "translation", "asked", "wanted"),
    [
        ("The ferry leaves Tallinn at noon.", "渡轮中午驶离塔林。",
         "The ferry leaves Riga at noon.", "渡轮中午驶离里加。"),
        ("They signed 12 agreements.", "双方签署12份协议。", "They signed 15 agreements.", "双方签署15份协议。"),
        ("They signed 12 agreements.", "双方签署12份协议。", "They signed fifteen agreements.", "双方签署15份协议。"),
        ("It cost 2.5 million euros.", "耗资250万欧元。", "It cost 3.2 million euros.", "耗资320万欧元。"),
        ("It cost 2.5 million euros.", "耗资250万欧元。", "It cost 1.25 billion euros.", "耗资12.5亿欧元。"),
        ("It cost 250 million euros.", "耗资2.5亿欧元。", "It cost 3 million euros.", "耗资300万欧元。"),
        ("It cost 2 million euros.", "耗资200万欧元。", "It cost 800,000 euros.", "耗资80万欧元。"),
        ("The fund holds $3.2 billion.", "该基金持有32亿美元。",
         "The fund holds $950 million.", "该基金持有9.5亿美元。"),
        ("Some 12,345 people came.", "约有12345人到场。", "Some 67,890 people came.", "约有67890人到场。"),
        ("Some 12,345 people came.", "约有12,345人到场。", "Some 1,067,890 people came.", "约有1,067,890人到场。"),
        ("Prices rose by 5 percent.", "物价上涨5%。", "Prices rose by 7.5 percent.", "物价上涨7.5%。"),
        ("Rates rose by 2 percentage points.", "利率上升2个百分点。", "Rates rose by 3 percentage points.",
         "利率上升3个百分点。"),
        ("The vote is on October 23.", "投票于10月23日举行。", "The vote is on November 5.", "投票于11月5日举行。"),
        ("It opened in 2019.", "该馆于2019年开放。", "It opened in 2024.", "该馆于2024年开放。"),
        ("Three ministers resigned.", "三名部长辞职。", "Two ministers resigned.", "两名部长辞职。"),
        ("Three ministers resigned.", "三名部长辞职。", "Twelve ministers resigned.", "十二名部长辞职。"),
        ("Two-thirds of voters agree.", "三分之二的选民赞成。",
         "Three-quarters of voters agree.", "四分之三的选民赞成。"),
        ("COP29 opens today.", "COP29今日开幕。", "COP30 opens today.", "COP30今日开幕。"),
        ("It is an 8-day visit.", "访问为期8天。", "It is a 12-day visit.", "访问为期12天。"),
        ("They flew from Tallinn to Riga.", "他们从塔林飞往里加。",
         "They flew from Riga to Tallinn.", "他们从里加飞往塔林。"),
        ("Ice covers the Gulf of Riga near Riga.", "里加附近的里加湾已结冰。",
         "Ice covers the Bay of Tallinn near Tallinn.", "塔林附近的塔林湾已结冰。"),
        ("Hanno Pevkur met reporters.", "汉诺·佩夫库尔（Hanno Pevkur）会见记者。", "Baiba Braže met reporters.",
         "拜巴·布拉热（Baiba Braže）会见记者。"),
        ("Pevkur met reporters.", "佩夫库尔会见记者。", "Braže met reporters.", "布拉热会见记者。"),
        ("Riga is calm, Riga says.", "里加称，里加一切平静。",
         "Tallinn is calm, Tallinn says.", "塔林称，塔林一切平静。"),
        ("In **Tallinn** 12 people voted.", "**塔林**有12人投票。",
         "In **Riga** 40 people voted.", "**里加**有40人投票。"),
    ],
)  # fmt: skip
def test_what_differs_in_names_and_numbers_is_mended(known: str, translation: str, asked: str, wanted: str) -> None:
    mended = repaired(Match(known, translation, 90, "old"), asked, "en", FINDER)
    assert mended is not None
    assert mended.target == wanted
    assert (mended.score, mended.article, mended.source) == (90, "old", known)
    assert mended.note.startswith("已按原文改：")
    assert not numbers.compare(asked, "en", mended.target)


@pytest.mark.parametrize(
    ("known", "translation", "asked"),
    [
        # Other words differ as well.
        ("They signed 12 agreements.", "双方签署12份协议。", "They broke 15 agreements."),
        ("The ferry leaves Tallinn.", "渡轮驶离塔林。", "The ferry leaves Ventspils."),
        # What differs is not in the translation, or stands there twice, or as something else.
        ("They signed 12 agreements.", "双方签署多份协议。", "They signed 15 agreements."),
        ("They signed 12 agreements.", "12日，双方签署12份协议。", "They signed 15 agreements."),
        ("The ferry leaves Tallinn.", "渡轮驶离首都。", "The ferry leaves Riga."),
        ("The ferry leaves Riga.", "渡轮驶离里加，前往里加港。", "The ferry leaves Tallinn."),
        # One name would become two.
        ("Riga is calm, Riga says.", "里加称，里加一切平静。", "Riga is calm, Tallinn says."),
        # A person is no place, an amount is no share, a rise no fall.
        ("Riga said no.", "里加说不。", "Pevkur said no."),
        ("They paid 12 of it.", "他们付了其中的12。", "They paid 12% of it."),
        # The old translation was wrong already.
        ("They signed 12 deals in Riga.", "双方在里加签署21份协议。", "They signed 12 deals in Tallinn."),
        # An address stays what it is.
        ("See https://a.example/12 now.", "见https://a.example/12。", "See https://a.example/15 now."),
        # One number of the translation could be two of the source.
        ("The 12th of 12 deals was signed.", "12份协议中的最后一份已签署。", "The 12th of 15 deals was signed."),
        # The same text.
        ("They signed 12 agreements.", "双方签署12份协议。", "They signed 12 agreements."),
    ],
)  # fmt: skip
def test_what_cannot_be_mended_surely_is_left_alone(known: str, translation: str, asked: str) -> None:
    assert repaired(Match(known, translation, 90), asked, "en", FINDER) is None


def test_what_was_mended_is_read_again_before_it_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    match = Match("They signed 12 agreements.", "双方签署12份协议。", 90)
    assert repaired(match, "They signed 15 agreements.", "en", FINDER)
    monkeypatch.setattr(repair, "rewritten", lambda *_arguments: "51")
    assert repaired(match, "They signed 15 agreements.", "en", FINDER) is None


def test_a_name_that_the_match_lacks_already_stays_in_the_note() -> None:
    match = Match("NATO sent 12 ships.", "该组织派出12艘船。", 90)
    mended = repaired(match, "NATO sent 15 ships.", "en", FINDER)
    assert mended is not None
    assert (mended.target, mended.note) == ("该组织派出15艘船。", "已按原文改：12 → 15；术语未用：NATO → 北约")


def test_an_address_is_not_counted() -> None:
    match = Match("See https://a.example/12 for 12 rules.", "12条规则见https://a.example/12。", 90)
    mended = repaired(match, "See https://a.example/12 for 15 rules.", "en", FINDER)
    assert mended is None or mended.target == "15条规则见https://a.example/12。"


def test_the_real_matcher_mends_inflected_names() -> None:
    terms = (Term("Рига", "里加", TermKind.PLACE, "ru"), Term("Таллин", "塔林", TermKind.PLACE, "ru"))
    match = Match("Министр прибыл в Ригу 12 мая.", "部长5月12日抵达里加。", 90)
    mended = repaired(match, "Министр прибыл в Таллин 15 мая.", "ru", Matcher(terms, "ru"))
    assert mended is not None
    assert mended.target == "部长5月15日抵达塔林。"


def test_of_several_matches_the_one_that_can_be_mended_is_proposed() -> None:
    close = Match("They sign 12 agreements.", "双方正在签署12份协议。", 95)
    other = Match("They signed 11 agreements.", "双方签署11份协议。", 94)
    found = best([close, other], "They signed 12 agreements.", "en", FINDER)
    assert found is not None
    assert found.target == "双方签署12份协议。"


def test_a_match_with_faults_says_which() -> None:
    close = Match("They signed 12 agreements in Riga.", "双方在里加签署12份协议。", 80)
    found = best([close], "They broke 15 agreements in Tallinn.", "en", FINDER)
    assert found is not None
    assert found.target == close.target
    assert found.note == "数字不同：15；术语未用：Tallinn → 塔林"


def test_a_mended_match_stays_a_draft_and_says_so(tmp_path) -> None:
    with Memory(tmp_path / "memory.sqlite") as memory:
        taught = catalog(Unit("a", "The ferry left Tallinn with 12 people.", "渡轮载着12人驶离塔林。"), article="old")
        memory.learn(taught, at="2024-10-31")
        filled = prefill(catalog("The ferry left Riga with 340 people."), memory=memory, matcher=FINDER)
    (unit,) = filled.units
    assert (unit.target, unit.state) == ("渡轮载着340人驶离里加。", State.DRAFT)
    assert unit.origin is not None
    assert (unit.origin.kind, unit.origin.by) == (OriginKind.MEMORY, "old")
    assert unit.origin.note == "已按原文改：12 → 340、塔林 → 里加"


def quantity(value: float, kind: Kind = Kind.NUMBER) -> Quantity:
    return Quantity((exactly(kind, value),), 0, 1)


@settings(deadline=None)
@given(
    st.sampled_from(["12", "250万", "3.2亿", "1,200", "三", "十二"]),
    st.one_of(st.integers(1, 10**11), st.integers(1, 10**6).map(lambda number: number / 10)),
    st.sampled_from(["5", "5 million"]),
)
def test_what_is_written_is_read_as_the_same_number(standing: str, value: float, spelling: str) -> None:
    text = rewritten(standing, quantity(value), spelling)
    assert text is not None
    (read,) = numbers.read_target(f"共{text}人")
    assert read.value == pytest.approx(value, rel=1e-9)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_text_raises(known: str, translation: str, asked: str) -> None:
    repaired(Match(known, translation, 80), asked, "en", FINDER)
