"""What words bring a state into a text: its name, its people, its adjective, its capital, in the commonest languages.

Beginnings of words, in small letters, or whole words with a full stop; a word of a source hints at a state if it
begins with one of them. CLDR has no such list, it knows names only.
"""

from __future__ import annotations

import functools
import re
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
    "韩国": "korea коре корей | seoul сеул rok",
    "朝鲜": "korea коре корей | pyongyang пхень dprk кндр",
    "印度尼西亚": "indonesi индонези | jakarta",
    "泰国": "thai таиланд тайск | bangkok",
    "菲律宾": "philippin filipin филиппин | manila",
    "马来西亚": "malays малайз | kuala",
    "新加坡": "singapor сингапур |",
    "柬埔寨": "cambod камбодж | khmer phnom",
    "老挝": "lao лаос |",
    "缅甸": "myanm burm мьянм бирм |",
    "孟加拉国": "bangladesh бангладеш | dhaka",
    "尼泊尔": "nepal непал |",
    "斯里兰卡": "sri шри | lanka colombo",
    "沙特": "saudi саудов | riyadh",
    "阿联酋": "emirat эмират | uae dubai abu оаэ",
    "卡塔尔": "qatar катар | doha",
    "科威特": "kuwait кувейт |",
    "约旦": "jordan иордан | amman",
    "黎巴嫩": "leban ливан | beirut hezbollah",
    "也门": "yemen йемен | houthi sanaa",
    "利比亚": "libya ливи ливий | tripoli",
    "突尼斯": "tunis тунис |",
    "阿尔及利亚": "algeri алжир |",
    "摩洛哥": "morocc марокк | rabat",
    "苏丹": "sudan судан | khartoum",
    "埃塞俄比亚": "ethiop эфиоп | addis",
    "肯尼亚": "kenya кени | nairobi",
    "南非": "south юар южно | africa pretoria",
    "尼日利亚": "nigeria нигери | abuja lagos",
    "尼日尔": "nigerien | niger. нигера нигеру niamey",
    "加纳": "ghan ган | accra",
    "喀麦隆": "cameroon камерун |",
    "古巴": "cuba куба кубин | havana",
    "委内瑞拉": "venezuel венесуэл | caracas",
    "哥伦比亚": "colombia колумби | bogot",
    "智利": "chile чили | santiago",
    "秘鲁": "peru перу | lima",
    "新西兰": "zealand зеланд | new kiwi wellington",
    "冰岛": "iceland исланд | reykjav",
    "爱尔兰": "irish ирланд | ireland dublin",
    "斯洛文尼亚": "sloven словен | ljubljana",
    "阿尔巴尼亚": "albania албан | tirana",
    "北马其顿": "macedon македон | skopje",
    "黑山": "montenegr черногор | podgorica",
    "塞浦路斯": "cyprus cypriot кипр | nicosia",
    "卢森堡": "luxemb люксемб |",
}
# 印度尼西亚 and 内蒙古 are others, and so are 南苏丹 and 苏丹 as a title.
_ALONE = {
    "印度": "印度(?!尼西亚|洋)",
    "蒙古": "(?<!内)蒙古",
    "苏丹": "(?<!南)苏丹",
}
NAMED = lazy_pattern("|".join(_ALONE.get(name, name) for name in sorted(_STATES, key=len, reverse=True)))
NAMES = tuple(_STATES)
# A state by one character, with what only states have: 美军, 俄方, not 以军事手段.
_BY_ONE = "美英俄法德日韩朝印以伊乌土"
_SIDES = "方(?![便法式案面向程针言才可阵])|军(?![事队人舰机费售援备功方用火械校衔情])|媒"
SHORT = lazy_pattern(f"[{_BY_ONE}](?={_SIDES})")
# Where one of the signs stands behind such a character, SHORT may match.
SIGNS_OF_SIDES, BEHIND_ONE = "方军媒", f"(?<=[{_BY_ONE}].)"
# What lets a translation speak of a state without its name.
REFERS = lazy_pattern("该国|两国|我国|本国|当地|其国|双方|三国|各国|国内|他国")


class _State(NamedTuple):
    """The words that hint at a state: the commonest with a space, those that mean this state alone, and all."""

    commonly: tuple[str, ...]
    sure: tuple[str, ...]
    any: tuple[str, ...]


@functools.cache
def _states() -> dict[str, _State]:
    found = {}
    for name, words in _STATES.items():
        sure, _bar, also = (tuple(part.split()) for part in words.partition("|"))
        commonly = tuple(f" {word}" for word in (*sure[:2], *also[:2]) if not word.endswith("."))
        found[name] = _State(commonly, sure, sure + also)
    return found


@functools.cache
def _capitalised(name: str) -> tuple[str, ...]:
    """The commonest words that hint at a state as they stand in a text that has not been brought to small letters."""
    return tuple(f" {word[1:].capitalize()}" for word in _states()[name].commonly)


@functools.cache
def beginning(words: tuple[str, ...], rest: str = "") -> re.Pattern[str]:
    """A word that begins with one of ``words``, or is one of those with a full stop; ``_`` stands for white space."""
    every = (f"{re.escape(word[:-1])}(?!\\w)" if word.endswith(".") else re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)}){rest}".replace("_", r"\s"))


def plain(word: str) -> str:
    """What stands in every text in which ``beginning`` sees ``word``."""
    return word.rstrip(".").partition("_")[0]


def hints_plainly_at(name: str, source: str) -> bool:
    """Whether one of the commonest words, with its capital, stands in ``source`` as it was written; quick."""
    return any(map(source.__contains__, _capitalised(name)))


def hints_at(name: str, source: str) -> bool:
    """Whether a word of ``source`` (in small letters) may have brought the state with the Chinese ``name`` in."""
    state = _states()[name]
    return any(map(source.__contains__, state.commonly)) or beginning(state.any).search(source) is not None


def hints_at_any(character: str, source: str) -> bool:
    """Whether a word of ``source`` (in small letters) may mean a state whose Chinese name begins with ``character``."""
    return any(hints_at(name, source) for name in _STATES if name[0] == character)


@functools.cache
def _sure() -> list[tuple[str, str]]:
    return [(plain(word), name) for name, state in _states().items() for word in state.sure]


def spoken_of(source: str) -> list[tuple[str, re.Match[str]]]:
    """The states that adjectives or peoples in ``source`` (in small letters) name: Chinese name and first word."""
    perhaps = dict.fromkeys(name for word, name in _sure() if word in source)
    spots = ((name, beginning(_states()[name].sure, r"\w*").search(source)) for name in perhaps)
    return [(name, match) for name, match in spots if match]
