"""The head that a mail program writes over a letter it forwards: Subject, Date, From and To are no text of the letter.

Programs write it after a line of dashes, as a table, or with nothing before it; the words are those of the program's
language.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from compiler_flow import inline
from compiler_flow.ingest import dates
from compiler_flow.model import Block
from compiler_flow.text import lazy_pattern

_MARK = lazy_pattern(
    r"(?i)^\W*(?:begin (?=forwarded))?(?:forwarded message|forwarded mail|original message|пересылаемое сообщение"
    r"|пересланное сообщение|исходное сообщение|переслане повідомлення|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|mensaje reenviado|mensagem encaminhada|message transféré|message d'origine"
    r"|wiadomość przekazana|przekazana wiadomość|yönlendirilmiş ileti|yönlendirilmiş mesaj|edasisaadetud kiri"
    r"|persiųstas laiškas|pārsūtīta ziņa|mesaj redirecționat|转发的?邮件信?息?|原始邮件|轉寄郵件"
    r"|전달된 메시지|원본 메시지)"
    r"[^\w<]*"
)
# From, date, subject and what else such heads have, in the words of each language's programs.
_WORDS = {
    "en": ("from", "date|sent", "subject", "to|cc|bcc|reply-to"),
    "ru": ("от|от кого", "дата|отправлено", "тема", "кому|копия"),
    "uk": ("від", "дата|надіслано", "тема", "кому|копія"),
    "de": ("von", "datum|gesendet", "betreff", "an|kopie"),
    "es": ("de", "fecha|enviado", "asunto", "para"),
    "fr": ("de|expéditeur", "date|envoyé", "objet|sujet", "à|pour"),
    "pl": ("od", "data|wysłano", "temat", "do|dw"),
    "tr": ("kimden|gönderen", "tarih|gönderme tarihi", "konu", "kime|alıcı"),
    "ro": ("de la", "data|dată|trimis", "subiect", "către"),
    "lt": ("nuo", "data|išsiųsta", "tema", "kam"),
    "lv": ("no", "datums|nosūtīts", "temats|tēma", "kam"),
    "et": ("saatja", "kuupäev|saadetud", "teema", "saaja|adressaat"),
    "zh": ("发件人|寄件者", "日期|发送日期|发送时间|寄件日期", "主题|主旨", "收件人|抄送|收件者"),
    "ko": ("보낸 ?사람", "날짜|보낸 ?날짜", "제목", "받는 ?사람|참조"),
}
_NAMES = ("sender", "date", "subject", "others")
_ENOUGH = 3
_LONG = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a forwarded letter says: its sender, as in a mail's own head, and its day."""

    sender: str = ""
    date: dt.date | None = None


def taken(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], Head]:
    """``blocks`` without the heads of forwarded letters, and what the first of them says."""
    kept: list[Block] = []
    first: dict[str, tuple[str, str]] = {}
    is_open = False
    for block in blocks:
        text = inline.plain(block.text)
        mark = _MARK.match(text)
        fields = _fields(text[mark.end() :] if mark else text) if len(text) <= _LONG else {}
        is_whole = len(fields) >= _ENOUGH and "sender" in fields
        if is_whole or (fields and (is_open or mark)) or (mark and mark.end() == len(text)):
            is_open = True
            first = {**fields, **first}
        else:
            is_open = False
            kept.append(block)
    return tuple(kept), Head(first.get("sender", ("", ""))[0], _day(*first.get("date", ("", ""))))


def _fields(text: str) -> dict[str, tuple[str, str]]:
    """The fields in a text that begins with one: name → value and the language of the program."""
    for language, pattern in _patterns():
        found = list(pattern.finditer(text))
        if found and not text[: found[0].start()].strip():
            ends = [match.start() for match in found[1:]] + [len(text)]
            return {
                str(match.lastgroup): (text[match.end() : end].strip(), language)
                for match, end in reversed(list(zip(found, ends, strict=True)))
            }
    return {}


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            language,
            re.compile(
                r"(?i)(?<!\S)(?:"
                + "|".join(f"(?P<{name}>{each})" for name, each in zip(_NAMES, words, strict=True))
                + r")\s?[:：]"
            ),
        )
        for language, words in _WORDS.items()
    )


def _day(said: str, language: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(said).date()
    except (TypeError, ValueError, IndexError):
        return dates.parse(said, language) if said else None
