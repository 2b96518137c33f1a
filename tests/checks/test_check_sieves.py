"""A sieve never holds back a fault: every check says the same of a text with and without its sieve."""

from __future__ import annotations

import dataclasses
import functools
import random
import re
from collections.abc import Iterable, Sequence

import corpora
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import glossary
from compiler_flow.checks import CHECKS
from compiler_flow.checks.base import Fault, Group, groups
from compiler_flow.checks.stretch import Stretch
from compiler_flow.model import Catalog, CheckContext, HouseRule, Role, Spot, Unit

SIEVED = [name for name in CHECKS if CHECKS[name].sieve]
# What damages a text in ways the checks speak of.
_PIECES = (
    *("的的", "。。", "会谈会谈", "公里公里", "(笑声)", "會", "周四", "15美元", "汉诺•佩夫库尔", "欧 盟", "他,", ".."),
    *("**b**", "[x](https://e.org/a)", "a@b.org", "<b>", "Kazakhstan", "哈萨克斯坦", "Pevkur", "Monday", "\n", " "),
    *("三", "万", "3", "two", "million", "，", "“", "a", "?", "（", "啊啊啊啊啊啊", "北韩"),
)


@functools.cache
def _context(language: str) -> CheckContext:
    terms = (*glossary.load([corpora.TERMS]), *glossary.base_terms(language))
    matcher = glossary.Matcher(terms, language)
    return CheckContext(
        matcher.source,
        matcher.target,
        all_source_terms=matcher.sources,
        are_plainly_rendered=matcher.are_plainly_rendered,
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


@given(st.lists(st.text("汉的𠀀a ", max_size=24), max_size=5))
def test_what_stands_twice_in_a_row_is_seen(texts: list[str]) -> None:
    grouped = list(groups(_catalog("en", [("Source", f"译{text}文") for text in texts])))
    doubled = {n for n, group in enumerate(grouped) if re.search(r"(?s)(.{2,16}?)\1", group.rendered.text)}
    assert Stretch(grouped).doubled >= doubled
    assert Stretch(grouped).doubled <= set(range(len(grouped)))
