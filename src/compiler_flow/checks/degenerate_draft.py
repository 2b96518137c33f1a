"""``degenerate-draft``: a model that repeats itself, or speaks of laughter and applause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Unit
from compiler_flow.text import lazy_pattern

_AGAIN = lazy_pattern(r"(?P<part>[^\s\d.…—_=*~-][^.…—_=*~]{1,15}?)(?P=part){3,}|(?P<char>[^\W\d_])(?P=char){5,}")
# Subtitles taught the models these.
_STAGE = lazy_pattern(
    r"[（(\[【](?:笑声|掌声|鼓掌|音乐|笑|欢呼声?|字幕)[^）)\]】]{0,6}[）)\]】]|字幕由|请不吝点赞|谢谢观看"
)
# What each of these has, for a quick search over much text.
_OF_STAGE = ("笑声", "掌声", "鼓掌", "音乐", "欢呼", "字幕", "请不吝点赞", "谢谢观看", "（笑", "(笑", "[笑", "【笑")
_STAGE_SOURCE = lazy_pattern(
    r"laugh|applau|music|cheer|clap|subtitle|смех|смеет|аплод|музык|сміх|оплеск|śmiech|brawa|oklask|juok|ploj|smiekl|naer|"
    r"aplauz|râs|웃음|박수|음악|lach|rire|applaud",
    re.IGNORECASE,
)


def loop(text: str) -> re.Match[str] | None:
    """Where ``text`` begins to repeat itself over and over, if it does."""
    return _AGAIN.search(text)


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    # A loop has its part four times, and so a longer one twice.
    return stretch.doubled.union(number for number, _word in stretch.rendered_words(_OF_STAGE))


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = group.rendered.text
    again = loop(text) if _may_repeat(text) else None
    if again and not loop(group.seen.text):
        yield Fault(_("The text repeats itself over and over."), span=group.rendered.span(*again.span()))
        return
    stage = _STAGE.search(text)
    if stage and not _STAGE_SOURCE.search(group.seen.text):
        yield Fault(
            _("“{text}” is not in the source: the engine made it up.").format(text=stage[0]),
            span=group.rendered.span(*stage.span()),
        )


def _may_repeat(text: str) -> bool:
    """Whether as many characters, and as many pairs of them, come again as a loop needs; quick, and never too strict.

    Four times a part of two leaves two of eight characters and two of seven pairs; six times one leaves one of each.
    """
    spare = len(text) - 5
    return len(set(text)) <= spare and len(set(itertools.pairwise(text))) <= spare


CHECK = Check(
    name="degenerate-draft",
    severity=Severity.ERROR,
    scope="unit",
    summary="A machine draft repeats itself or made up stage directions.",
    explanation=(
        "Small models fall into loops on lists, names and broken sentences, and those trained on film subtitles "
        "answer with (笑声) or (掌声). Four repetitions in a row, or six of one character, are reported unless the "
        "source has them too."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("They laughed (laughter).", "他们笑了（笑声）。"),
        Example("1.0000000 and ......", "1.0000000和……………"),
        Example("Ha ha ha ha ha ha!", "哈哈哈哈！"),
        Example("He clapped.", "他拍了拍手。"),
    ),
    bad=(
        Example("The talks ended.", "会谈会谈会谈会谈会谈结束。", spot="会谈会谈会谈会谈会谈"),
        Example("The talks ended.", "(笑声)(掌声)", spot="(笑声)"),
        Example(units=(Unit("a", "Oh.", "啊啊啊啊啊啊啊啊", fuzzy=True),), severity=Severity.WARNING),
    ),
)
