"""What words bring a state into a text: its name, its people, its adjective, its capital, in the commonest languages.

Beginnings of words, in small letters; a word of a source hints at a state if it begins with one of them. There is no
list of these in CLDR, which knows names only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from compiler_flow.text import lazy_pattern

# Chinese name: beginnings. The first ones, before the bar, are adjectives and peoples that mean this state alone.
_STATES = {
    "俄罗斯": "russia russisch росси росій rosyj rosja vene krievij rusij | russ moscow kremlin москв кремл рф",
    "乌克兰": "ukrain украин україн ukrain | kyiv kiev киев київ",
    "白俄罗斯": "belarus белорус білорус białorus baltarus | minsk минск мінськ",
    "波兰": "polish polnisch польск польськ polsk lenkij | poland poles pole polen польш польщ поляк warsaw варш",
    "德国": "german deutsch немец герман німец niemiec vokiet saksa german | berlin берлин берлін фрг bundes",
    "法国": "french französ француз francus francez prancūz | france frankreich франц paris париж elysee élysée",
    "英国": "british britisch британ brytyj brit | uk britain english scot welsh london лондон англ großbrit",
    "美国": "american amerikanisch американ amerykań | u.s. us usa united washington white pentagon сша вашинг пентаг",
    "意大利": "italian italienisch итальян італій włosk italien | italy italia rome рим",
    "西班牙": "spanish spanisch испан іспан hiszpań spaniol | spain madrid мадрид",
    "葡萄牙": "portug португал | lisbon лисс",
    "荷兰": "dutch niederländ нидерланд голланд нідерланд holender | netherlands holland hague гааг",
    "比利时": "belgi бельг | brussels brüssel брюс",
    "瑞士": "swiss schweizer швейцар szwajcar | switzerl bern geneva женев",
    "奥地利": "austria österreich австрий австрій | vienna wien вен",
    "瑞典": "swed schwed швед szwed rootsi | stockholm",
    "挪威": "norweg норве norwe | norway oslo осло",
    "丹麦": "danish dänisch датск данськ duń taani | denmark dane copenhagen копенг",
    "芬兰": "finnish finnisch финск финлянд фінсь фінлян fińsk soom | finland finn helsinki хельс гельс",
    "爱沙尼亚": "eston estn эстон естон eesti | tallinn таллин",
    "拉脱维亚": "latvi lettisch латвий латыш латві łotew läti | riga рига риг",
    "立陶宛": "lithuan litau литов литв литов литвин litew leedu | vilnius вильн",
    "捷克": "czech tschech чешск чех чесь czesk | prague prag праг",
    "斯洛伐克": "slovak slowak словац словак słowac | bratislava братис",
    "匈牙利": "hungar ungar венгер венгр угор węgier ungur | budapest будап",
    "罗马尼亚": "romania rumän румын румун rumuń | bucharest бухарес",
    "摩尔多瓦": "moldov молдав молдов mołdaw | chisinau кишин",
    "保加利亚": "bulgar болгар bułgar | sofia софи",
    "塞尔维亚": "serbia serbian serbisch сербск сербия serbsk | serb belgrad белгр",
    "克罗地亚": "croat kroat хорват chorwac | zagreb загреб",
    "希腊": "greek griech греческ грец greck | greece athen афин",
    "土耳其": "turkish türkisch турец турк турецьк turec turc | turkey türk ankara анкар istanbul стамбул erdogan",
    "格鲁吉亚": "georgia grusin georgisch грузин gruziń | tbilisi tiflis тбилис",
    "亚美尼亚": "armenia armenisch армян вірмен ormia | yerevan erevan ереван",
    "阿塞拜疆": "azerbai aserbai азербайдж azerbej | baku баку",
    "哈萨克斯坦": "kazakh kasach казах kazach | astana астан алматы almaty",
    "乌兹别克斯坦": "uzbek usbek узбек | tashkent ташкент",
    "吉尔吉斯斯坦": "kyrgyz kirgis кыргыз киргиз kirgi | bishkek бишкек",
    "塔吉克斯坦": "tajik tadschik таджик tadży | dushanbe душанбе",
    "土库曼斯坦": "turkmen туркмен | ashgabat ашхаб",
    "中国": "chinese chinesisch китайск китайськ chiń | china chin beijing peking кнр пекин кита prc",
    "日本": "japan япон | tokyo токио",
    "印度": "indian indisch индийск індійськ indyjs | india indien инди delhi дели",
    "巴基斯坦": "pakistan пакистан | islamabad исламаб",
    "阿富汗": "afghan афган afgań | kabul кабул taliban талиб",
    "伊朗": "iran иран іран | tehran тегеран persi",
    "伊拉克": "iraq irak иракск іракськ | ирак baghdad багдад",
    "叙利亚": "syria syrisch сирий сирій syryj | damasc дамас",
    "以色列": "israel израил ізраїл izrael | jerusalem tel aviv иерусал",
    "埃及": "egypt ägypt египет єгип egips | cairo каир",
    "加拿大": "canad kanad канад | ottawa оттав",
    "墨西哥": "mexic mexik мексик meksy |",
    "巴西": "brazil brasil бразил brazyl |",
    "阿根廷": "argentin аргентин argenty | buenos",
    "澳大利亚": "australia austral австрали | canberra sydney",
    "越南": "vietnam вьетнам wietnam | hanoi",
    "蒙古": "mongol монгол |",
}
# 印度尼西亚 and 内蒙古 are others.
_ALONE = {"印度": "印度(?!尼西亚|洋)", "蒙古": "(?<!内)蒙古"}
NAMED = lazy_pattern("|".join(_ALONE.get(name, name) for name in _STATES))
# What lets a translation speak of a state without its name.
REFERS = lazy_pattern("该国|两国|我国|本国|当地|其国|双方|三国|各国|国内|他国")


class _State(NamedTuple):
    """How to see whether a text hints at a state: quickly for most, by adjectives and peoples, by any word."""

    commonly: tuple[str, ...]
    sure: re.Pattern[str]
    any: re.Pattern[str]


@functools.cache
def _states() -> dict[str, _State]:
    found = {}
    for name, words in _STATES.items():
        sure, _bar, also = (part.split() for part in words.partition("|"))
        commonly = tuple(f" {word}" for word in (*sure[:2], *also[:2]))
        found[name] = _State(commonly, _beginning(sure, r"\w*"), _beginning([*sure, *also]))
    return found


def _beginning(words: Sequence[str], rest: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))}){rest}")


def hints_at(name: str, source: str) -> bool:
    """Whether a word of ``source`` (casefolded) may have brought the state with the Chinese ``name`` in."""
    state = _states()[name]
    return any(map(source.__contains__, state.commonly)) or state.any.search(source) is not None


def spoken_of(source: str) -> list[tuple[str, re.Match[str]]]:
    """The states that adjectives or peoples in ``source`` (casefolded) name: Chinese name and first word."""
    return [(name, match) for name, state in _states().items() if (match := state.sure.search(source))]
