"""``address-lost``: a web or mail address of the source that the translation has not, or has otherwise.

Addresses are read by translate-toolkit, see ``checks.toolkit``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.checks.toolkit import addresses
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Unit


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return stretch.marked


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    # Sentences that are rendered together are often abridged on purpose.
    if len(group.members) > 1:
        return
    # A scheme alone is no address.
    wanted = [address for address in addresses(group.source) if address]
    if not wanted:
        return
    given = addresses(group.target)
    # That a link lost its address altogether is markup-lost's, and that one is cut off is source-address-broken's.
    is_link_lost = "](" in group.source and "](" not in group.target
    for address in wanted:
        is_cut = "@" not in address and any(address.startswith(other) for other in given)
        if address not in given and not is_cut and not (is_link_lost and f"{address})" in group.source):
            start = group.source.find(address)
            span = (start, start + len(address)) if start >= 0 else None
            yield Fault(_("The address {address} is not in the translation.").format(address=address), span, "source")


CHECK = Check(
    name="address-lost",
    severity=Severity.WARNING,
    scope="unit",
    summary="A web or mail address of the source is not in the translation.",
    explanation=(
        "An address is copied, never translated or typed again. Its order in the sentence, `http` or `https`, `www.` "
        "and a final slash do not matter. Units that are rendered together are passed over: they may be abridged. A "
        "link without any address is `markup-lost`, one that is cut off `source-address-broken`."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("Write to press@example.org.", "请致信press@example.org。"),
        Example("See https://example.org/a(b)/ and example.", "例如，见http://example.org/a(b)。"),
        Example("From www.example.org to https://a.example", "由https://a.example到www.example.org"),
        Example("See [the text](https://example.org/a).", "见全文。"),
        Example(units=(Unit("a", "See https://example.org/a.", "详情见网站。"), Unit("b", "They met.", "〔并〕"))),
    ),
    bad=(
        Example("Write to press@example.org.", "请致信pres@example.org。", spot="press@example.org"),
        Example("Write to press@news.example.org.", "请致信press@news.example。", spot="press@news.example.org"),
        Example("See https://example.org/a.", "见该网站。", spot="example.org/a"),
        Example("See [it](https://example.org/a).", "见[全文](https://example.org/b)。", spot="example.org/a"),
    ),
)
