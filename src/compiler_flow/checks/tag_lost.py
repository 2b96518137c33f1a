"""``tag-lost``: XML tags of the source that the translation has not; for files of other programs.

Our own units carry Markdown (see ``markup-lost``). Tags are compared by translate-toolkit, see ``checks.toolkit``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.checks.toolkit import tags_differ
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    # Texts without marks are as they are seen; of others a tag may be hidden.
    return stretch.seen_having("<") | stretch.rendered_having("<") | set(stretch.marked)


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    if tags_differ(group.source, group.target):
        yield Fault(_("The tags of the translation are not those of the source."))


CHECK = Check(
    name="tag-lost",
    severity=Severity.WARNING,
    scope="unit",
    summary="The tags of the translation are not those of the source.",
    explanation=(
        "PO and XLIFF files of other programs have tags such as `<b>` in their texts: they stay as they are, in their "
        "order. What only looks like a tag (3 < 5) does not count."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("It <b>must</b> end.", "<b>必须</b>结束。"),
        Example("3 < 5 and 7 > 6", "3<5且7>6"),
        Example("See <https://example.org/a>.", "见<https://example.org/a>。"),
    ),
    bad=(
        Example("It <b>must</b> end.", "必须结束。"),
        Example("It must end.", "<i>必须</i>结束。"),
        Example('See <a href="b.html">it</a>.', "见<a>此处</a>。"),
    ),
)
