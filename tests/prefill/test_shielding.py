"""Names, addresses and markup around a real model and around engines that misbehave."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prefill_parts import Finder, Scripted, catalog, heldout
from translation_server import serving

from compiler_flow import inline
from compiler_flow.engines import EngineSettings, load
from compiler_flow.engines.argos import ArgosEngine
from compiler_flow.memory import Memory
from compiler_flow.model import Catalog, Role, Spot, Term, TermKind, Unit
from compiler_flow.prefill import prefill
from compiler_flow.prefill.drafts import _put_back, _Spot
from compiler_flow.prefill.markup import compose, strip
from compiler_flow.prefill.standins import StandIn, calibrate

# Names that the tiny models do not know; what becomes of them without a glossary is anybody's guess.
PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON, first="-", aliases=("Ханно Певкур",))
NARVA = Term("Narva", "纳尔瓦", TermKind.PLACE)
LEAGUE = Term("Defence League", "国防联盟", TermKind.ORGANIZATION)
NAMES = (
    ("Hanno Pevkur", "汉诺·佩夫库尔"),
    ("Edgars Rinkevics", "埃德加斯·林克维奇"),
    ("Gitanas Nauseda", "吉塔纳斯·瑙塞达"),
)


def test_names_come_out_in_their_agreed_form(argos: ArgosEngine) -> None:
    sentences = [
        frame.format(name=name[0])
        for name in NAMES
        for frame in (
            "{name} arrived in Beijing on Monday.",
            "According to {name}, the talks between Australia and Iran ended without result this month.",
            "Hungarian Defence Minister {name} will visit Japan next year.",
            "{name} gave an interview to CNN on Friday.",
            "{name} was elected prime minister of Moldova in September.",
            "The Transport Ministry plans to spend 4.1 billion dollars on tourism, {name} said.",
            "{name} noted that Vietnam became a member of the WHO in 2019.",
            "{name}: Georgia ready for talks with Norway",
        )
    ]
    wanted = [name[1] for name in NAMES for _frame in range(8)]
    finder = Finder(*(Term(name[0], name[1], TermKind.PERSON, first="-") for name in NAMES))
    right = {}
    for label, matcher in (("plain", None), ("glossary", finder)):
        filled = prefill(catalog(*sentences), engine=argos, matcher=matcher)
        right[label] = sum(text in unit.target for text, unit in zip(wanted, filled.units, strict=True))
    assert right["plain"] <= 2
    assert right["glossary"] >= 23, right


def test_an_engine_that_is_asked_in_words_is_told_the_names() -> None:
    with serving() as server:
        engine = load("openai-compatible", EngineSettings(options=(("address", f"{server.url}/v1"),)))
        server.said = ['{"1": "汉诺·佩夫库尔来了。", "2": "没有人来。"}']
        filled = prefill(catalog("Hanno Pevkur came.", "Nobody came."), engine=engine, matcher=Finder(PEVKUR))
        (question,) = server.bodies("/v1/chat/completions")
    assert [unit.target for unit in filled.units] == ["汉诺·佩夫库尔来了。", "没有人来。"]
    assert "Hanno Pevkur → 汉诺·佩夫库尔" in question["messages"][0]["content"]


def test_no_stand_in_ever_stays_behind(argos: ArgosEngine) -> None:
    stand_ins = [stand_in for _kind, names in calibrate(argos, "en", "zh-CN").kinds for stand_in in names]
    assert len(stand_ins) >= 10
    finder = Finder(PEVKUR, NARVA, LEAGUE)
    sentences = [
        "Hanno Pevkur arrived in Narva on Monday.",
        "According to the Defence League, Pevkur will not visit Narva.",
        "Narva, Narva and Narva discussed Hanno Pevkur and the Defence League in Narva.",
    ]
    for unit in prefill(catalog(*sentences), engine=argos, matcher=finder).units:
        assert not [stand_in for stand_in in stand_ins if stand_in.rendering in unit.target], unit.target


def test_a_name_goes_through_two_models(argos: ArgosEngine) -> None:
    finder = Finder(PEVKUR)
    given_catalog = catalog("Ханно Певкур прибыл в Пекин в понедельник.", language="ru")
    (unit,) = prefill(given_catalog, engine=argos, matcher=finder).units
    assert unit.target == "汉诺·佩夫库尔周一抵达北京。"
    assert unit.origin.model == "translate-ru_en 0.1 + translate-en_zh 0.1"


def test_held_out_sentences_are_not_made_worse_by_a_glossary(argos: ArgosEngine) -> None:
    """Terms that the model knows anyway must not cost a sentence."""
    terms = [
        Term("Vietnam", "越南", TermKind.PLACE),
        Term("Georgia", "格鲁吉亚", TermKind.PLACE),
        Term("Iran", "伊朗", TermKind.PLACE),
    ]
    exact = {}
    for label, matcher in (("plain", None), ("glossary", Finder(*terms))):
        units = prefill(catalog(*heldout("en")), engine=argos, matcher=matcher).units
        exact[label] = sum(unit.target == wanted for unit, wanted in zip(units, heldout("zh"), strict=True))
    assert exact["glossary"] >= exact["plain"] >= 50


def test_a_stand_in_that_is_lost_leaves_the_plain_draft_with_a_note() -> None:
    class Forgetful(Scripted):
        """Renders stand-ins when tried, and loses them in a long sentence."""

        def translate(self, texts, source, target, *, on_draft=None):
            return ["有人来到这里。" if "yesterday" in text else text for text in texts]

    (unit,) = prefill(
        catalog("Hanno Pevkur came here yesterday."), engine=Forgetful(version="lossy"), matcher=Finder(PEVKUR)
    ).units
    assert unit.target == "有人来到这里。"
    assert unit.origin.note == "术语未用：Hanno Pevkur → 汉诺·佩夫库尔"


def test_a_stand_in_that_comes_twice_is_thrown_away() -> None:
    class Stammering(Scripted):
        def translate(self, texts, source, target, *, on_draft=None):
            names = [name for _kind, names in STAND_INS for name in names]
            drafts = []
            for text in texts:
                name = next((name for name in names if name in text), "某人")
                drafts.append(f"{name}说，{name}来了。" if "yesterday" in text else text)
            return drafts

    STAND_INS = [  # noqa: N806
        (kind, [stand_in.name for stand_in in found])
        for kind, found in calibrate(Scripted(version="names"), "en", "zh-CN").kinds
    ]
    (unit,) = prefill(
        catalog("Hanno Pevkur came yesterday."), engine=Stammering(version="stammer"), matcher=Finder(PEVKUR)
    ).units
    assert unit.target == "某人说，某人来了。"


def test_a_stand_in_of_which_a_part_stays_behind_is_thrown_away() -> None:
    stand_in = StandIn("Vladimir Putin", "弗拉基米尔·普京", 1.0)
    carriers = [(stand_in, (_Spot(0, 12, TermKind.PERSON, "汉诺·佩夫库尔"),))]
    assert _put_back("弗拉基米尔·普京来了。", carriers) == ("汉诺·佩夫库尔来了。", [])
    assert _put_back("弗拉基米尔·普京来了，普京说。", carriers) is None


def test_a_name_that_the_model_copies_is_put_right_in_place() -> None:
    engine = Scripted({"Hanno Pevkur came.": "Hanno Pevkur来了。"}, version="copy")
    (unit,) = prefill(catalog("Hanno Pevkur came."), engine=engine, matcher=Finder(PEVKUR)).units
    assert unit.target == "汉诺·佩夫库尔来了。"
    assert len(engine.calls) == 1


def test_a_surname_alone_becomes_a_surname() -> None:
    engine = Scripted({"Pevkur came.": "Pevkur来了。"}, version="copy")
    assert prefill(catalog("Pevkur came."), engine=engine, matcher=Finder(PEVKUR)).units[0].target == "佩夫库尔来了。"


def test_the_original_stands_at_the_first_mention_in_the_body() -> None:
    term = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
    said = {f"Hanno Pevkur came{mark}": f"汉诺·佩夫库尔来了{mark}" for mark in ("", ".", "!", "?")}
    title = Unit("t", "Hanno Pevkur came", spot=Spot(Role.TITLE))
    done = Unit("d", "Nobody came.", "没有人来。", spot=Spot())
    filled = prefill(
        catalog(title, done, "Hanno Pevkur came.", "Hanno Pevkur came!"), engine=Scripted(said), matcher=Finder(term)
    )
    assert [unit.target for unit in filled.units] == [
        "汉诺·佩夫库尔来了", "没有人来。", "汉诺·佩夫库尔（Hanno Pevkur）来了.", "汉诺·佩夫库尔来了!",
    ]  # fmt: skip
    human = Unit("h", "Hanno Pevkur came?", "佩夫库尔来了吗？", spot=Spot())
    later = prefill(catalog(human, "Hanno Pevkur came."), engine=Scripted(said), matcher=Finder(term))
    assert later.units[1].target == "汉诺·佩夫库尔来了.", "a person mentioned him before"
    assert later.units[0] == human


def test_marks_around_the_whole_stay(argos: ArgosEngine) -> None:
    assert prefill(catalog("**Economy**"), engine=argos).units[0].target == "**经济**"


def test_an_address_comes_back_letter_by_letter(argos: ArgosEngine) -> None:
    address = "https://news.example.org/a_b/?q=1"
    sentences = [
        f"According to {address}, the talks between Australia and Iran ended without result.",
        f"The talks focused on {address}.",
        "The delegation of press_office@example.org arrived in Astana.",
        "Send `x_y` to <https://example.org/z>!",
    ]
    drafts = [inline.plain(unit.target) for unit in prefill(catalog(*sentences), engine=argos).units]
    assert all(address in draft for draft in drafts[:2])
    assert "press_office@example.org" in drafts[2]
    assert "x_y" in drafts[3]
    assert "https://example.org/z" in drafts[3]


def test_links_and_emphasis_are_found_again(argos: ArgosEngine) -> None:
    given_catalog = catalog("The delegation of [Narva](https://e.ee/a_b) arrived in *Astana*.")
    (unit,) = prefill(given_catalog, engine=argos, matcher=Finder(NARVA)).units
    assert unit.target == "[纳尔瓦](https://e.ee/a_b)代表团抵达*阿斯塔纳*。"


def test_a_mark_that_cannot_be_placed_is_in_the_note() -> None:
    engine = Scripted({"The old man came.": "老人来了。", "old": "旧的"})
    (unit,) = prefill(catalog("The **old** man came."), engine=engine).units
    assert (unit.target, unit.origin.note) == ("老人来了。", "格式待补：**old**")


@given(st.text(alphabet="ab *_`[]()<>\\&.:/h@中，", max_size=30) | st.text(max_size=20))
def test_taking_markup_off_and_putting_it_on_shows_the_same(text: str) -> None:
    sentence = strip(text)
    assert sentence.text == inline.plain(text)
    assert inline.plain(compose(sentence.text, sentence.regions, sentence)) == sentence.text


def test_the_whole_job_opens_no_socket(argos: ArgosEngine, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with Memory(tmp_path / "memory.sqlite") as memory:
        given_catalog: Catalog = catalog("Hanno Pevkur arrived in Narva on Monday.", "Economy")
        filled = prefill(given_catalog, memory=memory, engine=argos, matcher=Finder(PEVKUR, NARVA))
    assert [unit.target for unit in filled.units] == ["汉诺·佩夫库尔周一抵达纳尔瓦。", "经济"]
