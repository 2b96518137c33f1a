"""Capitals and seats of government, which news use for the state: Kyiv rejected it, 基辅拒绝了.

Cities that stand for more than their state (Brussels, Geneva, The Hague) are left out, and so are those whose
names are persons' (Sofia) or parts of other words in Chinese (河内).
"""

from __future__ import annotations

import functools
import re

from compiler_flow.checks.states import beginning, plain
from compiler_flow.text import lazy_pattern

# Chinese name: the state, and beginnings of words in small letters in the commonest languages, as in ``states``.
_PLACES = {
    "莫斯科": ("俄罗斯", "moscow moskau moskva moskwa mosko moscou mosco maskv москв"),
    "克里姆林宫": ("俄罗斯", "kremlin kreml кремл kremel"),
    "基辅": ("乌克兰", "kyiv kiev kiew kijów kijow kijev киев київ києв киеў"),
    "明斯克": ("白俄罗斯", "minsk mińsk минск мінск мінськ"),
    "华沙": ("波兰", "warsaw warsz warschau varšuv varšav варшав"),
    "柏林": ("德国", "berlin berlyn берлин берлін"),
    "巴黎": ("法国", "paris. paryż paryž parīz pariis париж"),
    "爱丽舍宫": ("法国", "élysée elysée elysee"),
    "伦敦": ("英国", "london londyn londr лондон"),
    "唐宁街": ("英国", "downing"),
    "华盛顿": ("美国", "washington waszyngton vašington вашингт"),
    "白宫": (
        "美国",
        "white_house weiße_haus weißen_haus białego_dom biały_dom белый_дом белого_дом белом_дом білий_дім білого_дом",
    ),
    "五角大楼": ("美国", "pentagon пентагон"),
    "维也纳": ("奥地利", "vienna wien. wiedeń wiedni вена. вены. вене. вену. відень. відні."),
    "马德里": ("西班牙", "madrid madryt мадрид"),
    "里斯本": ("葡萄牙", "lisbon lissabon lizbon лиссабон лісабон"),
    "斯德哥尔摩": ("瑞典", "stockholm sztokholm stokholm стокгольм"),
    "奥斯陆": ("挪威", "oslo осло"),
    "哥本哈根": ("丹麦", "copenhagen kopenhag копенгаген"),
    "赫尔辛基": ("芬兰", "helsin хельсинк гельсінк"),
    "塔林": ("爱沙尼亚", "tallin talin таллин таллінн"),
    "里加": ("拉脱维亚", "riga. rigas. rīg ryg рига. риги. риге. ригу."),
    "维尔纽斯": ("立陶宛", "vilni wilno wilnie вильнюс вільнюс"),
    "布拉格": ("捷克", "prague prag. praga. pragi. прага. праги. праге. прагу."),
    "布达佩斯": ("匈牙利", "budapest budapeszt будапешт"),
    "布加勒斯特": ("罗马尼亚", "bucharest bukarest bukareszt bucurești бухарест"),
    "基希讷乌": ("摩尔多瓦", "chisinau chișinău kishinev kiszyni кишин"),
    "贝尔格莱德": ("塞尔维亚", "belgrad beograd белград"),
    "萨格勒布": ("克罗地亚", "zagreb загреб"),
    "雅典": ("希腊", "athens athen. ateny. aten. афин"),
    "安卡拉": ("土耳其", "ankar анкар"),
    "第比利斯": ("格鲁吉亚", "tbilis tiflis тбилиси тбілісі"),
    "埃里温": ("亚美尼亚", "yerevan erevan jerevan erywań ереван єреван"),
    "巴库": ("阿塞拜疆", "baku баку"),
    "阿斯塔纳": ("哈萨克斯坦", "astana астан"),
    "塔什干": ("乌兹别克斯坦", "tashkent taschkent taszkent ташкент"),
    "比什凯克": ("吉尔吉斯斯坦", "bishkek bischkek biszkek бишкек бішкек"),
    "杜尚别": ("塔吉克斯坦", "dushanbe duschanbe душанбе"),
    "阿什哈巴德": ("土库曼斯坦", "ashgabat ashkhabad aschgabat ашхабад ашгабад"),
    "北京": ("中国", "beijing peking pekin пекин пекін"),
    "东京": ("日本", "tokyo tokio токио токіо"),
    "新德里": ("印度", "delhi нью-дели нью-делі"),
    "伊斯兰堡": ("巴基斯坦", "islamabad исламабад"),
    "喀布尔": ("阿富汗", "kabul кабул"),
    "德黑兰": ("伊朗", "tehran teheran тегеран"),
    "巴格达": ("伊拉克", "baghdad bagdad багдад"),
    "大马士革": ("叙利亚", "damascus damaskus damaszek дамаск"),
    "开罗": ("埃及", "cairo kairo kair. каир"),
    "首尔": ("韩国", "seoul seul сеул"),
    "平壤": ("朝鲜", "pyongyang pjöngjang pjongjang пхеньян"),
    "渥太华": ("加拿大", "ottawa оттав"),
    "堪培拉": ("澳大利亚", "canberra канберр"),
    "哈瓦那": ("古巴", "havana hawan гаван"),
    "加拉加斯": ("委内瑞拉", "caracas karakas каракас"),
}
NAMES = tuple(_PLACES)
# 北京时间 says whose clock it is.
_ALONE = {"北京": "北京(?!时间)"}
NAMED = lazy_pattern("|".join(_ALONE.get(name, name) for name in NAMES))


# Which state each capital or seat of government speaks of.
STATES = {name: state for name, (state, _words) in _PLACES.items()}


@functools.cache
def names_of(state: str) -> tuple[str, ...]:
    """The capital of a state and the seats of its government, in Chinese; none for states that have none here."""
    return tuple(name for name in NAMES if STATES[name] == state)


@functools.cache
def _words() -> list[tuple[str, str]]:
    return [(plain(word), name) for name, (_state, words) in _PLACES.items() for word in words.split()]


def is_spoken_of(state: str, source: str) -> bool:
    """Whether ``source`` (in small letters) names the capital of ``state`` or a seat of its government."""
    return any(_spot(name, source) for name in names_of(state))


def spoken_of(source: str) -> list[tuple[str, re.Match[str]]]:
    """Those of ``NAMES`` that ``source`` (in small letters) names, each with its first word there."""
    perhaps = dict.fromkeys(name for word, name in _words() if word in source)
    return [(name, match) for name in perhaps if (match := _spot(name, source))]


def _spot(name: str, source: str) -> re.Match[str] | None:
    """The first word of ``source`` (in small letters) that means the capital or seat with the Chinese ``name``."""
    return beginning(tuple(_PLACES[name][1].split()), r"\w*").search(source)
