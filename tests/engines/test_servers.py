"""The engines that are a server's client, against real servers on loopback: honest, broken, slow and lying ones."""

from __future__ import annotations

import re

import pytest
from translation_server import Server, serving

from compiler_flow.engines import EngineSettings, Request, load
from compiler_flow.engines.http import Patience
from compiler_flow.engines.openai_compatible import read_answer
from compiler_flow.errors import EngineError, ModelMissingError, UsageError

SECRET = "s3cr3t-key"  # noqa: S105 (made up)
NAMES = ("libretranslate", "openai-compatible")


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is given up after half a second, and asked again at once."""
    quick = Patience(connect=0.5, answer=0.5, pause=0.0, tries=3)
    monkeypatch.setattr("compiler_flow.engines.http.patience", lambda _settings: quick)


def engine(name: str, server: Server, **more: str):
    address = server.url if name == "libretranslate" else f"{server.url}/v1"
    return load(name, EngineSettings(options=tuple({"address": address, **more}.items())))


@pytest.mark.parametrize("name", NAMES)
def test_many_sentences_go_in_few_requests(server: Server, name: str) -> None:
    texts = [f"Sentence {number}." for number in range(70)]
    assert engine(name, server).translate(texts, "en", "zh-CN") == [f"[zh] {text}" for text in texts]
    assert 1 < len(server.asked) <= 7


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", ["flaky", "closing"])
def test_a_server_that_is_unwell_is_asked_again(server: Server, name: str, mode: str) -> None:
    server.mode = mode
    assert engine(name, server).translate(["Economy"], "en", "zh-CN") == ["[zh] Economy"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("failing", "500 Internal Server Error: Internal error"),
        ("tomorrow", "429 Too Many Requests: Daily limit reached"),
        ("page", "sent a web page"),
        ("junk", "is not JSON"),
        ("otherwise", "holds no translations"),
        ("silent", "did not answer within 0.5 seconds"),
        ("dripping", "did not answer within 0.5 seconds"),
        ("moved", "301 Moved Permanently"),
    ],
)
def test_bad_servers_get_one_line(server: Server, name: str, mode: str, said: str) -> None:
    at_work = engine(name, server)
    at_work.model("en", "zh-CN")
    server.mode = mode
    with pytest.raises(EngineError, match=said) as caught:
        at_work.translate(["Economy", "Sport"], "en", "zh-CN")
    assert server.url in str(caught.value)
    assert "\n" not in str(caught.value)


def test_half_an_array_is_refused_and_says_so(server: Server) -> None:
    server.mode = "half"
    told: list[int] = []
    with pytest.raises(EngineError, match="answered 1 of 2 sentences") as caught:
        engine("libretranslate", server).translate(
            ["One", "Two"], "en", "zh-CN", on_draft=lambda index, _draft: told.append(index)
        )
    assert told == [], "nobody knows which half it is"
    assert "is kept" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_there(name: str) -> None:
    gone = load(name, EngineSettings(options=(("address", "http://127.0.0.1:1"), ("model", "m"))))
    with pytest.raises(EngineError, match="cannot be reached: Connection refused"):
        gone.translate(["Economy"], "en", "zh-CN")


@pytest.mark.parametrize("name", NAMES)
def test_no_address_is_named(name: str) -> None:
    with pytest.raises(EngineError, match=re.escape(f"[engines.{name}] address")):
        load(name).model("en", "zh-CN")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://host/", "no http"),
        ("127.0.0.1:5000", "no http"),
        ("http://me:pass@host/", "must not hold a name or a password"),
    ],
)
def test_addresses_that_are_none(address: str, said: str) -> None:
    named = load("libretranslate", EngineSettings(options=(("address", address),)))
    with pytest.raises(EngineError, match=said) as caught:
        named.model("en", "zh-CN")
    assert "pass@" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "variable"),
    [("libretranslate", "COMPILER_FLOW_LIBRETRANSLATE_KEY"), ("openai-compatible", "COMPILER_FLOW_OPENAI_KEY")],
)
def test_the_key_comes_from_the_environment_and_is_never_shown(
    server: Server, name: str, variable: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server.key = SECRET
    with pytest.raises(EngineError, match=variable):
        engine(name, server).translate(["Economy"], "en", "zh-CN")
    monkeypatch.setenv(variable, SECRET)
    with caplog.at_level("DEBUG"):
        at_work = engine(name, server)
        assert at_work.translate(["Economy"], "en", "zh-CN") == ["[zh] Economy"]
        # This server repeats the key it was sent in its refusal.
        server.key = "another"
        with pytest.raises(EngineError, match="API key") as caught:
            at_work.translate(["Sport"], "en", "zh-CN")
    shown = f"{caught.value} {caught.value!r} {caplog.text} {at_work.signature('en', 'zh-CN')} {at_work._server!r}"
    assert SECRET not in shown


# ---------------------------------------------------------------------------------- LibreTranslate


def test_a_sentence_that_the_server_fails_over_costs_no_other(server: Server) -> None:
    texts = [f"Sentence {number}." for number in range(9)]
    texts[4] = "POISON"
    drafts = engine("libretranslate", server).translate(texts, "en", "zh-CN")
    assert drafts == ["" if text == "POISON" else f"[zh] {text}" for text in texts]


def test_a_sentence_beyond_the_servers_limit_is_cut(server: Server) -> None:
    server.char_limit = 40
    (draft,) = engine("libretranslate", server).translate(["We came, we saw, we won. " * 4], "en", "zh-CN")
    (body,) = server.bodies("/translate")
    assert len(body["q"]) > 1
    assert max(map(len, body["q"])) <= 40
    assert draft.count("[zh]") == len(body["q"])


@pytest.mark.parametrize("target", ["zh-CN", "zh_CN", "zh", "zh-Hans"])
def test_the_servers_codes_are_found(server: Server, target: str) -> None:
    at_work = engine("libretranslate", server)
    assert at_work.can("en-GB", target)
    at_work.translate(["Economy"], "en-GB", target)
    (body,) = server.bodies("/translate")
    assert (body["source"], body["target"], body["format"]) == ("en", "zh-Hans", "text")
    assert "api_key" not in body


def test_the_full_stop_of_the_source_becomes_a_chinese_one(server: Server) -> None:
    drafts = engine("libretranslate", server).translate(["会谈结束.", "It grew by 6%.", "NATO."], "en", "zh-CN")
    assert drafts == ["[zh] 会谈结束。", "[zh] It grew by 6%。", "[zh] NATO."]


def test_a_pair_that_the_server_lacks(server: Server) -> None:
    at_work = engine("libretranslate", server)
    assert not at_work.can("lt", "zh-CN")
    assert not at_work.can("en", "zh-TW")
    with pytest.raises(ModelMissingError, match="offers no translation lt → zh-CN"):
        at_work.translate(["Labas"], "lt", "zh-CN")
    assert ("ru", "zh-Hans") in at_work.pairs()
    assert at_work.model("ru", "zh-CN") == f"1.9.6 {server.url.removeprefix('http://')}"


# -------------------------------------------------------------------------------- OpenAI-compatible


def test_the_model_is_told_the_terms_of_its_sentences_and_no_others(server: Server) -> None:
    at_work = engine("openai-compatible", server)
    requests = [Request("Hanno Pevkur came.", (("Hanno Pevkur", "汉诺·佩夫库尔"),)), Request("Nobody came.")]
    assert at_work.translate_with_terms(requests, "en", "zh-CN") == ["[zh] Hanno Pevkur came.", "[zh] Nobody came."]
    at_work.translate(["Nobody came."], "en", "zh-CN")
    told, untold = (body["messages"][0]["content"] for body in server.bodies("/v1/chat/completions"))
    assert "Hanno Pevkur → 汉诺·佩夫库尔" in told
    assert "→" not in untold
    assert "from English into Chinese (Simplified)" in told


@pytest.mark.parametrize(
    "first",
    ['{"1": "一", "3": "三"}', '{"1": "一", "2": "", "3": "三"}', '{"1": "一", "2": 7, "3": "三"}', "1. 一\n3. 三"],
)
def test_what_the_model_forgot_is_asked_for_alone(server: Server, first: str) -> None:
    server.said = [first, '{"1": "二"}']
    drafts = engine("openai-compatible", server).translate(["One", "Two", "Three"], "en", "zh-CN")
    assert drafts == ["一", "二", "三"]
    assert len(server.asked) == 2


@pytest.mark.parametrize("first", ['{"0": "一", "1": "二", "2": "三"}', "1. 一\n1. 二\n2. 三", "我不能翻译。", "{"])
def test_answers_that_cannot_be_told_apart_are_thrown_away(server: Server, first: str) -> None:
    server.said = [first]
    texts = ["One", "Two", "Three"]
    assert engine("openai-compatible", server).translate(texts, "en", "zh-CN") == [f"[zh] {text}" for text in texts]
    assert len(server.asked) == 4


def test_a_model_that_never_answers_a_sentence_leaves_it_open(server: Server) -> None:
    server.said = ["{}", "{}", '{"1": "二"}']
    assert engine("openai-compatible", server).translate(["One", "Two"], "en", "zh-CN") == ["", "二"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('```json\n{"1": "一"}\n```', {1: "一"}),
        ("<think>{1: maybe}</think>\n1. 一\n2) 二", {1: "一", 2: "二"}),
        ("[1] 一\n（无）", {1: "一"}),
        ("", {}),
        ('{"1": ["一"]}', {}),
        ('{"1a": "一"}', {}),
    ],
)
def test_answers_as_models_write_them(said: str, found: dict[int, str]) -> None:
    assert read_answer(said) == found


def test_one_bare_line_is_an_answer_to_one_question() -> None:
    assert read_answer("“会谈结束。”", alone=True) == {1: "会谈结束。"}
    assert read_answer("会谈结束。") == {}


def test_the_only_model_is_found_and_of_several_one_must_be_named(server: Server) -> None:
    assert engine("openai-compatible", server).model("en", "zh-CN").startswith("tiny-llm 127.0.0.1")
    server.models = ["a", "b"]
    with pytest.raises(UsageError, match="Known: a, b"):
        engine("openai-compatible", server).model("en", "zh-CN")
    assert engine("openai-compatible", server, model="b").model("en", "zh-CN").startswith("b 127.0.0.1")


def test_another_model_or_another_server_is_another_signature(server: Server) -> None:
    one, two = (engine("openai-compatible", server, model=name).signature("en", "zh-CN") for name in "ab")
    assert one != two
