"""``source-address-broken``: an address that leads nowhere because a part of it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Metadata, Severity, State
from compiler_flow.text import is_in_words, lazy_pattern

_ADDRESS = lazy_pattern(r"https?://[^\s<>\"“”，。；、）》\u4e00-\u9fff]+")
# RFC 3986 has no spaces, no backslashes and no characters outside of ASCII; browsers show the latter decoded.
_WHOLE = lazy_pattern(r"https?://[\w.-]+\.[^\W\d_]{2,}(?::\d+)?(?:[/?#][^\s\\<>\"“”，。、；（）《》]*)?", re.IGNORECASE)
_CUT = lazy_pattern(r"(?:%[\dA-Fa-f]?|[-=&,]|\.\.\.|…)$")


def _run(catalog: Catalog, _grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    address = context.metadata.url if context.metadata else ""
    if address.strip() and not is_in_words(address):
        if re.search(r"\s", address.strip()):
            yield Fault(_("The source address is broken by white space: {address}").format(address=address.strip()))
        elif not _WHOLE.fullmatch(address.strip()):
            yield Fault(
                _("The source address is no web address, and does not name the source in words: {address}").format(
                    address=address.strip()
                )
            )
        elif _CUT.search(address.strip()):
            yield Fault(_("The source address is cut off: {address}").format(address=address.strip()))
    for unit in catalog.units:
        if "http" not in unit.target or unit.state not in (State.TRANSLATED, State.DRAFT):
            continue
        originals = [match[0].rstrip(".,;:!?)") for match in _ADDRESS.finditer(unit.source)]
        for match in _ADDRESS.finditer(unit.target):
            found = match[0].rstrip(".,;:!?)")
            whole = next((one for one in originals if one.startswith(found)), "")
            if whole and found not in originals:
                yield Fault(
                    _("The address is cut off; the original has {address}").format(address=whole),
                    span=(match.start(), match.start() + len(found)),
                    fix=whole,
                    where=unit,
                )


CHECK = Check(
    name="source-address-broken",
    severity=Severity.ERROR,
    scope="article",
    summary="An address is cut off, broken by a space, or no address.",
    explanation=(
        "Addresses that were copied from a page or a PDF are often cut at the end of a line. Looked at are the "
        "article's source address and the addresses in translations, which must be those of the source. A source that "
        "is named in words (《…报》第3版) or by mailto: is no address and fine; a host without https:// is "
        "taken for an address. Whether the page still exists is not asked: checks never use the network."
    ),
    run=_run,
    good=(
        Example("News", "新闻", metadata=Metadata(url="https://example.org/news/2024/10/25?id=3&lang=en")),
        Example("News", "新闻", metadata=Metadata(url="https://пример.example/новости")),
        Example("News", "新闻", metadata=Metadata(url="《山谷晚报》2024年11月5日第3版")),
        Example("News", "新闻", metadata=Metadata(url="Valley Evening Post, 5.11.2024, p. 3")),
        Example("News", "新闻", metadata=Metadata(url="mailto:desk@example.org")),
        Example("See https://example.org/a-b.", "见https://example.org/a-b。"),
        Example("News", "新闻", metadata=Metadata()),
    ),
    bad=(
        Example("News", "新闻", metadata=Metadata(url="https://example.org/news/defence- minister")),
        Example("News", "新闻", metadata=Metadata(url="https://example.org/news/defence-")),
        Example("News", "新闻", metadata=Metadata(url="example.org/news")),
        Example("News", "新闻", metadata=Metadata(url="www.example.org 新闻")),
        Example("News", "新闻", metadata=Metadata(url="https:/example.org/新闻 第3版")),
        Example("News", "新闻", metadata=Metadata(url="tba")),
        Example("See https://example.org/a-b.", "见https://example.org/a-。", fix="https://example.org/a-b"),
    ),
)
