import datetime as dt

import pytest

from compiler_flow.errors import FormatError
from compiler_flow.ingest import read, to_markdown

BODY = """
<h1>Harbour of Ventspils grows by a fifth</h1>
<p><strong>The first paragraph is printed in bold letters. It holds two sentences.</strong></p>
<p><b>Background:</b> The ministry counted 14&nbsp;000 visitors on the <a href="https://example.org/x?a=1&amp;b=2">square
in <i>Riga</i></a>, and the snake_case [sic] stayed in the co&shy;operation agreement of both towns.</p>
<h2>What happens next</h2>
<p>Some <em>emphasis</em> and a line<br>that breaks. Another long sentence makes this paragraph long enough to be kept
by any extraction that looks at lengths.</p>
<ul><li>First item of the <b>list</b></li><li>Second item<ul><li>Nested item here</li></ul></li></ul>
<ol><li>One thing</li><li>Another thing</li></ol>
<blockquote><p>We quoted a first paragraph.</p><p>We quoted a second one.</p></blockquote>
<p>The last paragraph closes the article with a few more words.</p>
"""

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="{charset}">
<title>Harbour of Ventspils grows by a fifth | Baltic Wire</title>
<meta property="og:site_name" content="Baltic Wire"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-10-24T08:00:00Z">
<link rel="canonical" href="https://example.org/harbour"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news</a></li></ul></nav>
<aside class="advert">Buy a boat today!</aside><article>{body}
<figure><img src="a.jpg"><figcaption>Photo: Jane Roe</figcaption></figure></article>
<div class="related"><h3>Related</h3><ul><li><a href="/q">Other story of the day</a></li></ul></div>
<div id="comments"><h3>Comments</h3><p>I disagree with all of this, says a reader.</p></div>
<footer>Copyright 2024. Cookie settings</footer></body></html>"""


def page(body: str = BODY, *, lang: str = "en-GB", charset: str = "utf-8") -> str:
    return PAGE.format(body=body, lang=lang, charset=charset)


def write(folder, data: str | bytes, name="page.html"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_the_article_comes_out_as_an_editor_would_have_typed_it(tmp_path):
    article = read(write(tmp_path, page()))
    assert to_markdown(article.blocks) == (
        "The first paragraph is printed in bold letters. It holds two sentences.\n\n"
        "**Background:** The ministry counted 14\u00a0000 visitors on the "
        "[square in *Riga*](https://example.org/x?a=1&b=2), "
        "and the snake_case [sic] stayed in the cooperation agreement of both towns.\n\n"
        "## What happens next\n\n"
        "Some *emphasis* and a line that breaks. Another long sentence makes this paragraph long enough to be kept by "
        "any extraction that looks at lengths.\n\n"
        "- First item of the **list**\n\n- Second item\n\n   - Nested item here\n\n1. One thing\n\n1. Another thing\n\n"
        "> We quoted a first paragraph.\n\n> We quoted a second one.\n\n"
        "The last paragraph closes the article with a few more words.\n"
    )


def test_metadata_is_proposed_and_marked_so(tmp_path):
    meta = read(write(tmp_path, page())).metadata
    assert (meta.title, meta.author, meta.site) == ("Harbour of Ventspils grows by a fifth", "Jane Roe", "Baltic Wire")
    assert (meta.url, meta.date, meta.language) == ("https://example.org/harbour", dt.date(2024, 10, 24), "en-GB")
    assert meta.guessed == {"title", "author", "site", "url", "date", "language"}


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Ships return | Baltic Wire", "Ships return"),
        ("Ships return - Baltic Wire", "Ships return"),
        ("Ships return — Baltic Wire", "Ships return"),
        ("Riga - Tallinn ferry returns", "Riga - Tallinn ferry returns"),
        ("Ships return to port | bw.example", "Ships return to port"),
    ],
)
def test_the_sites_name_leaves_the_title(tmp_path, title, wanted):
    text = page(BODY.replace("<h1>Harbour of Ventspils grows by a fifth</h1>", ""))
    text = text.replace("Harbour of Ventspils grows by a fifth | Baltic Wire", title)
    assert read(write(tmp_path, text)).metadata.title == wanted


RUSSIAN = "<p>" + "Правительство страны утвердило план развития портов и железных дорог. " * 6 + "</p>"
CHINESE = "<p>" + "政府今天批准了新的港口和铁路发展计划，专家对此表示欢迎。" * 10 + "</p>"


@pytest.mark.parametrize(
    ("body", "encoding", "charset"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "utf-8", ""),
        (RUSSIAN, "utf-16", "utf-8"),
        (CHINESE, "gbk", "gb2312"),
        (CHINESE, "gbk", ""),
        (CHINESE, "gb18030", "no-such-charset"),
        (CHINESE, "utf-16-le", "utf-16"),
        (BODY + "<p>Café naïve “quoted” costs 5 € in town, they say there.</p>", "cp1252", "iso-8859-1"),
    ],
)
def test_pages_in_other_encodings_are_read(tmp_path, body, encoding, charset):
    text = page(body, charset=charset).replace("Harbour", "Port")
    last = read(write(tmp_path, text.encode(encoding, "xmlcharrefreplace"))).blocks[-1].text
    assert last in " ".join(body.replace("<p>", "").replace("</p>", "").split())
    assert len(last) > 40


def test_a_page_cut_off_inside_a_character_is_still_read(tmp_path):
    data = page(RUSSIAN).encode()
    cut = data.rindex("дорог".encode()) + 3
    assert "портов" in read(write(tmp_path, data[:cut])).blocks[0].text


NAVIGATION = (
    "<html><body>" + "".join(f'<li><a href="/{i}">Section number {i}</a></li>' for i in range(60)) + "</body></html>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body></body></html>",
        NAVIGATION.encode(),
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 500,
        b"\xff\xd8\xff\xe0" + bytes(range(1, 256)) * 9,
        ("<div>" * 100_000 + "Text that nobody finds. " * 20).encode(),
        ("<ul><li>" * 50_000 + "Text.").encode(),
        ("<b>" * 100_000 + "Text").encode(),
        b"<!DOCTYPE html [" + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (i + 1, i, i) for i in range(40)) + b"]>&a40;",
        b"a" * (33 * 2**20),
        b"<p>The harbour grew again.</p>" * 90_000,
        b"<div>x" * 50_000,
    ],
    ids=[
        "nothing",
        "empty",
        "navigation",
        "bytes",
        "png",
        "jpeg",
        "deep",
        "lists",
        "bold",
        "entities",
        "huge",
        "long",
        "tags",
    ],
)
def test_what_is_no_article_is_refused_with_one_line(tmp_path, data):
    with pytest.raises(FormatError) as caught:
        read(write(tmp_path, data))
    assert "page.html" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_text_under_many_levels_is_read_or_refused_but_never_breaks_us(tmp_path):
    sentence = "<p>The harbour grew again this year, and the town was pleased with it. "
    for depth in (50, 150, 240, 300, 2000):
        path = write(tmp_path, "<html><body>" + "<div>" * depth + sentence * 8)
        try:
            assert "harbour" in read(path).blocks[0].text
        except FormatError:
            assert depth > 200


def test_two_line_breaks_end_a_paragraph(tmp_path):
    body = "<div>" + "The first part of the text is long enough to be kept here. " * 3 + "<br><br>"
    body += "The second part of the text is long enough to be kept as well. " * 3 + "</div>"
    assert len(read(write(tmp_path, page(body))).blocks) == 2


def test_a_bold_line_of_its_own_is_a_heading(tmp_path):
    article = read(write(tmp_path, page(BODY.replace("<h2>What happens next</h2>", "<p><b>What happens next</b></p>"))))
    assert "### What happens next\n" in to_markdown(article.blocks)
