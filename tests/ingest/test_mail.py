"""Mails: the letter without what a newsletter puts round it."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest
import twenty
from told import STORIES, story_text

from compiler_flow.errors import FormatError
from compiler_flow.ingest import READERS, mail, read_data, reader_for, to_markdown

FILES = {name: (data, title) for name, data, title in twenty.files()}


def letter(text: str = "", html: str = "", subject: str = "Owls", sender: str = "", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"] = sender or "Forest Post <post@forest.example>"
    made["Subject"] = subject
    made["Date"] = "Thu, 24 Oct 2024 23:30:00 +0600"
    for name, value in headers.items():
        made[name] = value
    if text:
        made.set_content(text)
    if html:
        (made.add_alternative if text else made.set_content)(html, subtype="html")
    return made.as_bytes()


def test_a_newsletter_is_its_story() -> None:
    data, title = FILES["newsletter.eml"]
    article = read_data(data, Path("newsletter.eml"))
    assert to_markdown(article.blocks) == story_text("chips")
    assert (article.metadata.title, article.metadata.site) == (title, STORIES["chips"].site)
    assert article.metadata.date == dt.date(2024, 10, 23)
    assert article.metadata.guessed >= {"title", "site", "date"}
    assert mail.attachments(data) == ("표.pdf",)


def test_a_plain_letter_loses_its_signature_and_keeps_its_day() -> None:
    article = read_data(letter("Forty people counted owls.\n\nThey heard sixty.\n\n-- \nForest Post\n"), Path("a.eml"))
    assert [block.text for block in article.blocks] == ["Forty people counted owls.", "They heard sixty."]
    # The day where it was sent, not where it is read.
    assert article.metadata.date == dt.date(2024, 10, 24)


@pytest.mark.parametrize("subject", ["Owls", "Fwd: Owls", "RE: Fw: Owls", "转发: Owls"])
def test_what_forwarding_adds_to_a_subject_goes(subject: str) -> None:
    assert READERS["mail"](letter("They came.", subject=subject), Path("a.eml")).metadata.title == "Owls"


def test_the_html_part_counts_more_than_the_plain_one() -> None:
    data = letter("Your program shows no HTML.", "<h1>Owls</h1><p>Forty people counted <b>owls</b>.</p>")
    assert to_markdown(READERS["mail"](data, Path("a.eml")).blocks) == "Forty people counted **owls**.\n"


def test_a_page_that_a_browser_saved_as_one_file_is_a_page() -> None:
    data, title = FILES["tram.mhtml"]
    article = read_data(data, Path("tram.mhtml"))
    assert (article.metadata.title, article.metadata.url) == (title, "https://river-post.example/trams")
    assert len(article.blocks) == len(twenty.TRAM)


def test_a_mail_without_a_suffix_is_known_by_its_head() -> None:
    assert reader_for(Path("letter"), FILES["letter.eml"][0]) == "mail"
    assert reader_for(Path("letter.txt"), b"From: the desk\nTo all: good morning.\n\nText.") == "plain"


def test_a_mail_with_nothing_but_attachments_names_them() -> None:
    made = EmailMessage()
    made["From"] = "a@example.org"
    made.set_content("")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="report.pdf")
    with pytest.raises(FormatError, match=r"report\.pdf"):
        READERS["mail"](made.as_bytes(), Path("a.eml"))


@pytest.mark.parametrize(
    "data",
    [
        b"Just text.",
        b"\x00\x01\x02",
        b"Content-Type: text/html\n\n<p>x</p>",
        b"From:'ntent-Type: text/html; charset=utf-8\n\ny",
    ],
)
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="not a mail"):
        READERS["mail"](data, Path("a.eml"))


HEADS = {
    "thunderbird": (
        "Please have a look.\n\n-------- Forwarded Message --------\nSubject: \tOwls\n"
        "Date: \tSat, 19 Oct 2024 09:00:00 +0300\nFrom: \tForest Post <post@forest.example>\nTo: \tanna@desk.example\n\n\n",
        "",
    ),
    "gmail": (
        "",
        "<div>Please have a look.<br><br></div><div>---------- Forwarded message ---------<br>From: <b>Forest Post</b> "
        '&lt;<a href="mailto:post@forest.example">post@forest.example</a>&gt;<br>Date: Sat, Oct 19, 2024 at 9:00 AM<br>'
        "Subject: Owls<br>To: &lt;anna@desk.example&gt;<br></div><br><br>",
    ),
    "outlook": (
        "",
        "<p>Please have a look.</p><div><p><b>From:</b> Forest Post &lt;post@forest.example&gt;<br><b>Sent:</b> Saturday, "
        "October 19, 2024 9:00 AM<br><b>To:</b> Anna Kask &lt;anna@desk.example&gt;<br><b>Subject:</b> Owls</p></div>",
    ),
    "table": (
        "",
        "<p>Please have a look.</p>-------- Пересылаемое сообщение --------<table><tr><th>Тема: </th><td>Owls</td></tr>"
        "<tr><th>Дата: </th><td>19 октября 2024 г.</td></tr><tr><th>От: </th><td>Forest Post &lt;post@forest.example&gt;"
        "</td></tr></table><br>",
    ),
    "apple": (
        "Please have a look.\n\nBegin forwarded message:\n\nFrom: Forest Post <post@forest.example>\nSubject: Owls\n"
        "Date: 19 October 2024 at 09:00:00 EEST\nTo: anna@desk.example\n\n",
        "",
    ),
}


@pytest.mark.parametrize("program", HEADS)
def test_the_head_of_a_forwarded_letter_is_no_text_but_says_whose_it_is(program: str) -> None:
    text, html = HEADS[program]
    body = "Forty people counted owls in the forest, and they heard sixty of them."
    made = letter(
        text and text + body,
        html and f"{html}<p>{body}</p>",
        subject="Fwd: Owls",
        sender="Anna Kask <anna.kask@desk.example>",
    )
    article = READERS["mail"](made, Path("a.eml"))
    assert [block.text for block in article.blocks] == ["Please have a look.", body]
    assert (article.metadata.title, article.metadata.site) == ("Owls", "Forest Post")
    assert article.metadata.date == dt.date(2024, 10, 19)


def test_sentences_that_look_like_a_head_stay() -> None:
    lines = ["Original message boards were cut from oak.", "To: whom it may concern.", "From: a friend."]
    article = READERS["mail"](letter("\n\n".join(lines)), Path("a.eml"))
    assert [block.text for block in article.blocks] == lines


@pytest.mark.parametrize(
    ("sender", "site"),
    [
        ("Forest Post <anna@forest.example>", "Forest Post"),
        ("Лесная почта <news@les.example>", "Лесная почта"),
        ("Anna Kask <anna.kask@desk.example>", ""),
        ("Anna Kask <akask@desk.example>", ""),
        ("Anna Kask <anna@kask.example>", ""),
        ("Anna Kask <owl77@mail.example>", ""),
    ],
)
def test_a_person_who_sends_a_letter_is_no_site(sender: str, site: str) -> None:
    assert READERS["mail"](letter("They came.", sender=sender), Path("a.eml")).metadata.site == site


def test_a_mailing_list_is_a_site() -> None:
    made = letter("They came.", sender="The Owl <x7@bulk.example>", **{"List-Unsubscribe": "<https://owl.example/u>"})
    assert READERS["mail"](made, Path("a.eml")).metadata.site == "The Owl"
