import datetime as dt
from pathlib import Path

import pytest

from compiler_flow.errors import CompilerFlowError, FileError, FormatError, UsageError
from compiler_flow.ingest import READERS, from_markdown, read, to_markdown
from compiler_flow.model import BlockKind


def read_text(folder: Path, name: str, text: str | bytes):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


MARKDOWN = """---
title: "Ferry line opens"
Author: Jane Roe
author role: correspondent
site: Baltic Wire
url: https://example.org/ferry
date: 2024-10-24
lang: en
country: lv
mood: cheerful
---

# Ferry line opens

**Background:** The [port](https://example.org/port) of *Ventspils*
grew by 14 000 <b>tonnes</b>. ![a ship](ship.png)

## What next

- one
  - inner

    more of inner
1. first

> Quoted words.

| a | b |
|---|---|
| c | d |

<!-- a remark -->
"""


def test_markdown_with_front_matter(tmp_path):
    article = read_text(tmp_path, "ferry.md", MARKDOWN)
    meta = article.metadata
    assert (article.name, meta.title, meta.author, meta.author_role) == (
        "ferry", "Ferry line opens", "Jane Roe", "correspondent",
    )  # fmt: skip
    assert (meta.site, meta.url, meta.date) == ("Baltic Wire", "https://example.org/ferry", dt.date(2024, 10, 24))
    assert (meta.language, meta.country, meta.guessed) == ("en", "LV", frozenset())
    assert to_markdown(article.blocks) == (
        "**Background:** The [port](https://example.org/port) of *Ventspils* grew by 14 000 tonnes.\n\n"
        "## What next\n\n- one\n\n   - inner\n\nmore of inner\n\n1. first\n\n> Quoted words.\n\n- a: b\n\n- c: d\n"
    )
    assert [block.line for block in article.blocks] == list(range(1, 18, 2))


def test_the_first_heading_is_proposed_as_title(tmp_path):
    article = read_text(tmp_path, "a.md", "Intro.\n\n# The *real* title\n\nBody.\n")
    assert (article.metadata.title, article.metadata.guessed) == ("The real title", {"title"})
    assert [block.text for block in article.blocks] == ["Intro.", "Body."]


def test_toml_front_matter(tmp_path):
    article = read_text(tmp_path, "a.md", '+++\ntitle = "T"\ndate = 2024-10-24\nauthor = ["A", "B"]\n+++\nBody.\n')
    assert (article.metadata.title, article.metadata.author) == ("T", "A, B")
    assert article.metadata.date == dt.date(2024, 10, 24)


def test_broken_toml_is_named_with_its_line(tmp_path):
    with pytest.raises(FormatError) as caught:
        read_text(tmp_path, "a.md", "+++\ntitle = 'T'\nauthor = \n+++\nBody.\n")
    assert caught.value.line == 3


def test_prose_between_rules_is_no_front_matter(tmp_path):
    article = read_text(tmp_path, "a.md", "---\nSome prose here\n---\n\nBody.\n")
    assert len(article.blocks) == 2


def test_plain_text(tmp_path):
    article = read_text(
        tmp_path, "note.txt", "A short headline\n\nA paragraph that was\nwrapped by hand.\n \n\nAn_other *one*.\n"
    )
    assert (article.metadata.title, article.metadata.guessed) == ("A short headline", {"title"})
    assert [block.text for block in article.blocks] == ["A paragraph that was wrapped by hand.", r"An_other \*one\*."]
    assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("They drew a road-\nmap for it.", "They drew a road-map for it."),
        (
            "They drew a road-\n  map for it. A roadmap costs nothing.",
            "They drew a roadmap for it. A roadmap costs nothing.",
        ),
        ("From 2019-\n2023 it rained in the Jean-\nPierre park.", "From 2019-2023 it rained in the Jean-Pierre park."),
        ("A round-\nthe-\nclock guard.", "A round-the-clock guard."),
        ("All pre-\nand post-war houses stand.", "All pre- and post-war houses stand."),
        ("They drew a road\u00ad\nmap for it.", "They drew a roadmap for it."),
        ("They drew it -\nslowly.", "They drew it - slowly."),
    ],
)
def test_a_word_broken_at_a_lines_end_is_whole_again(tmp_path, given, wanted):
    assert [block.text for block in read_text(tmp_path, "note.txt", given).blocks] == [wanted]


@pytest.mark.parametrize(
    ("head", "title", "lines"),
    [
        ("Rain at last\n\nBy A Staff Reporter\nTashkent, Nov. 2, 2024", "Rain at last", ["By A Staff Reporter", "Tashkent, Nov. 2, 2024"]),
        ("Rain at last\nBy A Staff Reporter\nNov. 2, 2024", "Rain at last", ["By A Staff Reporter", "Nov. 2, 2024"]),
        ("Plans for 2024\n\nBy A Staff Reporter", "Plans for 2024", ["By A Staff Reporter"]),
        ("By the river a town waits", "By the river a town waits", []),
        ("By A Staff Reporter\n2024-11-02", "", ["By A Staff Reporter", "2024-11-02"]),
        ("Rain at last,\nsay the farmers", "", ["Rain at last, say the farmers"]),
    ],
)  # fmt: skip
def test_who_wrote_a_text_and_when_stand_by_themselves(tmp_path, head, title, lines):
    body = "It rained in the valley for the first time since May,\nand the farmers of 2024\nwere glad of it."
    article = read_text(tmp_path, "note.txt", f"{head}\n\n{body}\n")
    assert article.metadata.title == title
    assert [block.text for block in article.blocks] == [*lines, body.replace("\n", " ")]


@pytest.mark.parametrize("text", ["One sentence stands here.\n\nAnother.", "Only a line", "Two\nlines\n\nBody."])
def test_what_is_no_headline_stays_text(tmp_path, text):
    article = read_text(tmp_path, "note.txt", text)
    assert article.metadata.title == ""
    assert article.blocks[0].text.split()[0] == text.split()[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "cp1251"])
def test_encodings_are_read(tmp_path, encoding):
    text = "Правительство страны сегодня утвердило новый план развития портов и железных дорог. " * 3
    if encoding in ("gb18030", "utf-16-le"):
        text = "政府今天批准了新的港口和铁路发展计划，专家对此表示欢迎。" * 3
    article = read_text(tmp_path, "a.txt", text.encode(encoding))
    assert article.blocks[0].text == text.strip()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.md", b"---\ntitle: T\n---\n\n  \n", "no text"),
        ("a.pdf", b"%PDF-1.4", "not a PDF file"),
        ("a.xyz", b"what", ".txt"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_out(tmp_path, name, data, said):
    with pytest.raises(FormatError) as caught:
        read_text(tmp_path, name, data)
    assert said in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_unknown_reader(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        read(tmp_path / "none.txt")
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    with pytest.raises(UsageError, match="plain"):
        read(tmp_path / "a.txt", reader="plane")


def test_a_file_without_suffix_is_plain_text(tmp_path):
    assert read_text(tmp_path, "note", "Some text.").blocks[0].text == "Some text."


@pytest.mark.parametrize("reader", sorted(READERS))
def test_every_reader_refuses_nothing_with_one_line(reader, tmp_path):
    for data in (b"", b"   \n", bytes(range(256)) * 4):
        with pytest.raises(CompilerFlowError) as caught:
            READERS[reader](data, tmp_path / "empty")
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("It ~~never~~ rained, <del>so</del> they <s>*hardly*</s> say.", "It rained, they say."),
        ("About 10<sup>6</sup> t on 800 km<sup>2</sup>, CO<sub>2</sub>, 19<sup>th</sup>.", "About 10⁶ t on 800 km², CO₂, 19th."),
    ],
)  # fmt: skip
def test_markdown_without_struck_text_and_with_its_powers(tmp_path, given, wanted):
    assert [block.text for block in read_text(tmp_path, "a.md", given).blocks] == [wanted]


def test_an_item_of_markdown_keeps_its_number_behind_a_paragraph_and_in_source_md(tmp_path):
    given = "1. One.\n2. Two.\n\n   It goes on.\n\n3. Three.\n\n   7. Seven.\n   8. Eight.\n4. Four.\n"
    blocks = read_text(tmp_path, "a.md", given).blocks
    written = to_markdown(blocks)
    assert written.split("\n\n") == [
        "1. One.", "1. Two.", "It goes on.", "3. Three.", "   7. Seven.", "   8. Eight.", "4. Four.\n",
    ]  # fmt: skip
    assert from_markdown(written) == blocks
