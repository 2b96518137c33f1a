"""News that never happened, in English and Chinese, as much of it as a measurement needs; the same at every run.

Sentences have 16 words on the average, one glossary name each, digits in one of three: the sample number has 14
words, 0.95 names and 0.29. One unit in a hundred has a wrong number or lacks a name, so that there is something to
find. Names are made of syllables whose characters are one for one, so that no two names have one rendering.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

from compiler_flow.bilingual import po
from compiler_flow.model import Catalog, Role, Spot, Unit
from compiler_flow.text import digest

_SYLLABLES = dict(
    zip(
        "ba be bo da de do fa fe ga ge go ha he ka ke ki ko la le li lo lu ma me mi mo na ne ni no pa pe po ra re ri ro"
        " sa se si so ta te ti to va ve vi vo za ze zo".split(),
        "巴贝博达德多法费加格戈哈赫卡克基科拉勒利洛卢马梅米莫纳内尼诺帕佩波拉雷里罗萨塞西索塔特蒂托瓦韦维沃扎泽佐",
        strict=True,
    )
)
# 拉 stands for la; another character of the same sound keeps the two apart.
_SYLLABLES["ra"] = "腊"
_KINDS = ("person", "person", "place", "organization")
_ORGANIZATIONS = (("Institute", "研究所"), ("Group", "集团"), ("Railways", "铁路公司"), ("Foundation", "基金会"))

# {n} a name, {p} a person with the original at the first mention, {c} a country, and numbers: {m} money, {i} people,
# {r} a percentage, {y} a year, {w} a small number in words, {d} a date.
_SENTENCES = (
    ("The government of {n} will publish the full text of the agreement after the vote in parliament.", "议会表决后，{n}政府将公布协议全文。"),
    ("{p} told reporters on Wednesday that the talks had been long, open and useful for both sides.", "{p}周三对记者表示，会谈时间很长，双方坦诚交流，均有收获。"),
    ("“We will not leave our partners alone with this burden,” {p} said after the meeting in {c}.", "{p}在{c}会谈后表示：“我们不会让伙伴独自承担这一重负。”"),
    ("Officials from {n} discussed how the new rules would change trade along the northern border.", "{n}官员讨论了新规将如何改变北部边境沿线的贸易。"),
    ("The plan, which was first presented in the spring, still needs the approval of {n} and its lenders.", "该计划于春季首次提出，仍须获得{n}及其贷款方批准。"),
    ("{p}, who has led the delegation since the summer, called the outcome a step in the right direction.", "自夏季起率领代表团的{p}称，这一结果是朝着正确方向迈出的一步。"),
    ("Observers expect that the decision will be felt first by farmers and small companies near {n}.", "观察人士预计，{n}附近的农民和小企业将最先感受到这一决定的影响。"),
    ("Neither side has said when the next round of consultations with {c} is going to begin.", "双方均未说明与{c}的下一轮磋商何时开始。"),
    ("{n} denied the reports, which it described as an attempt to mislead the public before the election.", "{n}否认上述报道，称这是企图在选举前误导公众。"),
    ("The ministry said that repairs of the damaged power lines around {n} would continue through the winter.", "该部门表示，{n}周边受损输电线路的抢修工作将持续整个冬季。"),
    ("Residents had complained for months about the noise, the dust and the closed bridge.", "数月来，居民一直抱怨噪音、扬尘和大桥封闭。"),
    ("Nobody was hurt, and the cause of the fire in the warehouse is still being investigated.", "无人受伤，仓库起火原因仍在调查之中。"),
    ("The documents were signed in the presence of diplomats and of representatives of the business community.", "文件在外交官和商界代表的见证下签署。"),
    ("{p} thanked the rescuers and promised that the families of the victims would receive help.", "{p}向救援人员致谢，并承诺遇难者家属将得到帮助。"),
    ("{n} and {c} signed an agreement worth {m} on the reconstruction of the railway to the coast.", "{n}与{c}签署协议，投入{m}重建通往海岸的铁路。"),
    ("More than {i} people took part in the exercise, according to the defence ministry of {c}.", "据{c}国防部称，超过{i}人参加了演习。"),
    ("Exports of grain through {n} rose by {r} percent compared with the same period of {y}.", "经{n}的粮食出口较{y}年同期增长{r}%。"),
    ("{p} said the budget would grow to {m} by the end of {y} if parliament agrees to the changes.", "{p}表示，若议会同意修改，到{y}年底预算将增至{m}。"),
    ("The central bank kept its rate at {r} percent, in line with what most analysts had expected.", "央行将利率维持在{r}%，符合多数分析人士的预期。"),
    ("At the meeting on {d} the {w} ministers agreed to open {i} new places at universities in {n}.", "在{d}的会议上，{w}位部长同意在{n}的大学新增{i}个名额。"),
    ("The plant near {n} employs {i} workers and has cost {m} since construction began in {y}.", "{n}附近的这座工厂有{i}名工人，自{y}年动工以来已耗资{m}。"),
    ("Over the next {w} years {c} wants to train teachers and doctors for its eastern regions.", "未来{w}年，{c}希望为东部地区培养教师和医生。"),
    ("{p} will visit {w} cities and open the exhibition about the history of the port.", "{p}将访问{w}座城市，并为港口历史展览揭幕。"),
    ("The {w} companies that built the terminal have asked {n} for a longer contract.", "建造该码头的{w}家公司要求{n}延长合同。"),
)  # fmt: skip
_COUNTRIES = (("Estonia", "爱沙尼亚"), ("Kazakhstan", "哈萨克斯坦"), ("Poland", "波兰"), ("Moldova", "摩尔多瓦"))
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November")
_WORDS = (
    ("three", "三"),
    ("four", "四"),
    ("five", "五"),
    ("seven", "七"),
    ("eight", "八"),
    ("nine", "九"),
    ("twelve", "12"),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A glossary entry of the measurements."""

    source: str
    target: str
    kind: str


def names(count: int) -> list[Name]:
    """``count`` different names; the first of more names are the same."""
    dice = random.Random(20241031)  # noqa: S311 (the same news every time)
    found: dict[str, Name] = {}
    while len(found) < count:
        kind = dice.choice(_KINDS)
        first, last = _word(dice, 2), _word(dice, 3 if dice.random() < 0.7 else 4)
        if kind == "person":
            name = Name(f"{first[0]} {last[0]}", f"{first[1]}·{last[1]}", kind)
        elif kind == "place":
            name = Name(last[0], last[1], kind)
        else:
            english, chinese = dice.choice(_ORGANIZATIONS)
            name = Name(f"{last[0]} {english}", f"{last[1]}{chinese}", kind)
        found.setdefault(name.source, name)
    return list(found.values())


def _word(dice: random.Random, length: int) -> tuple[str, str]:
    parts = dice.choices(list(_SYLLABLES.items()), k=length)
    return "".join(part for part, _char in parts).capitalize(), "".join(char for _part, char in parts)


def write_glossary(path: Path, count: int) -> Path:
    """A house glossary of ``count`` entries."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("source", "target", "kind"))
        rows.writerows((name.source, name.target, name.kind) for name in names(count))
    return path


def catalog(units: int, known: int) -> Catalog:
    """An article of ``units`` units about the first ``known`` names."""
    writer = _Writer(names(known))
    return Catalog("news", "en", units=tuple(writer.unit(number) for number in range(units)))


def write_po(path: Path, units: int, known: int) -> Path:
    """``catalog`` as our PO file."""
    path.write_bytes(po.serialize(catalog(units, known)))
    return path


class _Writer:
    def __init__(self, known: list[Name]) -> None:
        self._dice = random.Random(44)  # noqa: S311
        self._persons = [name for name in known if name.kind == "person"]
        self._others = [name for name in known if name.kind != "person"]
        self._met: set[str] = set()
        self._texts: set[str] = set()

    def unit(self, number: int) -> Unit:
        source, target = self._sentence(number)
        while source in self._texts:
            source, target = self._sentence(number)
        self._texts.add(source)
        return Unit(digest(source), source, target, spot=Spot(Role.TEXT, number // 4 + 1))

    def _sentence(self, number: int) -> tuple[str, str]:
        dice = self._dice
        english, chinese = dice.choice(_SENTENCES)
        if "{" not in english:
            # Without a slot a sentence could stand once in an article only.
            english, chinese = f"In {{n}}, {english[0].lower()}{english[1:]}", f"在{{n}}，{chinese}"
        fault = dice.random()
        slots = {name: getattr(self, f"_{name}")() for name in "npcmirywd" if f"{{{name}}}" in english}
        source = english.format(**{name: pair[0] for name, pair in slots.items()})
        target = chinese.format(**{name: pair[1] for name, pair in slots.items()})
        if fault < 0.005 and "i" in slots:
            target = target.replace(slots["i"][1], slots["i"][1] + "0")
        elif fault < 0.01 and "n" in slots:
            target = target.replace(slots["n"][1], "当地")
        return source, target

    def _n(self) -> tuple[str, str]:
        name = self._dice.choice(self._others)
        return name.source, name.target

    def _p(self) -> tuple[str, str]:
        name = self._dice.choice(self._persons)
        if name.source in self._met:
            return name.source, name.target
        self._met.add(name.source)
        return name.source, f"{name.target}（{name.source}）"

    def _c(self) -> tuple[str, str]:
        return self._dice.choice(_COUNTRIES)

    def _m(self) -> tuple[str, str]:
        tenths = self._dice.randrange(11, 99)
        return f"${tenths / 10:.1f} billion", f"{tenths}亿美元"

    def _i(self) -> tuple[str, str]:
        value = self._dice.randrange(21, 980) * 10
        return f"{value:,}", str(value)

    def _r(self) -> tuple[str, str]:
        value = f"{self._dice.randrange(21, 190) / 10:.1f}"
        return value, value

    def _y(self) -> tuple[str, str]:
        year = str(self._dice.randrange(2011, 2030))
        return year, year

    def _w(self) -> tuple[str, str]:
        return self._dice.choice(_WORDS)

    def _d(self) -> tuple[str, str]:
        month = self._dice.choice(_MONTHS)
        number = (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
        ).index(month) + 1
        day = self._dice.randrange(1, 29)
        return f"{month} {day}", f"{number}月{day}日"
