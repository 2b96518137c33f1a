"""``wrong-interpunct``: the parts of a foreign name joined with another mark than ·."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.terms import INTERPUNCT
from compiler_flow.text import lazy_pattern

_HAN = r"[\u3400-\u9fff]"
_ALIKE = "•●・･‧⋅∙᛫ꞏㆍᆞ․．"
_WRONG = lazy_pattern(rf"(?<={_HAN})(?:\s*[{_ALIKE}]\s*|\s+·\s*|·\s+)(?={_HAN})")

# 安娜-乔巴努（Ana Ciobanu）; 让-雅克 is written so where the original has a hyphen.
_HYPHEN = lazy_pattern(
    r"[\u3400-\u9fff](?P<hyphen>-)[\u3400-\u9fff]{1,8}[（(][A-ZÀ-ɏЀ-ӿ][^（）()‐‑\d-]* [^（）()‐‑\d-]*[）)]"
)
# The same for searches over much text, behind a mark.
_BESIDE_SPACE, _BETWEEN_HAN = r"(?:\s|(?<=\s.))", rf"(?<={_HAN}.){_HAN}"


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return (
        stretch.rendered_having(_ALIKE)
        | stretch.rendered_having(INTERPUNCT, _BESIDE_SPACE)
        | stretch.rendered_having("-", _BETWEEN_HAN)
    )


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    for match in _HYPHEN.finditer(group.rendered.text):
        yield Fault(
            _("The parts of a name are joined with “·” (U+00B7), without spaces."),
            span=group.rendered.span(*match.span("hyphen")),
            fix=INTERPUNCT,
        )
    for match in _WRONG.finditer(group.rendered.text):
        yield Fault(
            _("The parts of a name are joined with “·” (U+00B7), without spaces."),
            span=group.rendered.span(*match.span()),
            fix=INTERPUNCT,
        )


CHECK = Check(
    name="wrong-interpunct",
    severity=Severity.WARNING,
    scope="unit",
    summary="A foreign name is joined with a mark that is not “·”.",
    explanation=(
        "GB/T 15834-2011, 4.14: the interpunct between the parts of a foreign name is U+00B7, and no space stands "
        "beside it. Bullets, katakana dots and full-width stops look alike and break searches and the glossary."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("Hanno Pevkur", "汉诺·佩夫库尔"),
        Example("Jean-Jacques Rousseau", "让-雅克·卢梭"),
        Example("Jean-Luc Godard", "让-吕克·戈达尔（Jean-Luc Godard）"),
    ),
    bad=(
        Example("Hanno Pevkur", "汉诺•佩夫库尔", spot="•", fix="·"),
        Example("Hanno Pevkur", "汉诺・佩夫库尔", fix="·"),
        Example("Hanno Pevkur", "汉诺●佩夫库尔", fix="·"),
        Example("Hanno Pevkur", "汉诺 · 佩夫库尔", spot=" · ", fix="·"),
        Example("Hanno Pevkur spoke.", "汉诺-佩夫库尔（Hanno Pevkur）讲话。", spot="-", fix="·"),
    ),
)
