"""What a page says besides its sentences: notes, tables, figures, links, furniture, prices of admission."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from compiler_flow.errors import FormatError
from compiler_flow.ingest import READERS, to_markdown
from compiler_flow.model import Article

MORE = """<p>The harbour of Ventspils has ordered two cranes that can lift 120 tonnes each, its port authority said.</p>
<p>The cranes will be built in Finland and shipped in spring, when the ice is gone and the quay wall is ready.</p>"""


def page(body: str, head: str = "", lang: str = "en") -> bytes:
    return f'<!doctype html><html lang="{lang}"><head><title>Cranes</title>{head}</head><body>{body}</body></html>'.encode()


def read(body: str, head: str = "", lang: str = "en") -> Article:
    return READERS["html"](page(body, head, lang), Path("page.html"))


def text(body: str, head: str = "") -> str:
    return to_markdown(read(f"<article><h1>Cranes</h1>{MORE}{body}</article>", head).blocks).partition("is ready.\n\n")[
        2
    ]


def test_marks_of_notes_go_and_the_notes_stay() -> None:
    assert (
        text(
            '<p>Salt travels far.<sup id="r1"><a href="#fn1">1</a></sup> The wind carries it<a href="#fn2">[2]</a>, they say.</p>'
            '<ol><li id="fn1">Three stations measured it. <a href="#r1">↩</a></li><li id="fn2">So does water.<a href="#r2">^</a></li></ol>'
        )
        == "Salt travels far. The wind carries it, they say.\n\n1. Three stations measured it.\n\n1. So does water.\n"
    )


def test_figures_set_high_or_low_stay_figures() -> None:
    assert (
        text(
            "<p>On 800 km<sup>2</sup> of seabed the CO<sub>2</sub> fell by 10<sup>-3</sup> in the 19<sup>th</sup> year.</p>"
        )
        == "On 800 km² of seabed the CO₂ fell by 10⁻³ in the 19th year.\n"
    )


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("about 10<b><sup>6</sup></b> tonnes of it", "about 10**⁶** tonnes of it"),
        ("on 800 km<sup><b>2</b></sup> of seabed", "on 800 km² of seabed"),
        ("on 800 km<sup>2</sup><sup>1</sup> of seabed", "on 800 km² of seabed"),
        ("on 800 km<sup>21</sup> of seabed", "on 800 km² of seabed"),
    ],
)
def test_a_power_in_bold_is_one_and_a_mark_behind_it_is_none(given: str, wanted: str) -> None:
    assert text(f"<p>They found salt, {given}, last year.</p>") == f"They found salt, {wanted}, last year.\n"


def test_items_keep_the_numbers_that_they_have_on_the_page() -> None:
    given = (
        "<p>These measures of the plan are left to do:</p>"
        '<ol start="4"><li>The fourth is a wall.</li><li>The fifth is a gate.</li>'
        '<li value="9">The ninth is a boat.<p>It goes on water every day.</p></li><li>The tenth is a rope.</li></ol>'
        "<ol><li>The first of the others.</li></ol>"
    )
    assert text(given).split("\n\n")[1:] == [
        "4. The fourth is a wall.",
        "5. The fifth is a gate.",
        "9. The ninth is a boat.",
        "It goes on water every day.",
        "10. The tenth is a rope.",
        "1) The first of the others.\n",
    ]


@pytest.mark.parametrize(
    "struck",
    ["<del>{}</del>", "<s>{}</s>", "<strike>{}</strike>", '<span style="text-decoration: line-through">{}</span>'],
)
def test_text_that_was_struck_out_does_not_count(struck: str) -> None:
    gone = struck.format("eleven")
    assert text(f"<p>The quay costs {gone} <ins>twelve</ins> million euros this year.</p>") == (
        "The quay costs twelve million euros this year.\n"
    )


def test_a_forgotten_end_of_a_strike_does_not_cost_the_article() -> None:
    told = "".join(
        f"<p>On day {day} of the strike the crane drivers of Ventspils met {day} times and asked {day + 3}00 euros more "
        "than their port authority had offered to them in the letter of last spring.</p>"
        for day in range(2, 20)
    )
    assert "On day 19 of" in to_markdown(read(f"<article><h1>Cranes</h1>{MORE}<s><div>{told}</div></article>").blocks)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<q>we are late, as <i>usual</i></q>", "“we are late, as *usual*”"),
        ("<q> a <q>calm</q> day </q>", "“a ‘calm’ day”"),
        ("<q>«typed already»</q>", "«typed already»"),
    ],
)
def test_a_quotation_in_a_sentence_stays_in_it(given: str, wanted: str) -> None:
    assert text(f"<p>The mayor said {given} and left the room.</p>") == f"The mayor said {wanted} and left the room.\n"


FIGURE = '<figure><img src="a.jpg" alt=""><figcaption>{}</figcaption></figure>'
AFTER = "<p>The town is pleased with the cranes, its mayor said, and wants to have two more of them.</p>"


def test_captions_are_paragraphs_at_their_place() -> None:
    lead = FIGURE.format("The old quay at night")
    table = "<table><caption>Ships by year</caption><tr><th>2023</th><td>12</td></tr></table>"
    inner = FIGURE.format('Ice on <b>the quay</b> <span class="credit">Photo: Jane Roe</span>') + AFTER + table + AFTER
    article = read(f"<article><h1>Cranes</h1>{lead}{MORE}{inner}{FIGURE.format('The last ship')}</article>")
    texts = [block.text for block in article.blocks]
    assert (texts[0], texts[3], texts[5:7], texts[-1]) == (
        "The old quay at night", "Ice on **the quay**", ["Ships by year", "2023: 12"], "The last ship",
    )  # fmt: skip


@pytest.mark.parametrize(
    "furniture",
    [
        FIGURE.format("Photo: archive of the paper"),
        FIGURE.format("Фото: пресс-служба порта"),
        FIGURE.format("© Baltic Wire"),
        "".join(FIGURE.format(f"Picture number {count} shows a ship.") for count in ("one", "two", "three")),
        f'<div class="photo-gallery">{FIGURE.format("A ship is seen at the quay.")}</div>',
        f'<a href="/other">{FIGURE.format("Another story of the week is here.")}</a>',
        f"<nav>{FIGURE.format('All pictures of the year.')}</nav>",
    ],
)
def test_credits_and_captions_of_galleries_and_other_stories_stay_out(furniture: str) -> None:
    body = f"<article><h1>Cranes</h1>{MORE}{furniture}{AFTER}</article>"
    assert len(read(body).blocks) == 3


def test_a_table_of_figures_becomes_items() -> None:
    assert text(
        "<p>The numbers say it all, in two tables:</p><table><tr><th>Port</th><th>2023</th><th>2024</th></tr>"
        "<tr><td>Ventspils</td><td>14.1</td><td>12.6</td></tr></table>"
        "<table><tr><td>Height</td><td>62 m</td></tr><tr><td>Load:</td><td>120 t</td></tr></table>"
    ) == (
        "The numbers say it all, in two tables:\n\n- Port | 2023 | 2024\n\n- Ventspils | 14.1 | 12.6\n\n"
        "- Height: 62 m\n\n- Load: 120 t\n"
    )


def test_links_are_whole_where_the_page_says_where_it_was() -> None:
    head = '<link rel="canonical" href="https://wire.example/2024/cranes">'
    assert text('<p>See <a href="/report">the report</a> and <a href="more">more of it</a>, both long.</p>', head) == (
        "See [the report](https://wire.example/report) and [more of it](https://wire.example/2024/more), both long.\n"
    )
    base = head + '<base href="https://files.example/x/">'
    assert "https://files.example/x/more" in text('<p>See <a href="more">more of it</a>, which is long.</p>', base)
    assert text('<p>See <a href="/report">the report</a>, which is long.</p>') == "See the report, which is long.\n"


def test_links_to_places_on_the_page_are_only_words() -> None:
    assert text('<p>As <a href="#top">said above</a>, the cranes are late again this year.</p>') == (
        "As said above, the cranes are late again this year.\n"
    )


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="share-buttons"><a href="#">Facebook</a> <a href="#">X</a></div>',
        '<aside><h3>Related</h3><ul><li><a href="/a">Another story of the day</a></li></ul></aside>',
        "<p>Read also: <a href='/a'>Another story of the day</a></p>",
        '<div class="newsletter-box"><p>Sign up and read us every morning at breakfast.</p></div>',
        '<section id="comments"><p>I disagree with all of this, says a reader of ours.</p></section>',
        '<span class="sr-only">Opens in a new window</span>',
        '<p style="display: none">A preheader that nobody should see.</p>',
        "<p>© 2024 Wire. All rights reserved.</p>",
        "<p>Subscribe to our newsletter!</p>",
        '<div role="navigation"><a href="/1">1</a> <a href="/2">2</a></div>',
        "<h2>Comments</h2>",
    ],
)
def test_furniture_goes(furniture: str) -> None:
    assert text(
        f"<p>A sentence before it, long enough to be one.</p>{furniture}<p>And a sentence after it, as long.</p>"
    ) == ("A sentence before it, long enough to be one.\n\nAnd a sentence after it, as long.\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "Comments by the minister were short, and the journalists wrote them down.",
        "They share the cost, and the related papers were signed in Riga on Monday.",
        "Read more books, the librarian told the children of the village school.",
    ],
)
def test_sentences_that_sound_like_furniture_stay(sentence: str) -> None:
    assert text(f"<p>{sentence}</p>") == f"{sentence}\n"


def test_a_name_on_the_whole_page_is_no_reason_to_throw_it_away() -> None:
    article = read(f'<div class="content with-sidebar related"><h1>Cranes</h1>{MORE}</div>')
    assert len(article.blocks) == 2


def test_headings_and_lists_of_a_page_without_article_element_stay() -> None:
    body = f"<div class='x'><h1>Cranes</h1>{MORE}<h2>What comes next</h2><ul><li>rails</li><li>drivers</li></ul>{MORE.replace('two', 'ten')}</div>"
    assert to_markdown(read(body).blocks).count("## What comes next\n\n- rails\n\n- drivers\n") == 1


def test_a_year_is_no_date_and_a_date_in_words_is() -> None:
    assert read(f"<article><h1>Cranes</h1><p class='date'>2024</p>{MORE}</article>").metadata.date is None
    assert read(
        f"<article><h1>Cranes</h1><p class='date'>24 October 2024</p>{MORE}</article>"
    ).metadata.date == dt.date(2024, 10, 24)
    updated = "<time class='updated' datetime='2024-11-02'>2 Nov</time><time datetime='2024-10-24'>24 Oct</time>"
    assert read(f"<article><h1>Cranes</h1>{updated}{MORE}</article>").metadata.date == dt.date(2024, 10, 24)


LD = '<script type="application/ld+json">{}</script>'


def test_what_a_page_says_to_programs_counts_most() -> None:
    head = LD.format(
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Two cranes for Ventspils",'
        '"datePublished": "2024-10-24T08:00", "author": [{"name": "Ann Lee"}, {"name": "Bo Ray"}], "publisher": {"name": "Wire"}}]}'
    )
    found = read(f"<article><h1>Cranes, two, for Ventspils</h1>{MORE}</article>", head).metadata
    assert (found.title, found.author, found.site) == ("Two cranes for Ventspils", "Ann Lee, Bo Ray", "Wire")
    assert found.date == dt.date(2024, 10, 24)


@pytest.mark.parametrize("broken", ["{", "[]", "null", '{"@graph": 7}', '{"@type": {"a": 1}}', "[" * 5000])
def test_broken_json_does_no_harm(broken: str) -> None:
    assert read(f"<article><h1>Cranes</h1>{MORE}</article>", LD.format(broken)).metadata.title == "Cranes"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<article><h1>Cranes</h1>{MORE}<div class='paywall'>Subscribe</div></article>", ""),
        (f"<article><h1>Cranes</h1>{MORE}<p>Already a subscriber? Log in to continue reading.</p></article>", ""),
        (f"<article><h1>Краны</h1>{MORE}<p>Чтобы читать дальше, оформите подписку.</p></article>", ""),
        (
            f"<article><h1>Cranes</h1>{MORE}</article>",
            LD.format('{"@type": "NewsArticle", "isAccessibleForFree": false}'),
        ),
        (
            f"<article><h1>Cranes</h1>{MORE * 9}</article>",
            LD.format('{"@type": "NewsArticle", "isAccessibleForFree": "False", "wordCount": 1800}'),
        ),
        (f"<article><h1>Cranes</h1>{MORE}</article>", '<meta property="article:content_tier" content="locked">'),
    ],
)
def test_a_page_behind_a_paywall_is_named(body: str, head: str) -> None:
    with pytest.raises(FormatError, match="for subscribers"):
        read(body, head)


def test_what_a_subscriber_saved_is_read() -> None:
    free = LD.format('{"@type": "NewsArticle", "isAccessibleForFree": false, "wordCount": 210}')
    long = "".join(
        f"<p>Part {number} of the long story about the cranes, which nobody else tells.</p>" for number in range(9)
    )
    assert len(read(f"<article><h1>Cranes</h1>{long}</article>", free).blocks) == 9


def test_an_author_is_a_name_and_no_office() -> None:
    box = "<div class='author'><span class='author__name'>Ann Lee</span><span class='author__role'>editor</span></div>"
    assert read(f"<article><h1>Cranes</h1>{box}{MORE}</article>").metadata.author == "Ann Lee"
