"""A sieve never holds back a fault: every check says the same of a text with and without its sieve."""

from __future__ import annotations

import dataclasses
import functools
import random
import re
from collections.abc import Iterable, Sequence

import corpora
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler_flow import glossary
from compiler_flow.checks import CHECKS, first_mention, omission_undeclared, unpaired_mark
from compiler_flow.checks.base import Fault, Group, groups
from compiler_flow.checks.numbers.languages import several
from compiler_flow.checks.stretch import Stretch
from compiler_flow.model import Catalog, CheckContext, HouseRule, Role, Spot, State, Term, TermKind, Unit

SIEVED = [name for name in CHECKS if CHECKS[name].sieve]
# What damages a text in ways the checks speak of.
_PIECES = (
    *("的的", "。。", "会谈会谈", "公里公里", "(笑声)", "會", "周四", "15美元", "汉诺•佩夫库尔", "欧 盟", "他,", ".."),
    *("**b**", "[x](https://e.org/a)", "a@b.org", "<b>", "Kazakhstan", "哈萨克斯坦", "Pevkur", "Monday", "\n", " "),
    *("三", "万", "3", "two", "million", "，", "“", "a", "?", "（", "啊啊啊啊啊啊", "北韩"),
    *(",", ".", "周三", "Wednesday", "€5", "欧元", "德国", "German"),
)


@functools.cache
def _context(language: str) -> CheckContext:
    terms = (*glossary.load([corpora.TERMS]), *glossary.base_terms(language))
    matcher = glossary.Matcher(terms, language)
    return CheckContext(
        matcher.source,
        matcher.target,
        all_source_terms=matcher.sources,
        not_plainly_rendered=matcher.not_plainly_rendered,
        naming_unknown=functools.partial(glossary.naming_unknown, matcher),
        unknown_names=functools.partial(glossary.unknown_names, matcher),
        rules=(HouseRule("北韩", "rule"),),
    )


@functools.cache
def _pairs() -> list[tuple[str, str, str]]:
    labelled = [
        (pair.language, pair.source, pair.target)
        for name in (*corpora.FAMILIES, "number", "number_heldout")
        for pair in corpora.pairs(name)
    ]
    examples = [
        (example.language, unit.source, unit.target)
        for check in CHECKS.values()
        for example in (*check.good, *check.bad)
        for unit in example.catalog().units
    ]
    return labelled + examples


def _catalog(language: str, texts: Iterable[tuple[str, str]], spot: Spot | None = None) -> Catalog:
    return Catalog("a", language, units=tuple(Unit(f"u{n}", *pair, spot=spot) for n, pair in enumerate(texts)))


def _told(name: str, catalog: Catalog, context: CheckContext) -> tuple[list[Fault], list[Fault]]:
    """What a check says behind its sieve, and what it says of everything."""
    check, grouped = CHECKS[name], list(groups(catalog))
    assert check.sieve is not None
    chosen = sorted(check.sieve(Stretch(grouped), context))
    assert len(set(chosen)) == len(chosen), "a group is named once"

    def faults(shown: Sequence[Group]) -> list[Fault]:
        if check.scope == "article":
            return list(check.on_catalog(catalog, shown, context))
        return [dataclasses.replace(fault, where=group) for group in shown for fault in check.on_group(group, context)]

    return faults([grouped[number] for number in chosen]), faults(grouped)


@pytest.mark.parametrize("name", SIEVED)
def test_a_sieve_holds_back_no_fault_of_the_labelled_pairs_and_examples(name: str) -> None:
    found = 0
    for language in sorted({language for language, _source, _target in _pairs()}):
        texts = [(source, target) for other, source, target in _pairs() if other == language]
        for spot in (None, Spot(Role.TITLE), Spot(Role.TEXT, 1)):
            sieved, everything = _told(name, _catalog(language, texts, spot), _context(language))
            assert sieved == everything
            found += len(everything)
    assert found or name == "draft-unedited", "nothing was tried"


@given(st.randoms(use_true_random=False))
def test_a_sieve_holds_back_no_fault_of_damaged_pairs(dice: random.Random) -> None:
    language = dice.choice(("en", "ru", "ko", "lt"))
    known = [(source, target) for other, source, target in _pairs() if other == language]
    texts = [tuple(_damaged(text, dice) for text in dice.choice(known)) for _number in range(20)]
    catalog = _catalog(language, [(source, target) for source, target in texts])
    for name in SIEVED:
        sieved, everything = _told(name, catalog, _context(language))
        assert sieved == everything, name


def _damaged(text: str, dice: random.Random) -> str:
    for _time in range(dice.randrange(4)):
        place = dice.randrange(len(text) + 1)
        text = text[:place] + dice.choice((dice.choice(_PIECES), text[place : place + 3])) + text[place:]
    return text


# What the quick looks look for, and what nearly is it.
_SOURCE_PIECES = str.split(
    "A Ukrainian minister U.S. Americans white house Kyiv. 15 euros European $3 (USD) pounds RON Varona Monday Mondays "
    "“No,” Soko Degabe Braže Anne-Marie O’Brien ? ?” Bra e ) （a） < > f)"
)
_TARGET_PIECES = str.split(
    "他 会谈 公里公里 2 3.5 1,000 , . ; ? ( ) （ ） ） “ ” ‘ ’ « · • - 汉 a Soko_Degabe Soko Degabe Braže Bra-e "
    "Anne-Marie O’Brien Обама é 周三 星期四 周一次 德国 蒙古 内蒙古 古巴 印度 印度洋 北京 北京时间 俄方 乌军 以方便 "
    "美元 欧元 元 人民币 。 .。 。” ？ ， ，， 的的 新的新的 会谈会 略 〔 〕 并入上句 删 （略） 笑声） "
    "（笑 啊啊啊啊啊啊 佩佩 <b> 1）"
)
_TEXTS = st.lists(st.sampled_from([" ", *_TARGET_PIECES]), max_size=9).map(
    lambda parts: "".join(parts).replace("_", " ")
)


@settings(max_examples=1000)
@given(
    st.lists(st.tuples(st.lists(st.sampled_from(_SOURCE_PIECES), max_size=6).map(" ".join), _TEXTS), max_size=4),
    st.sampled_from((None, Spot(Role.TEXT, 1), Spot(Role.HEADING, 1))),
)
def test_a_sieve_holds_back_no_fault_of_what_it_looks_for(pairs: list[tuple[str, str]], spot: Spot | None) -> None:
    catalog = _catalog("en", pairs, spot)
    for name in SIEVED:
        if not name.startswith(("term-", "first-")):
            sieved, everything = _told(name, catalog, _context("en"))
            assert sieved == everything, name


@settings(max_examples=1000)
@given(st.lists(st.tuples(st.integers(1, 3), _TEXTS), max_size=12), st.integers(1, 4))
def test_what_has_unpaired_marks_is_not_silent(texts: list[tuple[int, str]], size: int) -> None:
    units = tuple(
        Unit(f"u{n}", "He.", f"他{text}", spot=Spot(Role.TEXT, block)) for n, (block, text) in enumerate(texts)
    )
    catalog = Catalog("a", "en", units=units)
    grouped, check = list(groups(catalog)), CHECKS["unpaired-mark"]
    assert check.gather is not None
    assert check.is_silent is not None
    notes = [check.gather(Stretch(grouped[at : at + size]), CheckContext()) for at in range(0, len(grouped), size)]
    if check.is_silent(notes):
        assert list(check.on_catalog(catalog, grouped, CheckContext())) == []


_OMISSIONS = str.split(
    "略 从略 省略 删节 〔 ［ ( ） 】 } { 并 並 并入上句 下 … .. - — / 无 N/A 同上 。 他们于中午时分在塔林市中心会晤"
)


@settings(max_examples=2000)
@given(st.lists(st.sampled_from([" ", "\n", *_OMISSIONS]), max_size=6).map("".join))
def test_every_omission_is_suspected(text: str) -> None:
    catalog = _catalog("en", [("They met at noon.", text)])
    found = list(CHECKS["omission-undeclared"].on_catalog(catalog, (), CheckContext()))
    unit = catalog.units[0]
    if unit.state is State.TRANSLATED:
        assert found == list(omission_undeclared._hidden(unit))
    else:
        assert bool(found) == (unit.state is State.MERGED)


@settings(max_examples=1000)
@given(
    st.lists(st.text("汉的𠀀a ", max_size=24) | st.text("汉的𠀀a ", max_size=16).map(lambda part: 4 * part), max_size=5)
)
def test_what_stands_twice_in_a_row_is_seen(texts: list[str]) -> None:
    grouped = list(groups(_catalog("en", [("Source", f"译{text}文") for text in texts])))
    stretch = Stretch(grouped)

    def with_match(pattern: str) -> set[int]:
        return {n for n, group in enumerate(grouped) if re.search(pattern, group.rendered.text, re.DOTALL)}

    assert set(range(len(grouped))) >= stretch.doubled_pairs >= with_match(r"(..)\1")
    assert set(range(len(grouped))) >= stretch.doubled >= with_match(r"(.{3,12}?)\1|(.{13,16}?)\2{3}")


_NAMING = sorted(
    several(
        "汉诺·佩夫库尔（Hanno_Pevkur） 佩夫库尔 汉诺·佩夫库尔 佩夫库尔（Hanno_Pevkur） “佩夫库尔” 部长 （部长） "
        "布拉热 （Baiba_Braže） 和 。 "
        "拜巴·布拉热（Baiba_Braže） Hanno_Pevkur (Pevkur) 佩夫库尔（Pevkur） 罗伯特·肯尼迪（Robert_Kennedy,_Jr.） "
        "肯尼迪（RFK） 肯尼迪 "
        "鲁塞 鲁斯 布鲁塞（Ruse） 鲁塞（Ruse） 鲁塞（Rousse） 第29届大会（COP29） COP29大会（COP29） 大会 COP29大会"
    )
)
_NAMED = (
    "Hanno Pevkur",
    "Pevkur",
    "Baiba Braže",
    "Robert Kennedy, Jr.",
    "RFK",
    "Rousse",
    "Ruse",
    "Brus",
    "COP29",
    "said",
    ".",
)
_MENTIONS = CHECKS["first-mention"]


def _text(parts: list[str]) -> str:
    return "".join(parts).replace("_", " ")


def _silent(catalog: Catalog, size: int) -> bool:
    grouped = list(groups(catalog))
    context = _named_context()
    assert _MENTIONS.gather is not None
    assert _MENTIONS.is_silent is not None
    notes = [_MENTIONS.gather(Stretch(grouped[at : at + size]), context) for at in range(0, len(grouped), size)]
    return _MENTIONS.is_silent(notes)


@functools.cache
def _named_context() -> CheckContext:
    terms = [
        Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON),
        Term("Baiba Braže", "拜巴·布拉热", TermKind.PERSON),
        Term("Robert Kennedy, Jr.", "罗伯特·肯尼迪", TermKind.PERSON, aliases=("RFK",)),
        Term("Ruse", "鲁塞", TermKind.PERSON, aliases=("Rousse",), accept=("鲁斯",)),
        Term("Brus", "布鲁塞", TermKind.PLACE),
        Term("COP29", "COP29大会", TermKind.EVENT, accept=("大会",), first="第29届大会（COP29）"),
    ]
    matcher = glossary.Matcher(terms, "en")
    return CheckContext(matcher.source, matcher.target, all_source_terms=matcher.sources)


@settings(max_examples=1000)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(_NAMED), max_size=4).map(" ".join),
            st.lists(st.sampled_from(_NAMING), max_size=4).map(_text),
        ),
        max_size=5,
    ),
    st.integers(1, 3),
)
def test_an_article_that_is_silent_by_its_notes_has_no_slip(texts: list[tuple[str, str]], size: int) -> None:
    catalog = _catalog("en", texts)
    if _silent(catalog, size):
        assert list(_MENTIONS.on_catalog(catalog, list(groups(catalog)), _named_context())) == []


def test_an_article_whose_names_are_introduced_is_silent_by_its_notes() -> None:
    given = ("Hanno Pevkur spoke.", "汉诺·佩夫库尔（Hanno Pevkur）讲了话。")
    later = ("Pevkur left.", "佩夫库尔离开。")
    assert _silent(_catalog("en", [given, later, later]), 1)
    assert not _silent(_catalog("en", [later, given]), 1)
    assert not _silent(_catalog("en", [given, given]), 1)


@settings(max_examples=1000)
@given(
    st.lists(st.sampled_from(_NAMED), max_size=3).map(" ".join),
    st.lists(st.sampled_from(_NAMING), max_size=4).map(_text),
)
def test_names_seen_to_be_introduced_at_a_glance_are(source: str, target: str) -> None:
    stretch = Stretch(list(groups(_catalog("en", [(source, target)]))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_mention, "_introduces_all", lambda *_parts: False)
        thorough = first_mention._gather(stretch, _named_context())
    assert first_mention._gather(stretch, _named_context()) == thorough


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("RFK spoke.", "罗伯特·肯尼迪（Robert Kennedy, Jr.）讲了话。"),
        ("Rousse met Brus.", "布鲁塞（Ruse）会见鲁斯。"),
    ],
)
def test_what_looks_like_an_introduction_and_is_none_is_found(source: str, target: str) -> None:
    catalog = _catalog("en", [(source, target)])
    assert not _silent(catalog, 1)
    assert len(list(_MENTIONS.on_catalog(catalog, list(groups(catalog)), _named_context()))) == 1


@pytest.mark.parametrize(
    "target", ["物价上涨约两成。", "出生率升至6.3‰。", "上升100分之15。", "涨了俩成。", "涨了四 成五。"]
)
def test_rates_of_all_kinds_pass_the_sieve(target: str) -> None:
    sieved, everything = _told("number-added", _catalog("en", [("The rate rose.", target)]), CheckContext())
    assert sieved == everything
    assert everything


_MARKED = str.split("（ ） 《 》 “ ” ‘ ’ ( ) 1） a 他 ： ，")


@settings(max_examples=300)
@given(st.lists(st.lists(st.sampled_from(_MARKED), max_size=8).map("".join), min_size=1, max_size=3), st.booleans())
@example(["（他：1）他"], False)
@example(["（a(他）"], False)
@example(["‘a’a"], False)
def test_marks_in_pairs_hide_no_others(texts: list[str], in_blocks: bool) -> None:
    spot = Spot(Role.TEXT, 1) if in_blocks else None
    catalog = _catalog("en", [("He spoke.", f"他{text}") for text in texts], spot)
    grouped = list(groups(catalog))
    quick = list(CHECKS["unpaired-mark"].on_catalog(catalog, grouped, CheckContext()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpaired_mark, "_PAIRED", {})
        assert quick == list(CHECKS["unpaired-mark"].on_catalog(catalog, grouped, CheckContext()))
