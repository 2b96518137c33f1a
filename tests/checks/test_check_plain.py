"""Numbers that are seen to agree at a glance: what is said to agree must agree when it is read in full."""

from __future__ import annotations

import dataclasses
import itertools
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler_flow.checks.numbers import plain_english, read_source, read_target, states
from compiler_flow.checks.numbers.compare import differences
from compiler_flow.checks.numbers.languages import several
from compiler_flow.checks.numbers.plain import Glance
from compiler_flow.checks.numbers.quantity import Kind

CORPUS = Path(__file__).parent / "corpus"

# What makes another number of one that it stands beside, and what does not.
_ENGLISH = sorted(
    several(
        "3 24 2019 1,500 0.5 1 $3 (3 -5 5. 24th 80% 10:30 3/4 F-35 1990s two both seven first second third half once "
        "dozen January October May million billion thousand hundred k m the of in a and to or between from out every "
        "by people percent points point dollars euros years times minus negative below zero degrees a.m. basis decades "
        "aircraft women until than , . – — … “ ” “seven” —seven seven— 5–7 –5 café É ½ mīnus Мінус II ３ m² noon "
        "pm bp am past 2019, 5, 5; billion, October, percent, (minus"
    )
    | {""}  # two spaces in a row
)
_CHINESE = sorted(
    several(
        "3 24 2019 0.5 1 31 三 七 两 二 十 十二 一 万 亿 万亿 千 百 十 年 月 日 月5日 % 个 个百分点 百分点 "
        "人 名 位 国 美元 日元 年代 年半 时 点 分之一 倍 成 号 世纪 多 余 以上 : . , - 至 到 、 和 与 "
    )
) + sorted(
    several(
        "半 之 俩 来 第 度 吨 千瓦 万里 里 能 架 名女性 约 超过 零下 负 在 每 几 数 上 下 未来 周 星期 再 期 增长 首次 "
        "首个 双方 第一次 最先 一些 两国 工人 同意 COP · 2024年 月球 年底 天 瓦"
    )
)
_PAIRS = (
    ("since", "2019", "for", "自", "2019年", "起"),
    ("by", "4.5 percent", "more", "增长", "4.5%", "。"),
    ("worth", "$4.1 billion", "for", "投入", "41亿", "美元"),
    ("on", "October 5", "with", "于", "10月5日", "会晤"),
    ("the", "seven", "ministers", "这", "七", "位部长"),
    ("than", "1,500", "workers", "有", "1500", "名工人"),
    ("for", "7", "ministers", "对", "7", "个部门"),
    ("the", "first", "ministers", "是", "第一", "次"),
    ("the", "two", "ministers", "由", "两", "国"),
)


def _agree(text: str, translation: str) -> bool:
    return not Glance([text], "en", [translation]).differing()


def _adds_no_figure(text: str, translation: str) -> bool:
    return not Glance([text], "en", [translation]).adding()


def _says_otherwise(text: str, translation: str) -> bool:
    stated = read_source(text, "en")
    return bool(stated) and bool(differences(stated, read_target(translation), text, translation))


@pytest.mark.parametrize("pair", _PAIRS)
def test_nothing_beside_a_number_is_overlooked(pair: tuple[str, ...]) -> None:
    before, stated, after, left, rendered, right = pair
    assert _agree(f"It {before} {stated} {after} it.", f"{left}{rendered}{right}。")
    texts = [f"It {one} {stated} {other} it." for one in (before, *_ENGLISH) for other in (after, *_ENGLISH)]
    translations = [f"{one}{rendered}{other}" for one in (left, *_CHINESE) for other in (right, *_CHINESE)]
    pairs = [(text, f"{left}{rendered}{right}。") for text in texts]
    pairs += [(f"It {before} {stated} {after} it.", translation) for translation in translations]
    differing = {*Glance([text for text, _other in pairs], "en", [other for _text, other in pairs]).differing()}
    assert [pair for at, pair in enumerate(pairs) if at not in differing and _says_otherwise(*pair)] == []


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(_ENGLISH), max_size=6).map(" ".join),
    st.lists(st.sampled_from(_CHINESE), max_size=6).map("".join),
)
def test_what_is_seen_to_agree_agrees(text: str, translation: str) -> None:
    if _agree(text, translation):
        assert not _says_otherwise(text, translation)


def test_damaged_pairs_are_not_seen_to_agree() -> None:
    dice = random.Random(7)  # noqa: S311
    lines = [line for name in ("number", "number_heldout") for line in _lines(name) if line[0] == "en"]
    for _round in range(4):
        for _language, text, translation, *_label in lines:
            for damaged in ((_damaged(text, dice), translation), (text, _damaged(translation, dice))):
                assert not (_agree(*damaged) and _says_otherwise(*damaged)), damaged


_FIGURES = sorted(
    several(
        "美元 元 欧元 万 亿 % 百分之五 三成 $5 3 24 2019年 4.5 三 十 至 、 约 名 10月5日 和 卢布 多 半 第三 : "
        "两成 ‰ 分之 俩"
    )
)


@pytest.mark.parametrize(
    ("stated", "rendered"),
    [("4.5 percent", "4.5%"), ("$4.1 billion", "41亿美元"), ("24 euros", "24欧元"), ("2019", "2019年")],
)
def test_no_figure_beside_a_plain_one_is_overlooked(stated: str, rendered: str) -> None:
    text = f"It was {stated} then."
    rows = [
        f"{one}{two}{rendered}{three}{four}"
        for one in _FIGURES
        for two in _FIGURES[::3]
        for three in _FIGURES
        for four in ("", "美元", "%")
    ]
    assert [row for row in rows if _adds_no_figure(text, row) and _figure_added(text, row)] == []
    assert rendered == "2019年" or _adds_no_figure(text, f"当时为{rendered}。")


def _figure_added(text: str, translation: str) -> bool:
    stated = read_source(text, "en")
    return any(
        (one.money or one.kind in (Kind.PERCENT, Kind.POINTS))
        and not (one.is_word and one.value <= 10)
        and one.value != 1
        and not any(
            states(other, dataclasses.replace(one, readings=one.readings[:1]), text, translation, "en")
            for other in stated
        )
        for one in read_target(translation)
    )


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(_ENGLISH), max_size=6).map(" ".join),
    st.lists(st.sampled_from(_FIGURES), max_size=7).map("".join),
)
def test_what_is_seen_to_add_no_figure_adds_none(text: str, translation: str) -> None:
    if _adds_no_figure(text, translation):
        assert not _figure_added(text, translation)


def _lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[2:]]


def _damaged(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return (
        text[:at] + dice.choice(["", dice.choice("3579.,- %年个"), text[at : at + 2]]) + text[at + dice.randrange(3) :]
    )


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("It has been open since 2019.", "该馆自2019年开放。"),
        ("Trade grew by 4.5 percent.", "贸易增长4.5%。"),
        ("The loan is $4.1 billion.", "贷款为41亿美元。"),
        ("They met on October 5, 2024.", "双方于2024年10月5日会晤。"),
        ("They met on 24 October.", "双方于10月24日会晤。"),
        ("The seven ministers agreed.", "七位部长同意。"),
        ("More than 1,500 workers came.", "逾1500名工人到场。"),
        ("It was felt first by farmers.", "农民最先感受到。"),
        ("They met.", "双方会晤。"),
        ("“The seven ministers agreed,” he said — at the café in Łódź…", "“七位部长同意”，他在罗兹的咖啡馆说。"),
        ("The loan  is $4.1 billion.", "贷款为41亿美元。"),
    ],
)
def test_plain_numbers_are_seen(text: str, translation: str) -> None:
    assert _agree(text, translation)


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("The loan is $4.1 billion.", "贷款为4.1亿美元。"),
        ("Rates rose by 2 percentage points.", "利率上升2%。"),
        ("It was minus 5.", "气温为5度。"),
        ("They have 90 aircraft and need 60 ships.", "他们有60架飞机，需要90艘舰艇。"),
        ("They met on October 5.", "双方于5月10日会晤。"),
        ("The 7 to 9 percent", "7%"),
        ("Five soldiers died.", "百分之五名士兵阵亡。"),
        ("Two countries agreed, he said.", "三分之2的国家同意。"),
        ("It began at five past seven.", "五位部长于七位之后。"),
    ],
)
def test_what_is_not_the_same_is_read_in_full(text: str, translation: str) -> None:
    assert not _agree(text, translation)


_BESIDE = sorted(
    several(
        "3 24 2019 , \0 \0\0 $3 3\0 \0五 million percent October seven first billion minus it aircraft "
        "3名 3万 七 位 首 次 月 日 年 % 亿 "
        "美元 元 成 10月5日 第 一 双 方 名 。"
    )
    | {""}
)
_TEXTS = st.lists(st.sampled_from(_BESIDE), max_size=5)


@settings(max_examples=1000)
@given(st.lists(st.tuples(_TEXTS.map(" ".join), _TEXTS.map("".join)), max_size=5))
@example([("It", ""), ("", "3"), ("3", "万"), ("million", "元"), ("", "")])
@example([("3 \0 it", "3名"), ("3", "名"), ("five", "\0五"), ("five", "位")])
def test_texts_in_a_row_are_seen_as_they_are_alone(pairs: list[tuple[str, str]]) -> None:
    glance = Glance([text for text, _other in pairs], "en", [other for _text, other in pairs])
    assert glance.differing() == [at for at, pair in enumerate(pairs) if not _agree(*pair)]
    assert glance.adding() == [at for at, pair in enumerate(pairs) if not _adds_no_figure(*pair)]


def test_only_english_is_seen() -> None:
    pairs = (["Seven.", "They met."], ["七位。", "增长5%。"])
    assert Glance(pairs[0], "de", pairs[1]).differing() == [0, 1]
    assert Glance(pairs[0], "en-GB", pairs[1]).differing() == []
    assert Glance(pairs[0], "de", pairs[1]).adding() == Glance(pairs[0], "en", pairs[1]).adding() == [1]
    assert Glance([], "en", []).differing() == Glance([], "", []).adding() == []


def test_a_word_that_begins_a_mark_is_never_taken_for_another() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(word) for size in (1, 2, 3) for word in itertools.product(letters, repeat=size)]
    words += [word.strip() for word in plain_english._MARKED.pattern.replace("|", " ").split() if word.isalpha()]
    behind = ("", " cent", " points", " C below zero", " m", "ow zero", "ent", "nts")
    marking = [word for word in words if any(plain_english._MARKED.match(f" {word}{more}") for more in behind)]
    assert len(marking) > 10
    assert [word for word in marking if not plain_english._may_mark(word)] == []
