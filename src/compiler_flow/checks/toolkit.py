"""What the filters of translate-toolkit judge soundly for Chinese, behind one door.

Taken over are its readings of web addresses, mail addresses and tags. The others that one would take are wrong here:
``brackets``, ``puncspacing``, ``endpunc`` and ``doublequoting`` count half-width marks against half-width marks and so
report every correct ``（``, ``。`` and ``“``; ``doublewords`` looks for words between spaces, which Chinese does not
have; ``numbers`` wants the same digits, where 3 billion is 30亿. Those checks are ours.

Two things are mended on the way in: the patterns take Chinese characters for letters of an address
(``写信给a@example.org``), and the filters themselves want the same order, which a translation need not keep.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import Any

from compiler_flow.text import lazy_pattern

_OUTSIDE = lazy_pattern(r"[^\x21-\x7e]+|[<>\"`]")
# A bracket or mark behind an address belongs to the sentence, unless the address opened it.
_BEHIND = lazy_pattern(r"[.,;:!?'*_]+$")
_TAG = lazy_pattern(r"</?[A-Za-z][\w:-]*(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")


def addresses(text: str) -> Counter[str]:
    """The web and mail addresses in ``text`` (Markdown), how often each; scheme, ``www.`` and a last ``/`` left out."""
    if "://" not in text and "www." not in text and "@" not in text:
        return Counter()
    plain = _OUTSIDE.sub(" ", text.replace("](", " "))
    reading: Any = import_module("translate.filters.decoration")
    found: list[str] = [*reading.geturls(plain), *reading.getemails(plain)]
    return Counter(_bare(address) for address in found)


def _bare(address: str) -> str:
    while (shorter := _BEHIND.sub("", address)) != address or _is_unpaired(address):
        address = shorter if shorter != address else address[:-1]
    return re.sub(r"^https?://(?:www\.)?|^www\.", "", address).rstrip("/")


def _is_unpaired(address: str) -> bool:
    return address.endswith(")") and address.count(")") > address.count("(")


def tags_differ(source: str, target: str) -> bool:
    """Whether the XML tags of ``target`` are others than those of ``source``, as the filter ``xmltags`` sees it.

    Texts that have a ``<`` but no tag (``3 < 5``) are not shown to it.
    """
    if not _TAG.search(source) and not _TAG.search(target):
        return False
    from translate.filters import checks

    only = ["".join(_TAG.findall(text)) for text in (source, target)]
    try:
        # A letter before them, since the filter passes over a text that is one tag and nothing else.
        return not checks.StandardChecker().xmltags(f"x{only[0]}", f"x{only[1]}")
    except checks.FilterFailure:
        return True
