"""``repeated-word``: 的的, 。。, a word typed twice.

translate-toolkit's ``doublewords`` needs spaces between words, see ``checks.toolkit``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.degenerate_draft import loop
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity

# Each with the neighbours that make it right: 目的的, 为了了解, 是是非非, 现在在, 缓和和平.
_REPEATED = re.compile(
    r"(?<![目标])的的(?!确)|(?<!为)了了(?![解结然])|(?<![但于就总还不若凡只都也算])是是(?![否非])|"
    r"(?<![现存正所实内潜自旨好])在在|(?<![共缓温饱平调总祥])和和(?![平谐睦解约])|(?<!棉)被被|"
    r"(?P<mark>[，。、；：])(?P=mark)|(?P<word>[\u4e00-\u9fff]{3,12})(?P=word)"
)


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = group.rendered.text
    for match in _REPEATED.finditer(text):
        once = match["mark"] or match["word"] or match[0][0]
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
        "words typed twice. Doublings that Chinese has (目的的, 为了了解, 是是非非) are passed over, and so are "
        "reduplicated words of two characters (讨论讨论) and laughter (哈哈哈哈). A text that repeats itself over and "
        "over is `degenerate-draft`."
    ),
    run=_run,
    good=(
        Example("The aim is clear.", "目的的确明确，为了了解情况，现在在开会。"),
        Example("Ha ha ha!", "哈哈哈哈哈哈！"),
        Example("The talks ended.", "会谈会谈会谈会谈会谈结束。"),
        Example("They would talk.", "他们要讨论讨论，问题是是否参加。"),
    ),
    bad=(
        Example("The new plan", "新的的计划", spot="的的", fix="的"),
        Example("They met.", "他们会晤。。", spot="。。", fix="。"),
        Example("Kazakhstan agreed.", "哈萨克斯坦哈萨克斯坦同意了。", fix="哈萨克斯坦"),
    ),
)
