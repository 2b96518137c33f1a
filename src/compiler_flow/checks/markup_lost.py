"""``markup-lost``: emphasis or links that did not come over, or came over broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.inline import Span, plain, spans
from compiler_flow.model import CheckContext, Severity, Unit
from compiler_flow.text import lazy_pattern

_MAY_MARK = lazy_pattern(r"[*`\]]")
_LEFT_OVER = lazy_pattern(r"\*\*|\]\(|(?<!\*)\*(?=\S[^*]*\S\*)|\*(?=[《“])|(?<=[》”])\*")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return stretch.marked


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    in_source, in_target = bool(_MAY_MARK.search(group.source)), bool(_MAY_MARK.search(group.target))
    if in_target and (left := _LEFT_OVER.search(plain(group.target))) and not _LEFT_OVER.search(plain(group.source)):
        start = group.target.find(left[0])
        yield Fault(_("The markup here is broken: a reader would see its marks."), span=(start, start + len(left[0])))
        return
    # Sentences that were merged may well lose an emphasis.
    if not in_source or len(group.members) > 1:
        return
    before, after = spans(group.source), spans(group.target)
    if all(span.strong for span in before) and not any(span.strong for span in after):
        yield Fault(_("The source is in bold, the translation is not."))
    elif _has_label(before) and not any(span.strong for span in after):
        yield Fault(_("The label at the beginning is in bold, in the translation it is not."))
    links = {span.href for span in before if span.href}
    if links and not any(span.href for span in after):
        yield Fault(_("The link of the source is not in the translation."))


def _has_label(spans: Sequence[Span]) -> bool:
    """Whether a text begins with a run-in label: bold words that end in a colon or a stop."""
    return spans[0].strong and spans[0].text.rstrip().endswith((":", "：", "."))


CHECK = Check(
    name="markup-lost",
    severity=Severity.WARNING,
    scope="unit",
    summary="Bold or a link was lost, or its marks are broken.",
    explanation=(
        "Units carry **bold**, *emphasis* and [links](address) as Markdown. Reported are marks that would be printed "
        "as they are, a run-in label that is no longer bold, and a link without a counterpart. Emphasis inside a "
        "sentence is the translator's choice."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("**Background:**", "**背景：**"),
        Example("See [the text](https://example.org/a).", "见[全文](https://example.org/a)。"),
        Example("A *very* good day", "非常好的一天"),
        Example(
            units=(Unit("a", "They met.", "他们会晤，见全文。"), Unit("b", "[Text](https://example.org)", "〔并〕"))
        ),
        Example("5 * 3 is 15", "5*3等于15"),
        Example("**Energy:** the grid is ready.", "**能源：**电网已就绪。"),
        Example("**Tallinn** agreed at once.", "塔林立即同意。"),
    ),
    bad=(
        Example("**Background:**", "背景："),
        Example("**Energy:** the grid is ready.", "能源：电网已就绪。"),
        Example("See [the text](https://example.org/a).", "见全文。"),
        Example("**Background:**", "**背景：", spot="**"),
        Example("It stood in *Nature*.", "文章刊于*《自然》。", spot="*"),
    ),
)
