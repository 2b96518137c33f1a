"""``currency``: the same amount in another currency."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.numbers import read_source, read_target
from compiler_flow.checks.numbers.quantity import Quantity
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import lazy_pattern

# How a currency is written behind an amount, its signs before one, and its Chinese name. 元 is the yuan where nothing
# stands before it. Pounds may be weights: without sterling they are money behind millions alone.
_CURRENCIES = (
    (
        "美元",
        r"(?:US\s|U\.S\.\s|JAV\s|ASV\s|USA\s)?(?:dollars?|USD|долл\w*|долар\w*|dolar\w*|doler\w*|dolār\w*|dollari\w*|달러)",
        r"US\$|\$|USD",
    ),
    ("欧元", r"euros?|EUR|евро|євро|еўра|eur(?:ų|ai|ais|us|u|i|ile|ilor|ot|odes|oga|osta|oni)|eiro|€|유로", r"€|EUR"),
    (
        "英镑",
        r"pounds?\ssterling|British\spounds?|(?:(?<=[mb]illion\s)|(?<=[mb]n\s))pounds?|GBP|£|фунт\w*\sстерлингов|파운드",
        r"£|GBP",
    ),
    ("卢布", r"r(?:o)?ubles?|RUB|₽|руб\w*|rubl\w*|루블", r"₽|RUB"),
    ("日元", r"yen|JPY|иен\w?|йен\w?|엔", r"JPY"),
    ("元", r"(?:Chinese\s)?yuan|CNY|RMB|юан\w+|위안", r"CNY|RMB"),
    ("韩元", r"(?:South\sKorean\s)?won|KRW|вон|원", r"₩|KRW"),
    ("兹罗提", r"zlot(?:ys?|ies)|PLN|zł\w*|злот\w+", r"PLN"),
    ("格里夫纳", r"hryvni\w*|UAH|гривен\w*|гривн\w*|грн|hrywn\w*", r"UAH|₴"),
    ("坚戈", r"tenge|KZT|тенге", r"KZT|₸"),
    ("瑞郎", r"Swiss\sfrancs?|CHF|швейцарск\w+\sфранк\w*|(?:Schweizer\s)?Franken", r"CHF"),
    ("卢比", r"(?:Indian\s|Pakistani\s)?rupees?|INR|рупи\w+", r"₹|INR"),
    ("里拉", r"(?:Turkish\s)?lira|(?:турецк\w+\s)?лир[аы]?", r"₺"),
    ("福林", r"(?:Hungarian\s)?forints?|HUF|форинт\w*|forint\w*", r"HUF"),
    (
        "克朗",
        r"(?:Czech\s|Swedish\s|Norwegian\s|Danish\s)?(?:crowns?|kron(?:a|or|e|er)|korun\w*)|CZK|SEK|NOK|DKK|крон\w*|koron\w*",
        r"CZK|SEK|NOK|DKK",
    ),
    ("列伊", r"(?:Moldovan\s|Romanian\s)?(?:lei|leu|leilor)|RON|MDL|ле(?:й|я|ев|їв)", r"RON|MDL"),
    ("谢克尔", r"(?:new\s)?shekels?|ILS|шекел\w*", r"₪|ILS"),
)
# Further Chinese names.
_ALSO = {"人民币": "元", "瑞士法郎": "瑞郎", "法郎": "瑞郎"}
_BEHIND = lazy_pattern(
    "|".join(
        rf"(?P<c{number}>\.?[\s\u00a0-]{{0,2}}(?:de\s|d['’])?(?:{words})(?!\w))"
        for number, (_name, words, _signs) in enumerate(_CURRENCIES)
    ),
    re.IGNORECASE,
)
_BEFORE = [(name, lazy_pattern(rf"(?<![A-Za-z])(?:{signs})\s?$")) for name, _words, signs in _CURRENCIES]
_NAMES = tuple(sorted((*(row[0] for row in _CURRENCIES), *_ALSO), key=len, reverse=True))
_CHINESE = lazy_pattern(f"[多余]?(?P<name>{'|'.join(_NAMES)})")
_MAY_MATTER = lazy_pattern("|".join(_NAMES))
# One of these, without case, stands in every source that speaks of the currency.
_PARTS = {
    "美元": "dollar usd долл долар dolar doler dolār 달러 $",
    "欧元": "eur eiro евро євро еўра 유로 €",
    "英镑": "pound gbp фунт 파운드 £",
    "卢布": "rub roub руб 루블 ₽",
    "日元": "yen jpy иен йен 엔",
    "元": "yuan cny rmb юан 위안",
    "韩元": "won krw вон 원 ₩",
    "兹罗提": "zlot pln zł злот",
    "格里夫纳": "hryvn hrywn uah гривен гривн грн ₴",
    "坚戈": "tenge kzt тенге ₸",
    "瑞郎": "franc franken chf франк",
    "卢比": "rupee inr рупи ₹",
    "里拉": "lira лир ₺",
    "福林": "forint huf форинт",
    "克朗": "crown kron korun koron крон czk sek nok dkk",
    "列伊": "lei leu ron mdl лей лея леев леїв",
    "谢克尔": "shekel ils шекел ₪",
}


_CURRENCY_OF = {part: name for name, parts in _PARTS.items() for part in parts.split()}
# A name or sign of each currency, whether an amount stands beside it or not.
_SPOKEN = {name: lazy_pattern(rf"(?:{words})(?!\w)|(?-i:{signs})", re.IGNORECASE) for name, words, signs in _CURRENCIES}


# Dollars of other countries: what they are called in Chinese is for the glossary.
_OTHER_DOLLARS = lazy_pattern(
    r"(?:Canadian|Australian|Hong\sKong|Singapore|New\sZealand|Taiwan)|(?:CA?|AU?|HK|NZ|S|NT)\$"
)


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups with several currencies, and those whose source may have another one; of the others none need be read."""
    named: dict[int, set[str]] = {}
    for number, name in stretch.rendered_words(_NAMES):
        named.setdefault(number, set()).add(_ALSO.get(name, name))
    found = {number for number, names in named.items() if len(names) > 1}
    for number, part in stretch.folded_source_words(tuple(_CURRENCY_OF), list(named)):
        other = _CURRENCY_OF[part]
        if other not in named[number] and _SPOKEN[other].search(stretch.groups[number].seen.text):
            found.add(number)
    return found


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    source, target = group.seen.text, group.rendered.text
    named_there = {_ALSO.get(name, name) for name in _MAY_MATTER.findall(target)}
    if not named_there or _OTHER_DOLLARS.search(source):
        return
    amounts = [(one, name) for one in read_source(source, group.language) if (name := _currency(source, one))]
    if len({name for _one, name in amounts}) != 1:
        return
    right = amounts[0][1]
    wrong = [
        (other, match)
        for other in read_target(target)
        if (match := _CHINESE.match(target, other.end)) and _ALSO.get(match["name"], match["name"]) != right
    ]
    named = right in named_there if right != "元" else re.search(r"人民币|(?<![美欧日韩加澳港])元", target)
    for one, _name in amounts:
        for other, match in wrong:
            if not named and math.isclose(one.value, other.value, rel_tol=1e-6):
                yield Fault(
                    _("The original says “{source}”, the translation “{target}”.").format(
                        source=_phrase(source, one), target=target[other.start : match.end()]
                    ),
                    span=group.rendered.span(*match.span("name")),
                    fix=right,
                )
                return


def _currency(text: str, one: Quantity) -> str:
    """The currency that stands beside an amount; empty where none is known."""
    if behind := _BEHIND.match(text, one.end):
        return _CURRENCIES[int((behind.lastgroup or "c0")[1:])][0]
    before = text[max(0, one.start - 5) : one.start]
    inside = text[one.start : one.end]
    for name, pattern in _BEFORE:
        if pattern.search(before) or ((sign := re.match(r"\D+", inside)) and pattern.search(sign[0].strip())):
            return name
    return ""


def _phrase(text: str, one: Quantity) -> str:
    """The amount with its currency, as it stands in the source."""
    behind = _BEHIND.match(text, one.end)
    end = behind.end() if behind else one.end
    start = next(
        (
            max(0, one.start - 5) + match.start()
            for _name, pattern in _BEFORE
            if (match := pattern.search(text[max(0, one.start - 5) : one.start]))
        ),
        one.start,
    )
    return text[start:end].strip()


CHECK = Check(
    name="currency",
    severity=Severity.ERROR,
    scope="unit",
    summary="An amount stands in another currency than in the source.",
    explanation=(
        "Where the source names one well-known currency beside its amounts, the translation must not give the same "
        "amount in another one (15 euros, 15美元). Conversions, which have another value, and sources with several "
        "currencies are passed over, and so are other dollars than American ones."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("It costs 15 euros.", "价格为15欧元。"),
        Example("It costs 15 euros ($16).", "价格为15欧元（合16美元）。"),
        Example("It costs 15 euros.", "价格为15欧元（约合16美元）。"),
        Example("They paid 15 Canadian dollars.", "他们支付了15加元。"),
        Example("It costs 15 yuan.", "价格为15元人民币。"),
        Example("Стоимость — 2 млрд рублей.", "耗资20亿卢布。", language="ru"),
        Example("It costs 500 million Swiss francs.", "耗资5亿瑞士法郎。"),
        Example("It weighs 90 pounds and costs 15 euros.", "重90磅，价格为15欧元。"),
    ),
    bad=(
        Example("It costs 15 euros.", "价格为15美元。", spot="美元", fix="欧元", severity=Severity.ERROR),
        Example("It costs $3.2 billion.", "耗资32亿欧元。", spot="欧元", fix="美元"),
        Example("Стоимость — 2 млрд рублей.", "耗资20亿美元。", language="ru", fix="卢布"),
        Example("Bauda siekia 2 mln. eurų.", "罚款为200万美元。", language="lt", fix="欧元"),
        Example("Amenda este de 10 milioane de lei.", "罚款为1000万欧元。", language="ro", fix="列伊"),
        Example("It costs 90 million pounds.", "耗资9000万欧元。", fix="英镑"),
    ),
)
