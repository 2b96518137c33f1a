"""``repeated-word``: 的的, 。。, a word typed twice.

translate-toolkit's ``doublewords`` needs spaces between words, see ``checks.toolkit``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.degenerate_draft import loop
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import lazy_pattern

# Each with the neighbours that make it right: 目的的, 为了了解, 是是非非, 现在在, 缓和和平.
_REPEATED = lazy_pattern(
    r"(?<![目标])的的(?!确)|(?<!为)了了(?![解结然])|(?<![但于就总还不若凡只都也算])是是(?![否非])|"
    r"(?<![现存正所实内潜自旨好])在在|(?<![共缓温饱平调总祥])和和(?![平谐睦解约])|(?<!棉)被被|"
    r"(?P<mark>[，。、；：])(?P=mark)|(?P<word>[\u4e00-\u9fff]{3,12})(?P=word)|"
    # Behind a number, and of what is only counted, no word of two characters is doubled on purpose.
    r"(?<=[\d.%十百千万亿多余])(?P<counted>(?![一二三四五六七八九十百千万亿两几半])[\u4e00-\u9fff]{2})(?P=counted)|"
    r"(?P<unit>公里|千米|厘米|毫米|英里|海里|英尺|公斤|千克|公吨|公顷|平方|立方|美元|欧元|卢布|英镑|日元|韩元|人民币|小时|分钟)(?P=unit)|"
    r"(?P<of>(?!真的|好的|是的|对的|行的|有的)[\u4e00-\u9fff]{1,4}的)(?P=of)"
)
# Single characters; longer ones are doubled.
_TWICE = lazy_pattern(r"([的了是在和被，。、；：])\1")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return stretch.doubled | stretch.rendered(_TWICE)


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = group.rendered.text
    for match in _REPEATED.finditer(text):
        once = match["mark"] or match["word"] or match["counted"] or match["unit"] or match["of"] or match[0][0]
        if match["word"] and (len(set(once)) == 1 or loop(text)):
            continue
        yield Fault(
            _("“{word}” stands here twice.").format(word=once), span=group.rendered.span(*match.span()), fix=once
        )


CHECK = Check(
    name="repeated-word",
    severity=Severity.WARNING,
    scope="unit",
    summary="A word or a mark stands twice in a row.",
    explanation=(
        "Looks for doubled particles (的的, 了了, 是是, 在在, 和和, 被被), doubled commas and stops, and longer "
        "words typed twice; of two characters only units and what stands behind a number (12公里公里), and 新的新的. "
        "Doublings that Chinese has (目的的, 为了了解, 是是非非) are passed over, and so are "
        "reduplicated words of two characters (讨论讨论) and laughter (哈哈哈哈). A text that repeats itself over and "
        "over is `degenerate-draft`."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("The aim is clear.", "目的的确明确，为了了解情况，现在在开会。"),
        Example("Ha ha ha!", "哈哈哈哈哈哈！"),
        Example("The talks ended.", "会谈会谈会谈会谈会谈结束。"),
        Example("It is really so.", "真的真的，3个人研究研究，一个一个来，共二十一个一个样。"),
        Example("They would talk.", "他们要讨论讨论，问题是是否参加。"),
    ),
    bad=(
        Example("The new plan", "新的的计划", spot="的的", fix="的"),
        Example("It is 12 km.", "全长12公里公里。", spot="公里公里", fix="公里"),
        Example("Thousands of euros", "数千欧元欧元", spot="欧元欧元", fix="欧元"),
        Example("The 12 ministers", "12部长部长", spot="部长部长", fix="部长"),
        Example("The new plan", "新的新的计划", spot="新的新的", fix="新的"),
        Example("They met.", "他们会晤。。", spot="。。", fix="。"),
        Example("Kazakhstan agreed.", "哈萨克斯坦哈萨克斯坦同意了。", fix="哈萨克斯坦"),
    ),
)
