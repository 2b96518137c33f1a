"""Pages that nothing was tuned on: other kinds of site than those of `pages.py`, with other words round the article.

They say how the readers do on what they have not seen. Whoever mends something because of a page here should make a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pages import Noise, Page, Story, _address, _body, _known, _text, stories, written_date


def hashed(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """An application in the browser: class names that say nothing."""
    body = _body(
        story,
        lambda at: (
            f'<div class="css-k9z1"><a href="/n/1" class="css-9a">{_text(noise.pick(1)[0].title)}</a></div>'
            if at == 2
            else ""
        ),
    )
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)} | {story.site}</title><meta name="twitter:title" content="{_text(story.title)}">
<meta property="og:site_name" content="{story.site}"><link rel="canonical" href="{_address(story)}"></head><body><div id="__next"><div class="css-1x"><a href="/">{story.site}</a>{noise.links(4, "span")}</div>
<div class="css-7b"><div class="css-8c"><h1 class="css-2d">{_text(story.title)}</h1><div class="css-3e"><a href="/people/9" rel="author">{story.author}</a><time datetime="{story.date}T07:00:00.000Z">{written_date(story)}</time></div>
<div class="css-4f">{body}</div></div><div class="css-5g"><div class="css-6h">Top picks for you</div>{noise.links(5, "div")}</div></div>
<div class="css-11">Get the morning briefing in your inbox <a href="/join">Join 40,000 readers</a></div></div></body></html>""",
        _known(story),
    )


def agency(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A news agency: a code before the text, the time in words, everything in nested divisions."""
    return (
        f"""<!DOCTYPE html><html xml:lang="{story.language}"><head><meta charset="utf-8"><title>{story.site} » {_text(story.title)}</title><meta name="DC.date.issued" content="{story.date}"></head>
<body><div id="wrapper"><div id="hd"><div id="logo"><img src="l.png" alt="{story.site}"></div><div id="lang"><a href="/en">EN</a> <a href="/ru">RU</a></div></div><div id="bd"><div id="main">
<div class="story"><h1 class="story__title">{_text(story.title)}</h1><div class="story__info">{written_date(story)} 14:05</div><div class="story__text">{_body(story, bold="b")}</div>
<div class="story__foot"><p>{story.site} / {story.author}</p><p><a href="/rss">RSS</a> <a href="/mob">Mobile version</a></p></div></div></div><div id="side"><div class="box"><b>Latest news</b>{noise.links(6, "p")}</div></div></div>
<div id="ft"><p>Registration certificate No. 12-34, issued in 2003. Reprints only with a link.</p></div></div></body></html>""",
        _known(story, "url", "site", "author"),
    )


def town(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A town's page made with an editor for everybody: spans with styles, empty paragraphs, no-break spaces."""
    body = (
        _body(story, bold="strong")
        .replace("<p>", '<p class="MsoNormal" style="text-align:justify"><span style="font-size:14px">')
        .replace("</p>", "</span></p><p>&nbsp;</p>")
    )
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)}</title><meta property="article:published_time" content="{story.date:%Y-%m-%d} 10:00"></head><body>
<div class="accessibility"><a href="#">A</a><a href="#">AA</a></div><div class="topbar"><ul>{noise.menu()}</ul></div><div class="container"><div class="row"><div class="col-9"><h2 class="title">{_text(story.title)}</h2>{body}
<p><a href="/gallery"><img src="1.jpg"></a></p></div><div class="col-3"><div class="card"><div class="card-header">Events</div><ul>{noise.links(4)}</ul></div></div></div></div><div class="contacts"><p>1 Castle Square, phone 555-0100</p></div></body></html>""",
        _known(story, "author", "site", "url"),
    )


def reader(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A literary weekly: definition lists for the imprint, drop capitals, footnotes at the end."""
    body = _body(story)
    body = re.sub(r"<p>(\w)", r'<p><span class="dropcap">\1</span>', body, count=1)
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)} · {story.site}</title><meta name="author" content="{story.author}"><meta name="citation_publication_date" content="{story.date:%Y/%m/%d}">
<meta property="og:site_name" content="{story.site}"></head><body><header><h2><a href="/">{story.site}</a></h2></header><section class="text"><header><h1>{_text(story.title)}</h1><p class="lede-by">{story.author}</p></header>{body}</section>
<section class="further"><h3>From the shelves</h3>{noise.teaser()}</section><footer><dl><dt>Printed in</dt><dd>Town</dd></dl></footer></body></html>""",
        _known(story, "url"),
    )


TEMPLATES = (hashed, agency, town, reader)


def pages() -> Iterator[Page]:
    """Twelve pages, three of each kind."""
    told = stories()
    for at, template in enumerate(TEMPLATES):
        for seed in range(3):
            story = told[(2 * at + seed * 3 + 1) % len(told)]
            text, metadata = template(story, Noise(story, 100 + seed, told))
            yield Page(f"{template.__name__}-{story.name}", text, story, metadata)
