"""``number-added``: an amount of money or a percentage in the translation that the original nowhere has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from compiler_flow.checks.base import Check, Example, Fault, Group, is_metadata, shown
from compiler_flow.checks.numbers import compare, read_source, read_target, states
from compiler_flow.checks.numbers.quantity import Kind, Quantity
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Severity, Unit
from compiler_flow.text import lazy_pattern

# What the compilers worked out themselves says so.
_WORKED_OUT = lazy_pattern(r"(?:约合|折合|合|相当于|约为|换算|编者|编译|[（(]约?)[^，。；、）)]{0,8}$")
# Sentences are cut and joined anew: a figure may come from the one before or after.
_NEAR = 3


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups with a sum or a rate that their own source does not have."""
    for number in stretch.numbers.adding():
        if any(True for _amount in _new_figures(stretch.groups[number])):
            yield number


def _run(catalog: Catalog, grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    order = {unit.id: index for index, unit in enumerate(catalog.units)}
    for group in grouped:
        text = group.rendered.text
        for amount in _new_figures(group):
            # A headline may tell what stands anywhere.
            first, last = order[group.members[0].id] - _NEAR, order[group.members[-1].id] + _NEAR
            near = catalog.units if is_metadata(group.unit) else catalog.units[max(0, first) : last + 1]
            elsewhere = any(_is_in(shown(unit.source).text, group.language, amount, text) for unit in near)
            if not elsewhere and not _contradicts(group, amount):
                yield Fault(
                    _("“{number}” stands nowhere in the original.").format(number=text[amount.start : amount.end]),
                    span=group.rendered.span(amount.start, amount.end),
                    where=group,
                )


def _new_figures(group: Group) -> Iterator[Quantity]:
    """The sums and rates of a translation that its own source does not have."""
    text = group.rendered.text
    return (amount for amount in _figures(text) if not _is_in(group.seen.text, group.language, amount, text))


def _figures(text: str) -> Iterator[Quantity]:
    for quantity in read_target(text):
        if _is_figure(quantity) and not _WORKED_OUT.search(text[: quantity.start]):
            # As the figure it is: the 三 of 三成 is no three.
            yield replace(quantity, readings=quantity.readings[:1])


def _is_figure(amount: Quantity) -> bool:
    """Whether this is money or a rate; one euro and a half are words."""
    plain = amount.is_word and amount.value <= 10
    return (amount.money or amount.kind in (Kind.PERCENT, Kind.POINTS)) and not plain and amount.value != 1


def _is_in(source: str, language: str, amount: Quantity, text: str) -> bool:
    return any(states(stated, amount, source, text, language) for stated in read_source(source, language))


def _contradicts(group: Group, amount: Quantity) -> bool:
    """Whether ``number`` reports the amount already, as one that stands in the place of another."""
    found = compare(group.seen.text, group.language, group.rendered.text)
    return any(each.instead and each.instead.start == amount.start for each in found)


CHECK = Check(
    name="number-added",
    severity=Severity.INFO,
    scope="article",
    summary="An amount of money or a percentage that the original does not have.",
    explanation=(
        "Compilers may add a date or a name; a sum or a rate that stands neither in the sentence nor in the three "
        "before and after it was made up by an engine, or comes from another article. What is said to be worked out "
        "(约合3.2亿元人民币) is passed over. It is a remark and closes nothing."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("The deal was signed on Wednesday.", "协议于10月23日签署。"),
        Example("The loan is 40 million euros.", "贷款为4000万欧元（约合3.1亿元人民币）。"),
        Example(
            units=(
                Unit("a", "Prices rose sharply.", "物价大幅上涨12%。"),
                Unit("b", "They are up 12 percent since May.", "自5月以来一直在涨。"),
            ),
        ),
        Example("Half of the people agree.", "50%的人同意。"),
        Example("The loan is $3.2 billion.", "贷款为3.2亿美元。"),
        Example(
            units=(Unit("a", "It is up 12 percent.", "〔略〕"), Unit("b", "Bread is dear.", "面包涨了12%，很贵。")),
        ),
    ),
    bad=(
        Example("Prices rose sharply.", "物价大幅上涨12%。", spot="12%"),
        Example("The loan is 40 million euros.", "贷款为4000万欧元，另有300万欧元赠款。", spot="300万"),
    ),
)
