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

_STATES = (
    "美国|中国|英国|法国|德国|韩国|泰国|日本|朝鲜|印度|伊朗|波兰|荷兰|芬兰|瑞典|瑞士|挪威|丹麦|希腊|埃及|越南|蒙古|捷克|"
    "北约|欧盟|俄方|乌方|美方|中方|政府|总统|总理|部长"
)
_UNITS = (
    "公里|千米|厘米|毫米|英里|海里|英尺|公斤|千克|公吨|公顷|平方|立方|美元|欧元|卢布|英镑|日元|韩元|人民币|小时|分钟"
)
# Each with the neighbours that make it right: 目的的, 为了了解, 是是非非, 现在在, 缓和和平.
_REPEATED = lazy_pattern(
    r"(?<![目标])的的(?!确)|(?<!为)了了(?![解结然])|(?<![但于就总还不若凡只都也算])是是(?![否非]|与非)|"
    r"(?<![现存正所实内潜自旨好])在在(?!野)|(?<![共缓温饱平调总祥])和和(?![平谐睦解约])|(?<!棉)被被|"
    # 将将军, 也也门 and 应该该国 are two words; three marks or more are a list of marks.
    r"将将(?![军领来于士星近])|已已|(?<!其)他他(?![人国乡处日方])|她她|它它|还还(?![款债钱贷清])|也也(?!门)|又又|我我(?!国)|这这|或或|(?<!应)该该|"
    r"(?<![，、；：。！？（])(?P<marks>(?P<first>[，、；：])(?!(?P=first))[，、；：。！？]|。[，、；：])(?![，、；：。！？）])|"
    rf"(?P<state>{_STATES})(?P=state)|"
    r"(?P<mark>[，。、；：])(?P=mark)|(?P<word>[\u4e00-\u9fff]{3,12})(?P=word)|"
    # Behind a number, and of what is only counted, no word of two characters is doubled on purpose.
    r"(?<=[\d.%十百千万亿多余])(?P<counted>(?![一二三四五六七八九十百千万亿两几半])[\u4e00-\u9fff]{2})(?P=counted)|"
    rf"(?P<unit>{_UNITS})(?P=unit)|"
    r"(?P<of>(?!真的|好的|是的|对的|行的|有的)[\u4e00-\u9fff]{1,4}的)(?P=of)"
)
_NAMES = ("mark", "word", "counted", "unit", "state", "of")
# Of two marks in a row the one that closes more is meant.
_WEIGHT = "、，：；！？。"
# The same for a search over much text: characters and marks; two characters; more.
_TWICE = (
    *(2 * character for character in "的了是在和被将已他她它还也又我这或该"),
    *(first + second for first in "，、；：" for second in "，、；：。！？"),
    *(f"。{second}" for second in "。，、；："),
)
_PAIR = lazy_pattern(
    rf"(?:(?<=[\d.%十百千万亿多余])(?=[\u4e00-\u9fff]{{2}})|(?={_STATES}|{_UNITS})|(?=[\u4e00-\u9fff]的))(..)\1"
)
_PART = lazy_pattern(r"([\u4e00-\u9fff]{3,12})\1")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return {number for number, _word in stretch.rendered_words(_TWICE)}.union(
        (number for number in stretch.doubled_pairs if _PAIR.search(stretch.groups[number].rendered.text)),
        (number for number in stretch.doubled if _PART.search(stretch.groups[number].rendered.text)),
    )


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = group.rendered.text
    for match in _REPEATED.finditer(text):
        once = next((match[name] for name in _NAMES if match[name]), match[0][0])
        if match["marks"]:
            yield Fault(
                _("Two marks stand here in a row: {marks}").format(marks=match[0]),
                span=group.rendered.span(*match.span()),
                fix=max(match[0], key=_WEIGHT.index),
            )
            continue
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
        "Looks for doubled particles and pronouns (的的, 已已, 他他), doubled marks and marks that cannot stand "
        "together (，。), doubled names of states, and longer "
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
        Example("They would talk.", "他们要讨论讨论，问题是是否参加，也是是与非的问题。"),
        Example("He led the generals.", "他将将军们请来，也也门也邀请，应该该国出面。"),
    ),
    bad=(
        Example("The new plan", "新的的计划", spot="的的", fix="的"),
        Example("It is 12 km.", "全长12公里公里。", spot="公里公里", fix="公里"),
        Example("Thousands of euros", "数千欧元欧元", spot="欧元欧元", fix="欧元"),
        Example("The 12 ministers", "12部长部长", spot="部长部长", fix="部长"),
        Example("The new plan", "新的新的计划", spot="新的新的", fix="新的"),
        Example("They met.", "他们会晤。。", spot="。。", fix="。"),
        Example("Kazakhstan agreed.", "哈萨克斯坦哈萨克斯坦同意了。", fix="哈萨克斯坦"),
        Example("The US agreed.", "美国美国同意了。", spot="美国美国", fix="美国"),
        Example("He left.", "他已已离开。", spot="已已", fix="已"),
        Example("They met and left.", "他们会晤，。随后离开。", spot="，。", fix="。"),
    ),
)
