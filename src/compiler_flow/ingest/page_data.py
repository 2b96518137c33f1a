"""What a web page says about its article: title, author, site, address, date and language, each only proposed."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from compiler_flow.ingest import dates, phrases, tree
from compiler_flow.ingest.content import fold
from compiler_flow.ingest.language import detect_text
from compiler_flow.model import Metadata
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_SAVED_FROM = lazy_pattern(r"<!-- saved from url=\(\d+\)(\S+) -->|<!--\s*Page saved .*?url: (\S+)", re.DOTALL)
_SEPARATOR = lazy_pattern(r"\s+[|–—·»:-]\s+")
_ARTICLES = lazy_pattern(r"(?:Article|Posting|Report)$")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "article.published",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "citation_publication_date",
    "mediator_published_time",
)
_AUTHORS = (
    "author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")
_DATED = lazy_pattern(
    r"(?i)(?:^|[\s_-])(?:date|time|published|pubdate|posted|dateline|timestamp|datetime|data|fecha|meta)(?:[\s_-]|$)|[a-z](?:Date|Time)\b"
)
_UPDATED = lazy_pattern(
    r"(?i)updated|modified|обновлен|atnaujinta|atjaunināt|muudetud|aktualiz|actualiz|оновлено|yenilən|жаңарт|수정|更新"
)
_IN_ADDRESS = lazy_pattern(r"/(20\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=\D|$)")
# Where nothing is declared the language is told from the page's words, but not from its first, which are a menu's.
_MENU = 40
_DATE_LENGTH = 120
_PERSON_LENGTH = 80
_NO_PERSON = lazy_pattern(r"(?i)^(?:https?://|www\.|@|admin(?:istrator)?$|editor$|webmaster$|root$|user\d*$)")


def metadata_of(root: _Element, address: str) -> Metadata:
    """All that is proposed for the article of a page that came from ``address``."""
    named = _Named(root)
    language = declared_language(root)
    spoken = language or detect_text(" ".join(" ".join(tree.shown(root)).split()[_MENU:]))
    site = _site(named)
    given: dict[str, Any] = {
        "title": _title(named, site, root),
        "author": _author(named, root),
        "site": site,
        "url": address,
        "date": _date(named, root, address, spoken),
        "language": language,
    }
    return Metadata(**given, guessed=frozenset(key for key, value in given.items() if value))


class _Named:
    """The page's ``meta`` elements by name, and what its JSON-LD says of the article."""

    def __init__(self, root: _Element) -> None:
        self.meta: dict[str, list[str]] = {}
        for each in root.iter("meta"):
            name = (each.get("property") or each.get("name") or each.get("itemprop") or "").strip().lower()
            content = fold(each.get("content") or "").strip()
            if name and content:
                self.meta.setdefault(name, []).append(content)
        self.linked = next(iter(_linked_articles(root)), {})

    def first(self, *names: str) -> str:
        """The first content of the first of ``names`` that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")

    def linked_text(self, *keys: str) -> str:
        """The text under one of ``keys`` in the JSON-LD of the article; of a list or an object, its names."""
        return next((text for key in keys if (text := _names(self.linked.get(key)))), "")


def linked_data(root: _Element) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, whatever they are wrapped in."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(found)


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate"):
            yield from _objects(value.get(key), depth + 1)


def _linked_articles(root: _Element) -> Iterator[dict[str, Any]]:
    for item in linked_data(root):
        kinds = item.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLES.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield item


def _names(value: Any) -> str:
    if isinstance(value, str):
        return fold(value).strip()
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_names, value))))
    return ""


# ----------------------------------------------------------------------------------------------- title, site


def _text_of(element: _Element) -> str:
    return fold(" ".join(map(str, element.itertext()))).strip()


def _site(named: _Named) -> str:
    publisher = named.linked_text("publisher")
    return named.first(_SITES[0]) or publisher or named.first(*_SITES[1:])


def _title(named: _Named, site: str, root: _Element) -> str:
    """The page's only top heading where it agrees with what the page is called, else that without the site's name."""
    called = named.linked_text("headline") or named.first("og:title", "twitter:title", "dc.title", "citation_title")
    whole = fold("".join(each.text or "" for each in root.iter("title"))).strip()
    tops = list(dict.fromkeys(filter(None, map(_text_of, root.iter("h1")))))
    names = [_alone(name, site) for name in (called, whole) if name]
    if len(tops) == 1 and (not names or any(_agree(tops[0], name) for name in names)):
        return tops[0]
    for top in tops:
        if any(_agree(top, name) for name in names):
            return top
    return names[0] if names else (tops[0] if len(tops) == 1 else "")


def _agree(heading: str, name: str) -> bool:
    short, long = sorted((phrases.letters(heading), phrases.letters(name)), key=len)
    return bool(short) and short in long and 3 * len(short) >= len(long)


def _alone(title: str, site: str) -> str:
    """``title`` without the name of the site behind it or before it."""
    parts = _SEPARATOR.split(title)
    if len(parts) > 1 and site:
        if phrases.letters(parts[-1]) == phrases.letters(site):
            return title[: title.rindex(parts[-1])].rstrip(" |–—·»:-")
        if phrases.letters(parts[0]) == phrases.letters(site):
            return title[len(parts[0]) :].lstrip(" |–—·»:-")
    if " | " in title:
        head, _bar, tail = title.rpartition(" | ")
        return head.strip() if len(head) > len(tail) else title
    return title


# --------------------------------------------------------------------------------------------------- author


def _author(named: _Named, root: _Element) -> str:
    candidates: Iterable[str] = (
        named.linked_text("author", "creator"),
        ", ".join(dict.fromkeys(name for key in _AUTHORS[:1] for name in named.meta.get(key, ()))),
        named.first(*_AUTHORS[1:]),
        *_bylines(root),
    )
    for candidate in candidates:
        name = _BY.sub("", candidate).strip(" ,;:|–—")
        if name and len(name) <= _PERSON_LENGTH and not _NO_PERSON.search(name) and any(map(str.isalpha, name)):
            return name
    return ""


_BY = lazy_pattern(
    r"(?i)^(?:by|written by|author|автор(?:ы)?|текст|autor(?:ius|s|ul)?|autorius|tekst(?:as)?|teksts|müəllif|muallif"
    r"|հեղինակ|글)\s*[:：]?\s+|^(?:기자|記者|记者|作者|글)\s*[:：]?\s*"
)
_BYLINE = lazy_pattern(
    r"(?i)(?:^|[\s_-])(?:byline|author(?:-?name)?|autor|avtor|writer|reporter|journalist)(?:[\s_-]|$)"
)
_NAME = lazy_pattern(r"(?i)(?:^|[\s_-])name(?:[\s_-]|$)")
_REPORTER = lazy_pattern(r"\s*(?:기자|特派員)$")


def _bylines(root: _Element) -> Iterator[str]:
    """What stands where the page itself says that its author stands."""
    for each in root.iter("a", "span", "p", "div", "address", "cite", "strong", "em", "i", "b", "font"):
        marks = f"{each.get('class') or ''} {each.get('id') or ''}"
        if (each.get("rel") or "") == "author" or each.get("itemprop") == "author" or _BYLINE.search(marks):
            # The box of an author has a name in it, and perhaps an office.
            named = (inner for inner in each.iterdescendants() if _NAME.search(str(inner.get("class") or "")))
            text = _REPORTER.sub("", _text_of(next(named, each)))
            if text and len(text) <= _PERSON_LENGTH:
                yield text


# ---------------------------------------------------------------------------------------------- address, date


def address_of(root: _Element, page: str) -> str:
    """The address that a page names as its own; empty where it names none, or only that of a site's front."""
    candidates = [
        each.get("href") for each in root.iter("link") if "canonical" in (each.get("rel") or "").lower().split()
    ]
    candidates += [each.get("content") for each in root.iter("meta") if (each.get("property") or "") == "og:url"]
    candidates += [saved_from(page)]
    for address in candidates:
        if re.match(r"https?://[^\s/]+/?\S*$", (address or "").strip()):
            return str(address).strip()
    return ""


def saved_from(page: str) -> str:
    """The address that a browser noted in a page when it saved it."""
    saved = _SAVED_FROM.search(page[:4096])
    return saved[1] or saved[2] if saved else ""


def _date(named: _Named, root: _Element, address: str, language: str) -> dt.date | None:
    """The day of publication: as the page says to programs, else as it says to people, else as its address has it."""
    for text in (named.linked_text("datePublished", "dateCreated"), *(named.first(name) for name in _PUBLISHED)):
        if text and (found := dates.parse(text, language)):
            return found
    for candidate in _datelines(root):
        if found := dates.parse(candidate, language):
            return found
    if match := _IN_ADDRESS.search(address):
        return dates.parse(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", language)
    return _searched(root)


def _datelines(root: _Element) -> Iterator[str]:
    """What stands where dates stand: ``time`` elements first, those that tell of changes last."""
    late: list[str] = []
    for each in root.iter("time"):
        text = each.get("datetime") or _text_of(each)
        marks = f"{each.get('itemprop') or ''} {each.get('class') or ''} {_text_of(each)}"
        if _UPDATED.search(marks):
            late.append(text)
        else:
            yield text
    for each in root.iter("span", "div", "p", "td", "li", "em", "small", "font", "i", "b", "abbr"):
        marks = f"{each.get('class') or ''} {each.get('id') or ''} {each.get('itemprop') or ''}"
        if marks.strip() and _DATED.search(marks):
            text = each.get("content") or each.get("title") or _text_of(each)
            if text and len(text) <= _DATE_LENGTH:
                if _UPDATED.search(f"{marks} {text}"):
                    late.append(text)
                else:
                    yield text
    yield from late


def _searched(root: _Element) -> dt.date | None:
    """What htmldate finds, unless it made a day out of a year or a month."""
    import htmldate

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        text = htmldate.find_date(root, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    found = dates.parse(text or "", "")
    return found if found and found.day != 1 else None


def declared_language(root: _Element) -> str:
    """What the page declares, as a BCP 47 tag; nothing is guessed from the text."""
    tops = [root, *root.iter("html")]
    tags = [each.get("lang") or each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in tops]
    tags += [
        each.get("content")
        for each in root.iter("meta")
        if (each.get("http-equiv") or each.get("property") or "").lower() in ("content-language", "og:locale")
    ]
    for tag in tags:
        if tag and re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*", tag.strip()):
            return tag.strip().replace("_", "-")
    return ""
