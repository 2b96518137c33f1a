"""One contract for every engine in the table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translation_server import Server, serving

from compiler_flow.engines import ENGINES, Engine, EngineSettings, load
from compiler_flow.errors import UsageError

SENTENCE = "Vietnam became a member of the WHO in 2019."
SENTENCES = [
    SENTENCE,
    "",
    "42",
    "😀😀",
    "Economy",
    SENTENCE,
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, packages: Path, server: Server) -> Engine:
    address = f"{server.url}/v1" if request.param == "openai-compatible" else server.url
    return load(request.param, EngineSettings(packages=(packages,), threads=1, options=(("address", address),)))


def test_as_many_drafts_come_back_in_order(engine: Engine) -> None:
    drafts = engine.translate(SENTENCES, "en", "zh-CN")
    assert len(drafts) == len(SENTENCES)
    assert drafts[0] == drafts[-1] != drafts[4]
    assert drafts[1:4] == SENTENCES[1:4], "what has no letter comes back as it is"
    assert all(drafts[index] for index in (0, 4))


def test_order_of_the_texts_does_not_change_the_drafts(engine: Engine) -> None:
    drafts = engine.translate(SENTENCES, "en", "zh-CN")
    assert engine.translate(SENTENCES[::-1], "en", "zh-CN") == drafts[::-1]


def test_no_texts_give_no_drafts(engine: Engine) -> None:
    assert engine.translate([], "en", "zh-CN") == []


def test_every_draft_is_told_once(engine: Engine) -> None:
    told: list[tuple[int, str]] = []
    drafts = engine.translate(SENTENCES, "en", "zh-CN", on_draft=lambda index, draft: told.append((index, draft)))
    assert sorted(told) == list(enumerate(drafts))


def test_the_signature_is_the_same_every_time(engine: Engine) -> None:
    assert engine.signature("en", "zh-CN") == engine.signature("en", "zh-CN") != ""


def test_engine_and_model_are_one_line(engine: Engine) -> None:
    assert engine.name in ENGINES
    model = engine.model("en", "zh-CN")
    assert model == model.strip() != ""
    assert "\n" not in model
    assert "·" not in model, "the provenance line of a PO file uses it as a separator"


def test_a_language_into_itself_is_no_pair(engine: Engine) -> None:
    assert not engine.can("zh", "zh-CN")
    assert engine.can("en", "zh-CN")
    assert engine.can("en-GB", "zh_CN")


def test_what_people_write_never_raises(engine: Engine) -> None:
    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.text(max_size=40), max_size=4))
    def odd(texts: list[str]) -> None:
        assert len(engine.translate(texts, "en", "zh-CN")) == len(texts)

    odd()


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_a_sentence_of_ten_thousand_words_comes_back(name: str, packages: Path, server: Server) -> None:
    address = f"{server.url}/v1" if name == "openai-compatible" else server.url
    greedy = EngineSettings(packages=(packages,), threads=1, beam=1, options=(("address", address),))
    (draft,) = load(name, greedy).translate(["we " * 10_000], "en", "zh-CN")
    assert draft


def test_unknown_engine_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="argos"):
        load("argo")
