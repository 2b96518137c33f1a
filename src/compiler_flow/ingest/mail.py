"""Mails as their programs save them (.eml): the letter itself, as newsletters come, without its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.files import decode
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import forwarded, furniture, paywall, phrases, plain, tree
from compiler_flow.ingest.content import article, fold, without_title
from compiler_flow.ingest.page import text_of, tidied, tree_of
from compiler_flow.model import Article, Block, BlockKind, Metadata
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".eml", ".mht", ".mhtml")

_FORWARDED = lazy_pattern(r"(?i)^(?:\s*(?:fwd?|wg|re|aw|rv|tr|пересл|转发|전달)\s*:\s*)+")
_SIGNATURE = lazy_pattern(r"(?m)^-- ?$")
_VIEW_ONLINE = lazy_pattern(r"(?i)view|browser|online|веб|браузер|naršykl|pārlūk|brauseri|przeglądar|웹|浏览")
_MOST_PARTS = 500
_OF_LISTS = ("list-id", "list-unsubscribe", "list-post")
# Who writes from such a mailbox writes for a house.
_OFFICES = frozenset(
    {
        "bulletin", "contact", "desk", "digest", "editor", "editorial", "editors", "hello", "info", "letter", "letters",
        "mail", "mailing", "media", "news", "newsdesk", "newsletter", "newsletters", "newsroom", "noreply", "office",
        "post", "press", "redakcija", "redaktion", "redaktsiya", "reply", "subscribe", "subscriptions", "updates",
    }
)  # fmt: skip
_WORD = lazy_pattern(r"[^\W\d_]+")
_WORD_LENGTH = 3


def read(data: bytes, path: Path) -> Article:
    """The letter in a mail: subject, sender and day are proposed as title, site and date; a forwarded letter's own
    sender and day go before the mail's.

    A page that a browser saved as one file (.mhtml) is read as a page. Raises ``FormatError`` where the file is no
    mail or holds no text; what is attached is named there, so that nobody looks for it in the article.
    """
    with _whole(path):
        return _read(data, path)


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """The standard library's parser of heads fails in many ways on broken ones, and always means the same."""
    try:
        yield
    except FormatError:
        raise
    except (AttributeError, AssertionError, LookupError, TypeError, ValueError, HeaderParseError) as error:
        raise _no_mail(path) from error


def _no_mail(path: Path) -> FormatError:
    return FormatError(
        _("This is not a mail, or it is damaged."), path=path, hint=_("Save it from your mail program as .eml.")
    )


def _read(data: bytes, path: Path) -> Article:
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (
        {"from", "subject", "date", "mime-version"} & {key.lower() for key in message}
    ):
        raise _no_mail(path)
    page, text, attached = _parts(message, path)
    metadata = _metadata(message)
    if page and message.get_content_type() == "multipart/related" and message.get("snapshot-content-location"):
        return _saved_page(page, path, str(message["snapshot-content-location"]))
    blocks, url = _letter(page, path) if page else ((), "")
    if not blocks and text:
        blocks = plain.paragraphs(_SIGNATURE.split(text)[0])
    blocks, head = forwarded.taken(blocks)
    metadata = replace(
        metadata,
        title=_as_headed(metadata.title, blocks),
        site=_site(*parseaddr(head.sender)) or metadata.site,
        date=head.date or metadata.date,
    )
    blocks = without_title(furniture.without(blocks, metadata), metadata.title)
    if not any(block.kind is not BlockKind.HEADING for block in blocks):
        raise FormatError(
            _("There is no text in this mail."),
            path=path,
            hint=_("Save what is attached and add it: {names}.").format(names=", ".join(attached))
            if attached
            else _("Save the article again."),
        )
    given = {"title": metadata.title, "site": metadata.site, "url": url, "date": metadata.date}
    guessed = frozenset(key for key, value in given.items() if value)
    return article(path, Metadata(**given, guessed=guessed), blocks)  # type: ignore[arg-type]  # a date among texts


def attachments(data: bytes) -> tuple[str, ...]:
    """The names of what is attached to a mail."""
    with _whole(Path()):
        message = message_from_bytes(data, policy=policy.default)
        return _parts(message, Path())[2] if isinstance(message, EmailMessage) else ()


def _parts(message: EmailMessage, path: Path) -> tuple[str, str, tuple[str, ...]]:
    """The HTML and the plain text of a mail, and the names of its attachments."""
    page = text = ""
    attached: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise FormatError(_("The mail has too many parts to be a letter."), path=path)
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        name = part.get_filename()
        if part.get_content_disposition() == "attachment" or (
            name and not kind.startswith(("text/html", "text/plain", "image/"))
        ):
            attached.append(fold(name or kind).strip())
        elif kind == "text/html" and not page:
            page = _decoded(part, path)
        elif kind == "text/plain" and not text:
            text = _decoded(part, path)
    return page, text, tuple(attached)


def _decoded(part: EmailMessage, path: Path) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = str(part.get_content_charset() or "")
    if part.get_content_type() == "text/html":
        # The mail's declaration counts more than the page's own.
        return (
            text_of(decode(data, declared=charset, path=path).encode("utf-8-sig"), path)
            if charset
            else text_of(data, path)
        )
    return decode(data, declared=charset, path=path)


def _saved_page(page: str, path: Path, address: str) -> Article:
    from compiler_flow.ingest import html

    read_page = html.read_text(page, path)
    known = read_page.metadata
    if known.url or not address.startswith(("http://", "https://")):
        return read_page
    return replace(read_page, metadata=replace(known, url=address, guessed=known.guessed | {"url"}))


def _letter(page: str, path: Path) -> tuple[tuple[Block, ...], str]:
    """The blocks of a letter's HTML, and the address where it can be read on the web."""
    root = tree_of(page)
    if root is None:
        return (), ""
    wall = paywall.find(root)
    url = _online(root)
    tidied(root)
    _drop_unseen(root)
    blocks = tuple(tree.blocks(root))
    if wall.hides(blocks):
        raise wall.refusal(path)
    return blocks, url


def _drop_unseen(root: _Element) -> None:
    """What a mail program never shows goes."""
    for element in list(root.iter("script", "style", "head", "title", "noscript", "form", "button")):
        tree.drop(element)


def _online(root: _Element) -> str:
    """Where the link behind “view in browser” leads, unless it leads through a counter."""
    for link in root.iter("a"):
        text = fold("".join(map(str, link.itertext()))).strip()
        href = (link.get("href") or "").strip()
        if len(text) < 60 and _VIEW_ONLINE.search(text) and re.match(r"https?://[^\s/]+/\S+$", href):
            return href.partition("?")[0] if "utm_" in href else href
    return ""


def _metadata(message: EmailMessage) -> Metadata:
    title = _FORWARDED.sub("", fold(_header(message, "subject")).strip())
    sender = message.get("from")
    addresses = getattr(sender, "addresses", ())
    is_list = any(message.get(name) for name in _OF_LISTS)
    site = _site(addresses[0].display_name, addresses[0].addr_spec, is_list=is_list) if addresses else ""
    return Metadata(title=title, site=site, date=date.date() if (date := _sent(message)) else None)


def _site(name: str, address: str, *, is_list: bool = False) -> str:
    """The name of a sender, where its address says that it is a publication's and no person's: it is that of an office,
    or of a mailing list, or its server is called so."""
    shown = fold(name).strip()
    user, _at, server = address.casefold().rpartition("@")
    words = [word for word in _WORD.findall(shown.casefold()) if len(word) >= _WORD_LENGTH]
    if is_list or _OFFICES.intersection(_WORD.findall(user)):
        return shown
    is_person = any(word in user for word in words)
    return shown if not is_person and any(word in server for word in words) else ""


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name) or "")


def _as_headed(subject: str, blocks: tuple[Block, ...]) -> str:
    """The subject as the letter's own heading spells it: programs lose spaces where they fold a subject."""
    wanted = phrases.letters(subject)
    for block in blocks:
        if block.kind is BlockKind.HEADING and phrases.letters(inline.plain(block.text)) == wanted:
            return inline.plain(block.text)
    return subject


def _sent(message: EmailMessage) -> datetime | None:
    found = getattr(message.get("date"), "datetime", None)
    return found if isinstance(found, datetime) else None
