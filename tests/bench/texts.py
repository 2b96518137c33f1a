"""News that never happened, in English and Chinese, as much of it as a measurement needs; the same at every run.

Sentences have 16 words on the average, one glossary name each, digits in one of three: the sample number has 14
words, 0.95 names and 0.29. One unit in a hundred has a wrong number or lacks a name, so that there is something to
find. Names are made of syllables whose characters are one for one, so that no two names have one rendering.
"""

from __future__ import annotations

import calendar
import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path

from compiler_flow.bilingual import po
from compiler_flow.model import Catalog, Role, Spot, Unit
from compiler_flow.text import digest

_SYLLABLES = {
    pair[:2]: pair[2]
    for pair in re.findall(
        r"\S+",
        "ba巴 be贝 bo博 da达 de德 do多 fa法 fe费 ga加 ge格 go戈 ha哈 he赫 ka卡 ke克 ki基 ko科 la拉 le勒 li利 "
        "lo洛 lu卢 ma马 me梅 mi米 mo莫 na纳 ne内 ni尼 no诺 pa帕 pe佩 po波 ra腊 re雷 ri里 ro罗 sa萨 se塞 si西 "
        "so索 ta塔 te特 ti蒂 to托 va瓦 ve韦 vi维 vo沃 za扎 ze泽 zo佐 ",
    )
}
_KINDS = ("person", "person", "place", "organization")
_ORGANIZATIONS = (("Institute", "研究所"), ("Group", "集团"), ("Railways", "铁路公司"), ("Foundation", "基金会"))

_SENTENCES = tuple(
    line.split("\t")
    for line in (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
_COUNTRIES = (("Estonia", "爱沙尼亚"), ("Kazakhstan", "哈萨克斯坦"), ("Poland", "波兰"), ("Moldova", "摩尔多瓦"))
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
        if fault < 0.02 and "i" in slots:
            target = target.replace(slots["i"][1], slots["i"][1] + "0")
        elif fault < 0.03 and "n" in slots:
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
        number, day = self._dice.choice((1, 2, 4, 6, 7, 8, 9, 10, 11, 12)), self._dice.randrange(1, 29)
        return f"{calendar.month_name[number]} {day}", f"{number}月{day}日"
