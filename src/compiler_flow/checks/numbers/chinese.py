"""The quantities that a Chinese text states: digits, 万 and 亿, Chinese numerals, and what stands around them.

GB/T 15835-2011 says which form is wanted where; this reads them all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.numerals import UNITS, number
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Reading, Rounding, exactly
from compiler_flow.text import lazy_pattern

# Full-width digits and marks, one for one, so that offsets stay.
_NARROW = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９％．：／－～", "0123456789%.:/-~", strict=True)
}

_WIDE = lazy_pattern("[０-９％．：／－～]")

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.])|\d+(?:\.\d+)?"
_HAN = "〇零一二三四五六七八九两俩十百千万亿"
# The 千 of kilovolts and the 百 of percentage points belong to what follows.
_UNIT = r"(?:[十万亿]|百(?!分[之点])|千(?![伏瓦克米赫卡兆]))"
_NUMERAL = rf"(?:[〇零一二三四五六七八九两俩]|{_UNIT})"
_RUN = lazy_pattern(
    rf"(?=[\d{_HAN}数几上成多余来点])(?:[数几上成](?=[十百千万亿]))?"
    rf"(?:(?:{_ARABIC})(?:\s?{_UNIT})?|{_NUMERAL}|(?<=[一二三四五六七八九〇零])点(?=[〇零一二三四五六七八九])|[多余几来](?=[十百千万亿]))"
    rf"(?:(?:{_ARABIC})(?:\s?{_UNIT})?|{_NUMERAL}|(?<=[一二三四五六七八九〇零])点(?=[〇零一二三四五六七八九]+(?!\s?[分刻半整]))|[多余几来](?=[十百千万亿]))*"
    rf"[多余几]?"
)
# Numerals that count nothing: covered before anything is read. Weekdays come first among them.
_IDIOM_LIST = (
    r"一带一路|统一|万一|一些|一样|一直|一起|一旦|一切|一定|一般|一致|一向|一度|一贯|一律|一再|一边|一面|一方|"
    r"另一|(?<!分)之一|唯一|进一步|一步|一体|一系列|单一|同一|一时|一会|一下|一同|一道|一并|一经|一线|一举|一味|一心|一律|一连|一番(?<!翻一番)(?<!翻了一番)|"
    r"一点|某一|这一|那一|每一|任一|万分|"
    r"十分(?!之|钟)|十足|十字|千方百计|老百姓|百姓|百货|百科|百慕大|百老汇|百度|百事|千万(?=不|别|要|小心)|四川|三角|五角大楼|三明治|三文鱼|"
    r"万能|万岁|万象|万斯|万达|万豪|伊万|斯万|迪万|卡万|瓦万|万圣|万维|万国|再三|接二连三|三番五次|四面八方|五花八门|五颜六色|一分为二|"
    r"千里|万里|四处|四周|四季|三军|二战|一战|十字军|七上八下|乱七八糟|九三学社|三星|八一|六合|八卦|不三不四|百般|一国|"
    r"三亚|四平|六安|九江|五台|三峡|十堰|万州|九龙|千岛|百色|百合|一部分"
)
# Trying a hundred idioms at each character costs more than all the rest: only where one can begin.
_IDIOM_LEADS = "".join(sorted({re.sub(r"^\(\?<!.\)", "", idiom)[0] for idiom in _IDIOM_LIST.split("|")}))
_IDIOMS = lazy_pattern(
    rf"(?=[星礼周第{_IDIOM_LEADS}])"
    rf"(?:(?:星期|礼拜|周)[一二三四五六](?!(?<=每周[一二三四五六])[班趟次场回天节])|第一(?=时间|夫人)|(?<!第)(?:{_IDIOM_LIST}))"
)
_CHINESE_NUMERAL = lazy_pattern(rf"[{_HAN}\d半双首数几倍番％０-９]")


# ---------------------------------------------------------------------------------------------- reading

_ABOUT_WORDS = "约|大约|约为|约合|约有|将近|近|接近|大概|差不多|几乎|左右|上下"
_OVER_WORDS = "超过|逾|超|多于|至少|高于|突破|不少于|不低于|高达|多达|以上|大于"
_UNDER_WORDS = "不到|不足|少于|低于|近|将近|接近|至多|最多|未满|逼近|几乎"
_ABOUT = lazy_pattern(rf"(?:{_ABOUT_WORDS})\s?(?:有|为|达|合)?\s?$")
_OVER = lazy_pattern(rf"(?:{_OVER_WORDS})(?:了)?\s?$")
_UNDER = lazy_pattern(rf"(?:{_UNDER_WORDS})\s?$")
# How all of these end: most numbers have nothing of the kind before them.
_ROUNDING_ENDS = frozenset("有为达合了").union(
    word[-1] for words in (_ABOUT_WORDS, _OVER_WORDS, _UNDER_WORDS) for word in words.split("|")
)
_AFTER_ABOUT = lazy_pattern(r"[^，。；、！？\d]{0,5}?(?:左右|上下)")
_AFTER_OVER = lazy_pattern(r"[^，。；、！？\d]{0,4}?(?:以上|之多|出头|开外)|[余多]")
CURRENCIES = (
    "美元|欧元|美金|卢布|兹罗提|列伊|格里夫纳|韩元|日元|英镑|坚戈|苏姆|马纳特|拉里|德拉姆|克朗|瑞郎|法郎|元|镑|人民币|里拉|格罗申|卢比|福林|谢克尔|比索"
    "|美分|欧分"
)
CURRENCY_SIGNS = "$€£¥￥₽₩"
_MONEY = lazy_pattern(rf"\s?(?:多|余)?(?:{CURRENCIES})")
_MONEY_BEFORE = lazy_pattern(rf"[{CURRENCY_SIGNS}]\s?$")
_MORE = lazy_pattern(
    r"(?:增加|增长|上升|提高|多出|高出|扩大|上涨|提升|激增|猛增|暴涨|飙升|增多|大增|剧增|增|涨|翻)(?:了|逾|近|约|超过|大约)*$"
)
_CLOCK_HALF = {"下": 12, "傍": 12, "晚": 12, "夜": 12, "深": 12, "当": 12, "今": 12, "午": 12}
_TIME = lazy_pattern(
    r"(?P<half>凌晨|清晨|早上|早晨|早间|上午|中午|正午|下午|午后|傍晚|当晚|今晚|晚上|晚间|夜间|深夜|晚|早)?(?<!小)\s?"
    r"(?<![\d.])(?P<h>\d{1,2}|[零一二两三四五六七八九十]{1,3})\s?(?P<mark>时|点钟?)(?![期间代候光速刻常事评要名火子阵])"
    r"(?P<rest>半|整|\s?(?P<m>\d{1,2}|[零一二三四五六七八九十]{1,3})\s?分|(?P<q>[一三])刻)?"
)
_COLON = lazy_pattern(
    r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|当晚|晚上|晚间|晚)?\s?(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])"
)
_PARTS = lazy_pattern(rf"(?P<whole>(?:{_ARABIC})|[{_HAN}]+)分之(?P<part>(?:{_ARABIC})|[{_HAN}点]+|几)")
_DECADE = lazy_pattern(
    r"(?:(?:(?P<century>\d{1,2}|[一二十九八七]{1,3})世纪|(?P<last>上个?世纪|20世纪|本世纪|新世纪)))?(?P<decade>\d{2,4}|[一二三四五六七八九〇零十]{1,4})年代|"
    r"(?P<first>\d{1,2}|二十一|二十)世纪(?:头|最初|第一个)(?:十|10)年"
)
_SPECIAL = lazy_pattern(
    r"(?P<double>翻了?一?番|翻倍|加倍|成倍|倍增)|(?P<powers>翻了?(?P<n>[二两三四五六])番)|(?P<half>一半|半数|过半|对半|减半|(?<![上下个年月天点时])半(?![岛导径球官壁封])(?=个|年|天|小时|数|程|场))"
    r"|(?P<year>[上下]半年)|(?P<first>首(?=[次个届位名批家轮度例架艘条项枚座场日天期局部战站季]|阶段)|头号)|(?P<pair>双(?=方|边|重|双|线|城|向))"
)
_DAY_PART = lazy_pattern(rf"(?:正午|中午|午夜|子夜)(?!\s?[\d{_HAN}])")
# In sport the unit stands in the place of the point: 9秒79, 3分40秒41, 8米31.
_DECIMAL = lazy_pattern(
    rf"(?:(?P<minutes>\d{{1,2}}|[{_HAN}]{{1,3}})分)?(?<![\d.])(?P<whole>\d{{1,3}}|[{_HAN}]{{1,3}})"
    r"(?:秒(?P<hundredths>\d{1,3})|米(?P<centimetres>\d{2}))(?![\d%．.年月日时分秒米万亿千百个名人公岁])"
)
_PART_NAMES = lazy_pattern(
    r"(?P<letters>[\u4e00-\u9fff]{1,3})-(?P<digits>\d{1,4})(?P<rest>[A-Z]{0,3})(?![\d%年月日℃°度])"
)
_NOT_PART = frozenset("至到达为约是近在于以从自每")


def read(text: str) -> list[Quantity]:
    """The quantities in a Chinese text, in order."""
    if not _CHINESE_NUMERAL.search(text):
        return []
    # Tables are slow on Chinese, and most texts have nothing wide.
    narrow = text.translate(_NARROW) if _WIDE.search(text) else text
    covered = _IDIOMS.sub(lambda match: marks.COVER * len(match[0]), narrow)
    found: list[Quantity] = []
    if "世纪" in text or "年代" in text:
        found += _centuries(covered)
    for signs, pattern, build in _BUILDERS:
        if not any(sign in covered for sign in signs):
            continue
        for match in list(pattern.finditer(covered)):
            quantity = build(match, covered)
            if quantity is not None:
                found.append(quantity)
                covered = marks.covered(covered, quantity.start, quantity.end)
    names, covered = marks.take(covered)
    found += names
    found += _runs(covered)
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    return _ranges(found, narrow)


def _exact(text: str) -> float | None:
    value = number(text)
    return value[0] if value else None


def _read_time(match: re.Match[str], _text: str) -> Quantity | None:
    groups = match.groupdict()
    hour = _exact(groups["h"])
    if hour is None or hour > 24:
        return None
    minute: float | None = 0.0
    rest = groups.get("rest") or ""
    if rest == "半":
        minute = 30
    elif groups.get("q"):
        minute = 15.0 if groups["q"] == "一" else 45.0
    elif groups.get("m"):
        minute = _exact(groups["m"])
    if minute is None or minute >= 60:
        return None
    half = groups["half"] or ""
    later = (half[:1] in _CLOCK_HALF and hour < 12) or (half in ("中午", "正午") and hour < 6)
    at = exactly(Kind.TIME, (hour * 60 + (720 if later else 0) + minute) % 1440)
    # 三点 may be three points as well as three o'clock.
    plain = (exactly(Kind.NUMBER, hour),) if not rest and "mark" in groups else ()
    readings = (at, *plain) if groups.get("mark") != "点" or half else (*plain, at)
    return Quantity(readings, match.start("half") if half else match.start("h"), match.end())


def _read_parts(match: re.Match[str], text: str) -> Quantity | None:
    whole, part = _exact(match["whole"]), _exact(match["part"])
    if not whole or part is None:
        return None
    rounding = _rounding(text, match.start(), match.end())
    if match["whole"] in ("百", "100", "一百"):
        return Quantity((exactly(Kind.PERCENT, part),), *match.span(), rounding=rounding, is_word=True)
    return Quantity((exactly(Kind.FRACTION, part / whole),), *match.span(), rounding=rounding, is_word=True)


def _read_decade(match: re.Match[str], _text: str) -> Quantity | None:
    if match["first"]:
        century = _exact(match["first"])
        return Quantity((exactly(Kind.DECADE, ((century or 1) - 1) * 100),), *match.span())
    decade = _exact(match["decade"])
    if decade is None:
        return None
    if match["century"]:
        base = ((_exact(match["century"]) or 1) - 1) * 100
    elif match["last"]:
        base = 2000.0 if match["last"][0] in "本新" else 1900.0
    else:
        base = 0.0
    if decade >= 1000:
        return Quantity((exactly(Kind.DECADE, decade),), *match.span())
    if base:
        return Quantity((exactly(Kind.DECADE, base + decade), exactly(Kind.NUMBER, decade)), *match.span())
    readings = tuple(exactly(Kind.DECADE, century + decade) for century in (1900.0, 2000.0, 1800.0))
    return Quantity((*readings, exactly(Kind.NUMBER, decade)), *match.span())


def _centuries(text: str) -> Iterator[Quantity]:
    """The 20 of 20世纪90年代, for sources that count centuries as well (90-е годы XX века)."""
    for match in _DECADE.finditer(text):
        century = _exact(match["century"] or ("20" if match["last"] == "20世纪" else ""))
        if century is not None:
            yield Quantity((exactly(Kind.ORDINAL, century),), match.start(), match.start() + 1)


def _read_special(match: re.Match[str], text: str) -> Quantity | None:
    rounding = _rounding(text, match.start(), match.end())
    if match["double"]:
        return Quantity((exactly(Kind.TIMES, 2),), *match.span(), rounding=rounding, is_word=True)
    if match["powers"]:
        return Quantity((exactly(Kind.TIMES, 2.0 ** (_exact(match["n"]) or 1)),), *match.span(), is_word=True)
    if match["half"]:
        readings = (exactly(Kind.FRACTION, 0.5), exactly(Kind.NUMBER, 0.5))
        return Quantity(readings, *match.span(), rounding=rounding, is_word=True)
    if match["year"]:
        return Quantity((exactly(Kind.HALF_YEAR, 1 if match["year"][0] == "上" else 2),), *match.span())
    if match["first"]:
        return Quantity((exactly(Kind.ORDINAL, 1),), *match.span(), is_word=True)
    return Quantity((exactly(Kind.NUMBER, 2),), *match.span(), is_word=True)


def _read_part_name(match: re.Match[str], _text: str) -> Quantity | None:
    if match["letters"][-1] in _NOT_PART:
        return None
    reading = exactly(Kind.NAME, float(match["digits"]))
    return Quantity((reading,), match.end("letters") - 1, match.end(), letters=match["letters"][-1])


def _read_day_part(match: re.Match[str], _text: str) -> Quantity | None:
    return Quantity((exactly(Kind.TIME, 720 if match[0][1] == "午" else 0),), *match.span())


def _read_decimal(match: re.Match[str], _text: str) -> Quantity | None:
    whole = _exact(match["whole"])
    minutes = _exact(match["minutes"]) if match["minutes"] else 0.0
    if whole is None or minutes is None:
        return None
    value = round(60 * minutes + whole + float(f"0.{match['hundredths'] or match['centimetres']}"), 6)
    return Quantity((exactly(Kind.NUMBER, value),), *match.span())


# Before each pattern the signs of which it needs one.
_BUILDERS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], str], Quantity | None]], ...] = (
    ((":",), _COLON, _read_time),
    (("年代", "世纪"), _DECADE, _read_decade),
    (("分之",), _PARTS, _read_parts),
    (("时", "点"), _TIME, _read_time),
    (("-",), _PART_NAMES, _read_part_name),
    (("秒", "米"), _DECIMAL, _read_decimal),
    (("午", "夜"), _DAY_PART, _read_day_part),
    (("番", "倍", "半", "首", "双", "头号"), _SPECIAL, _read_special),
)


def _rounding(text: str, start: int, end: int) -> Rounding:
    before = text[max(0, start - 6) : start]
    is_told = before.rstrip()[-1:] in _ROUNDING_ENDS
    if is_told and _UNDER.search(before):
        return Rounding.UNDER
    if (is_told and _ABOUT.search(before)) or _AFTER_ABOUT.match(text, end):
        return Rounding.ABOUT
    if (is_told and _OVER.search(before)) or _AFTER_OVER.match(text, end):
        return Rounding.OVER
    return Rounding.NONE


_COUNTED = lazy_pattern(r"年|日(?![元本圆报咳])|天|人|名|户|吨|元|里|公里|立方|平方|余|多")
_COUNTING = lazy_pattern(r"[每近约逾超上数几]$")


def _runs(text: str) -> Iterator[Quantity]:
    reached = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        run = match[0]
        if start < reached:
            continue  # the 八 of 三成八
        if run in ("零", "〇", "百千", "千百", "多", "余", "几"):
            continue
        # A unit alone is a number only in 百年, 每千人, 近百户: the rest are names and idioms.
        if run in UNITS and run != "十" and not (_COUNTED.match(text, end) or _COUNTING.search(text[:start][-2:])):
            continue
        value = number(run)
        if value is not None:
            quantity = _placed(text, run, start, end, value)
            reached = quantity.end
            yield quantity


def _placed(text: str, run: str, start: int, end: int, value: tuple[float, float]) -> Quantity:
    """A run of numerals as what its neighbours make of it."""
    low, high = value
    before = text[max(0, start - 8) : start].rstrip()
    gap = 1 if text[end : end + 1] == " " else 0
    after = text[end + gap : end + gap + 6]
    plain = Reading(Kind.NUMBER, low, high)
    is_word = not any(char.isdigit() for char in run)
    rounding = _rounding(text, start, end)
    negative = before.endswith(("零下", "负")) or bool(
        before[-1:] in ("-", "−")
        and (
            re.search(r"(?:^|[^\w.%～—~-]|[至到达为约])[-−]$", before)
            or (re.match(r"℃|°|摄氏|度", after) and re.search(r"[\u4e00-\u9fff][-−]$", before))
        )
    )
    readings, length = _readings(run, before, after, low, high, plain)
    vague = run[0] in "数几上成" and len(run) > 1
    if vague and readings == (plain,):
        readings = (Reading(Kind.VAGUE, low, high),)
    elif after.startswith("半") and re.match(r"半(?![岛导])", after) and readings == (plain,):
        readings = (exactly(Kind.NUMBER, low + 0.5),)
    elif after[1:2] == "半" and after[0] in "年天个" and readings[0].kind in (Kind.NUMBER, Kind.YEAR) and low < 1000:
        readings, length = (exactly(Kind.NUMBER, low + 0.5), *readings), 2
    money = bool(_MONEY.match(text, end)) or bool(_MONEY_BEFORE.search(before))
    stop = end + gap + length if length else end
    start -= text[start - 1 : start] == "第"
    return Quantity(readings, start, stop, money=money, negative=negative, rounding=rounding, is_word=is_word)


# How everything begins that makes a number more than an amount.
_TELLING = frozenset("个百基%‰倍月日号年世成千瓦")
_YEAR = lazy_pattern(r"[12]\d{3}")
_MORE_TENTHS = r"成(?P<more>[半一二三四五六七八九](?!成|[十百千万亿]))?"
_TENTHS = lazy_pattern(rf"{_MORE_TENTHS}(?![员功立为本果长都就绩熟分交群年千百人败家因效文型形份色])")
# 七成家庭 and 八成立陶宛人 are shares; 一成立 is the end of 之一 and the begin of 成立.
_SURE_TENTHS = lazy_pattern(rf"{_MORE_TENTHS}(?![员功果都就绩熟群千百败])")
_SURELY = frozenset("二两三四五六七八九")


def _readings(
    run: str, before: str, after: str, low: float, high: float, plain: Reading
) -> tuple[tuple[Reading, ...], int]:
    """The readings of a run by what stands beside it, and how much of ``after`` belongs to it."""
    if after[:1] not in _TELLING and before[-1:] != "第" and run != "一":
        return ((plain, exactly(Kind.YEAR, low)) if _YEAR.fullmatch(run) and low < 2200 else (plain,)), 0
    points = re.match(r"个?百分点|个?基点", after)
    if points:
        factor = 0.01 if "基" in points[0] else 1.0
        return (Reading(Kind.POINTS, low * factor, high * factor),), points.end()
    if after.startswith(("%", "‰")):
        mark = re.match(r"%\s?个?百分点", after)
        if mark:
            return (Reading(Kind.POINTS, low, high),), mark.end()
        factor = 1.0 if after[0] == "%" else 0.1
        return (Reading(Kind.PERCENT, low * factor, high * factor),), 1
    if before.endswith("第"):
        return (Reading(Kind.ORDINAL, low, high), plain), 0
    if after.startswith("倍"):
        return _multiple(before, low, high, plain), 1
    if re.match(r"月(?!球|亮|薪|租)", after) and 1 <= low <= 99 and run[-1] not in "多余几":
        return (exactly(Kind.MONTH, low),), 1
    if re.match(r"日(?!元|本|圆|报|内瓦)|号", after) and 1 <= low <= (99 if before.endswith("月") else 31):
        kind = Kind.ORDINAL if after[0] == "号" else Kind.NUMBER
        return (exactly(Kind.DAY, low), Reading(kind, low, high)), 1
    if after.startswith("年") and not after.startswith("年代") and low == high:
        if 1000 <= low < 2200 and len(run) == 4:
            return (exactly(Kind.YEAR, low), plain), 1
        if re.fullmatch(r"\d{2}", run):
            century = 2000.0 if low < 60 else 1900.0
            return (plain, exactly(Kind.YEAR, century + low)), 1
    if run == "一" and re.match(r"季度|期|号|级|审|读|等|区", after):
        return (exactly(Kind.ORDINAL, 1), plain), 0
    if after.startswith("世纪"):
        return (exactly(Kind.ORDINAL, low), plain), 2
    if after.startswith("世") and 2 <= low <= 30 and not after.startswith(("世界", "世代", "世家", "世同堂")):
        return (exactly(Kind.ORDINAL, low), plain), 1
    tenths = (_SURE_TENTHS if run[-1] in _SURELY else _TENTHS).match(after)
    if tenths and 1 <= low <= 9.9 and len(run) <= 3:
        more = number((tenths["more"] or "零").replace("半", "五")) or (0.0, 0.0)
        return (Reading(Kind.PERCENT, low * 10 + more[0], high * 10 + more[0]), plain), tenths.end()
    if re.match(r"千?瓦", after):
        # 万千瓦 and 千瓦 stand for megawatts and gigawatts.
        kilo = 1e3 if after[0] == "千" else 1.0
        watts = tuple(Reading(Kind.NUMBER, low * kilo / size, high * kilo / size) for size in (1e6, 1e9))
        return (plain, *watts), 0
    if _YEAR.fullmatch(run) and low < 2200:
        return (plain, exactly(Kind.YEAR, low)), 0
    return (plain,), 0


def _multiple(before: str, low: float, high: float, plain: Reading) -> tuple[Reading, ...]:
    """增加两倍 is three times as much, 是两倍 is twice; 一倍 is always “as much again”."""
    more = bool(_MORE.search(before))
    if before.endswith(("翻", "翻了")):
        return (Reading(Kind.TIMES, low, high), Reading(Kind.TIMES, low + 1, high + 1))
    if low == high == 1:
        return (exactly(Kind.TIMES, 2.0),)
    add = 1.0 if more else 0.0
    return (Reading(Kind.TIMES, low + add, high + add), plain)


_BETWEEN = lazy_pattern(r"\s?(?:[-–—−~～]{1,2}|至|到|或|、|和|与)\s?")


def _ranges(found: list[Quantity], text: str) -> list[Quantity]:
    """The unit after the second number of a range is the first one's too: 80-90%, 3至5万, 17—19日."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        gap = text[first.end : second.start]
        if first.kind is Kind.MONTH and second.kind is Kind.MONTH:
            continue
        if not _BETWEEN.fullmatch(gap):
            continue
        strict = gap.strip() not in ("、", "和", "与", "或")
        found[index] = _completed(first, second, text, strict=strict)
    return found


def _completed(first: Quantity, second: Quantity, text: str, *, strict: bool) -> Quantity:
    if first.kind is not Kind.NUMBER or not first.readings[0].exact:
        return first
    value = first.value
    if second.kind in (Kind.DAY, Kind.MONTH):
        limit = 31 if second.kind is Kind.DAY else 12
        return replace(first, readings=(exactly(second.kind, value), *first.readings)) if value <= limit else first
    if second.kind is Kind.YEAR and 1000 <= value < 2200:
        return replace(first, readings=(exactly(Kind.YEAR, value), *first.readings))
    if second.kind is Kind.PERCENT and text[second.start : second.end].endswith("成") and strict:
        # 七至八成 counts in tenths on both sides.
        return replace(first, readings=(exactly(Kind.PERCENT, value * 10),)) if 1 <= value < 10 else first
    if second.kind in (Kind.PERCENT, Kind.POINTS) and not second.is_word and strict:
        return replace(first, readings=(exactly(second.kind, value),))
    raw = text[second.start : second.end]
    scale = math.prod(UNITS[char] for char in re.findall("[十百千万亿]", raw)) if re.match(r"[\d.,]", raw) else 1.0
    has_own = any(char in text[first.start : first.end] for char in "十百千万亿")
    if (
        second.kind is Kind.NUMBER
        and scale > 1
        and not has_own
        and not first.is_word
        and value * scale < second.value * 1.0001
    ):
        return replace(first, readings=(exactly(Kind.NUMBER, value * scale),), money=first.money or second.money)
    return first
