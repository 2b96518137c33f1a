"""A folder as an editor's desk has it: twenty articles in every format and odd encodings, among a desktop's litter.

``python tests/ingest/twenty.py FOLDER`` makes it. Every file tells another story, so that none is another's twin.
"""

from __future__ import annotations

import io
import quopri
import sys
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "extraction"))

import kept_aside  # noqa: E402 (found through the line above)
import pages  # noqa: E402
from told import MADE  # noqa: E402

Made = Iterator[tuple[str, bytes, str]]


def _html() -> Made:
    """Saved pages: the name of the file, its bytes, and the title that should be found."""
    told = pages.stories()
    wanted = {
        "school": pages.portal,
        "forest": pages.blog,
        "museum": pages.bare,
        "dam": pages.tables,
        "vineyard": pages.archive,
    }
    for seed, (name, template) in enumerate(wanted.items()):
        story = next(story for story in told if story.name == name)
        text, _metadata = template(story, pages.Noise(story, seed, told))
        yield f"{name}.html", text.encode(), story.title


RUSSIAN = """В Актау спустили на воду новый паром

Паром «Мангистау» спустили на воду в порту Актау в пятницу. Судно длиной 155 метров строили два года, и обошлось оно
в 38 млн долл.

Паром перевезёт за один рейс 52 вагона и сто пассажиров. Первый рейс в Баку намечен на 3 декабря, если шторма не
помешают. По словам капитана В. И. Сорокина, команда уже набрана.

Портовики ждут роста грузов на пятую часть. Экологи просят не забывать о тюленях: их на Каспии осталось около 70 тыс.
"""
CHINESE = """额尔古纳河边境口岸恢复客运

额尔古纳河上的边境口岸星期一恢复了客运，这是五年来的第一次。当天上午有四十二名旅客乘坐渡轮过河，其中一半是商人。

口岸管理处说，渡轮每天往返六次，票价三十元。旅客需要带护照，货物不得超过五十公斤。

对岸的市场也重新开张。卖蜂蜜的老人说，他等这一天等了很久：“河没有变宽，是时间变长了。”
"""
KOREAN = """동해선 야간 열차 다시 달린다

강릉과 부산을 잇는 야간 열차가 다음 달 1일부터 다시 달린다. 철도 당국은 승객이 늘어 좌석을 80석 늘렸다고 밝혔다.

열차는 밤 10시 30분에 강릉을 떠나 이튿날 새벽 5시에 부산에 닿는다. 요금은 2만 9천 원이다.

해안 마을 주민들은 반기면서도 소음을 걱정한다. 당국은 마을 앞에서 속도를 줄이겠다고 약속했다.
"""
UZBEK = """Xivada gilam ustalari maktabi ochildi

Xivada gilam to‘quvchi ustalar uchun yangi maktab ochildi. Maktabda oltmish nafar qiz va yigit tahsil oladi, o‘qish muddati
ikki yil.

Ustozlarning aytishicha, eng qiyini rang tanlashdir. Bo‘yoqlar anor po‘stlog‘i, yong‘oq va ro‘yandan tayyorlanadi.

Birinchi gilamlar bahorda ko‘rgazmaga qo‘yiladi. Undan tushgan mablag‘ yangi dastgohlarga sarflanadi.
"""
ENGLISH_MD = """---
title: Lighthouse keepers of the gulf hand over their keys
author: Piret Saar
site: Gulf Letters
date: 2024-10-25
lang: en
url: https://gulf-letters.example/keys
---

The last two keepers on the gulf handed over their keys on Friday. From now on the lights are watched from an office
in Tallinn, **three screens** and a kettle.

## What remains

- the lamp, changed twice a year
- the fog signal, which nobody misses
- a diary of ninety years

> We were never lonely, said the elder keeper. We were only far away.

| Light | Built | Height |
|---|---|---|
| Keri | 1724 | 31 m |
| Vaindloo | 1871 | 17 m |

Visitors may climb the towers from May. The [ferry timetable](https://gulf-letters.example/ferry) is on the harbour's page.
"""
ARMENIAN = """Սևանա լճի մակարդակը բարձրացել է

Սևանա լճի մակարդակն այս տարի բարձրացել է 11 սանտիմետրով, հայտնում է հիդրոլոգների խումբը։ Վերջին տասը տարում սա
լավագույն ցուցանիշն է։

Պատճառը ձյունառատ ձմեռն է և ոռոգման նոր համակարգը, որը խնայում է ջուրը։ Ձկնորսները հույս ունեն, որ իշխանը կրկին
կշատանա։

Ափամերձ շինությունների մի մասը կտեղափոխվի մինչև 2026 թվականը։
"""


def _texts() -> Made:
    """Texts in odd encodings."""
    yield "aktau-1251.txt", RUSSIAN.encode("cp1251"), "В Актау спустили на воду новый паром"
    yield "kou-an-gbk.txt", CHINESE.encode("gbk"), "额尔古纳河边境口岸恢复客运"
    yield "train-utf16.txt", KOREAN.encode("utf-16"), "동해선 야간 열차 다시 달린다"
    yield "xiva.txt", UZBEK.encode("utf-8-sig").replace(b"\n", b"\r\n"), "Xivada gilam ustalari maktabi ochildi"
    yield "keys.md", ENGLISH_MD.encode(), "Lighthouse keepers of the gulf hand over their keys"
    yield "sevan.md", ("# " + ARMENIAN).encode("utf-16-le"), "Սևանա լճի մակարդակը բարձրացել է"


def _office() -> Made:
    """What Word and LibreOffice keep."""
    yield "harbour.odt", (MADE / "report.odt").read_bytes(), "Harbour of Ventspils orders two new cranes"
    yield (
        "cable-two-columns.pdf",
        (MADE / "columns.pdf").read_bytes(),
        "Klaipėdoje pradėtas tiesti naujas jūrinis kabelis",
    )
    yield "salt.pdf", (MADE / "notes.pdf").read_bytes(), "Salt"
    from make_files import document

    story = next(story for story in pages.stories() if story.name == "railway")
    stream = io.BytesIO()
    document(story).save(stream)
    yield "train.docx", stream.getvalue(), story.title
    story = next(story for story in pages.stories() if story.name == "bridge")
    yield "bridge.epub", book(story), story.title


def book(story: pages.Story) -> bytes:
    """A story as an EPUB book of two chapters with a cover and contents."""
    half = next(at for at, line in enumerate(story.paragraphs) if line.startswith("## "))
    chapters = []
    for part in (story.paragraphs[:half], story.paragraphs[half:]):
        told = pages.Story(story.name, story.language, story.title, story.author, story.site, story.date, part)
        chapters.append(pages._body(told))
    page = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body{kind}>{body}</body></html>'
    opf = f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>{story.title}</dc:title>
<dc:creator>{story.author}</dc:creator><dc:language>{story.language}</dc:language><dc:publisher>{story.site}</dc:publisher>
<dc:date>{story.date}</dc:date></metadata><manifest><item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a%20one.xhtml" media-type="application/xhtml+xml"/><item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="c"/><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
    parts = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/book.opf": opf,
        "OEBPS/cover.xhtml": page.format(kind=' epub:type="cover"', body="<p>Cover</p>"),
        "OEBPS/nav.xhtml": page.format(
            kind="", body='<nav epub:type="toc"><ol><li><a href="text/b.xhtml">Two</a></li></ol></nav>'
        ),
        "OEBPS/text/a one.xhtml": page.format(kind="", body=f"<h1>{story.title}</h1>{chapters[0]}"),
        "OEBPS/text/b.xhtml": page.format(kind="", body=chapters[1]),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


LETTER = """Good morning,

the orchard census of the Fergana valley is out, and it counts more trees than people.
Inspectors walked 1,200 kilometres of rows between March and September, with a tape
and a notebook.

Apricots lead with 14.2 million trees. Cherries come second, and their number has
doubled since 2015, because trains now carry them to Moscow in 60 hours.

What nobody counted are the mulberries along the canals. "They belong to everybody,"
an inspector told us, "so they are on nobody's list."

-- 
Orchard Notes, weekly
To unsubscribe write to notes@orchard.example
"""


def _mails() -> Made:
    """A newsletter in HTML with an attachment, a plain letter, and another page a browser saved as one file."""
    told = {story.name: story for story in pages.stories()}
    story = told["chips"]
    mail = EmailMessage()
    mail["From"] = f"{story.site} <news@seohae.example>"
    mail["To"] = "desk@bulletin.example"
    mail["Subject"] = f"Fwd: {story.title}"
    mail["Date"] = "Wed, 23 Oct 2024 08:00:00 +0900"
    mail.set_content("HTML only")
    page = pages.archive(story, pages.Noise(story, 1, list(told.values())))[0]
    page = page.encode("euc-kr", "xmlcharrefreplace").decode("euc-kr")
    mail.add_alternative(page, subtype="html", charset="euc-kr")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="표.pdf")
    yield "newsletter.eml", mail.as_bytes(), story.title
    plain = EmailMessage()
    plain["From"] = "Orchard Notes <notes@orchard.example>"
    plain["Subject"] = "More trees than people in the Fergana valley"
    plain["Date"] = "Mon, 21 Oct 2024 06:30:00 +0500"
    plain.set_content(LETTER)
    yield "letter.eml", plain.as_bytes(), "More trees than people in the Fergana valley"
    other = kept_aside.Story(
        "tram", "en", "Night trams return to Daugavpils", "Anna Lace", "River Post", story.date, TRAM
    )
    page = kept_aside.reader(other, pages.Noise(other, 3, list(told.values())))[0]
    saved = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://river-post.example/trams\r\nSubject: x\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://river-post.example/trams\r\n\r\n"
    )
    yield "tram.mhtml", saved + quopri.encodestring(page.encode()) + b"\r\n--b--\r\n", other.title


TRAM = (
    "Night trams run again in Daugavpils after eleven years, the town's transport company said on Tuesday.",
    "**Background:** The line was closed when the depot lost half of its drivers. Fourteen new ones finished their training in August.",
    "The trams leave every 40 minutes between midnight and five. A ticket costs 1 euro, and dogs ride free.",
    "## Who pays",
    "The town covers the loss of 90,000 euros a year. Bakers and nurses had asked for the line, and 2,300 people signed their letter.",
)


def files() -> Made:
    """All of them."""
    yield from _html()
    yield from _texts()
    yield from _office()
    yield from _mails()
    story = pages.Story(
        "well",
        "en",
        "Deepest well of the steppe gives warm water",
        "Dana Omarova",
        "Steppe Courier",
        pages.stories()[0].date,
        WELL,
    )
    told = pages.stories()
    yield "well.htm", kept_aside.agency(story, pages.Noise(story, 2, told))[0].encode("utf-16"), story.title


WELL = (
    "Drillers near Zhanakorgan have reached water of 64 degrees at a depth of 2,310 metres, the regional office said on Monday.",
    "The well gives nine litres a second. Greenhouses will take the heat in winter, and a bath house the rest.",
    "**Why there?** Old Soviet maps show a warm layer along the fault. Nobody had the money to look until a fund for villages lent 400 million tenge.",
    "Geologists want to measure for a year before a second well is drilled. The water is salty, and what comes out has to go back.",
)


def make(folder: Path) -> None:
    """The folder, with what a desktop leaves lying about."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data, _title in files():
        (folder / name).write_bytes(data)
    for litter in (".DS_Store", "Thumbs.db", "~$train.docx", "desktop.ini"):
        (folder / litter).write_bytes(b"\x00\x01litter")
    parts = folder / "school_files"
    parts.mkdir(exist_ok=True)
    (parts / "frame.html").write_text(
        "<html><body><p>A frame of the page, and no article.</p></body></html>", encoding="utf-8"
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
