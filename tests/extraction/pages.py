"""Pages as sites make them, with the truth beside them: ten kinds of site, three of each, from `stories.toml`.

``python tests/extraction/pages.py FOLDER`` writes every page as ``NAME.html`` with its article as ``NAME.md`` and its
metadata as ``NAME.toml``, for looking at. The same seed makes the same pages.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_WORDS = {
    "en": ("Read also", "Related stories", "Share", "Comments", "Subscribe to our newsletter", "We use cookies to make this site better.", "All rights reserved."),
    "ru": ("Читайте также", "По теме", "Поделиться", "Комментарии", "Подпишитесь на нашу рассылку", "Мы используем файлы cookie.", "Все права защищены."),
    "lt": ("Skaitykite taip pat", "Susiję straipsniai", "Dalintis", "Komentarai", "Prenumeruokite naujienlaiškį", "Svetainė naudoja slapukus.", "Visos teisės saugomos."),
    "lv": ("Lasi arī", "Saistītie raksti", "Dalīties", "Komentāri", "Piesakies jaunumiem", "Vietne izmanto sīkdatnes.", "Visas tiesības aizsargātas."),
    "et": ("Loe ka", "Seotud lood", "Jaga", "Kommentaarid", "Telli uudiskiri", "Leht kasutab küpsiseid.", "Kõik õigused kaitstud."),
    "ro": ("Citește și", "Articole similare", "Distribuie", "Comentarii", "Abonează-te la newsletter", "Acest site folosește cookie-uri.", "Toate drepturile rezervate."),
    "uk": ("Читайте також", "За темою", "Поширити", "Коментарі", "Підпишіться на розсилку", "Ми використовуємо файли cookie.", "Усі права захищено."),
    "ko": ("관련 기사", "많이 본 뉴스", "공유하기", "댓글", "뉴스레터 구독", "이 사이트는 쿠키를 사용합니다.", "무단 전재 및 재배포 금지"),
    "az": ("Həmçinin oxuyun", "Oxşar xəbərlər", "Paylaş", "Şərhlər", "Xəbər bülleteninə abunə olun", "Sayt kukilərdən istifadə edir.", "Bütün hüquqlar qorunur."),
    "pl": ("Czytaj także", "Podobne artykuły", "Udostępnij", "Komentarze", "Zapisz się na newsletter", "Strona używa plików cookie.", "Wszelkie prawa zastrzeżone."),
}  # fmt: skip
_MONTHS = {
    "en": ("%d October %d", "October %d, %d"),
    "ru": ("%d октября %d", "%d октября %d года"),
    "lt": ("%2$d m. spalio %1$d d.",),
    "lv": ("%2$d. gada %1$d. oktobris",),
    "et": ("%d. oktoober %d",),
    "ro": ("%d octombrie %d",),
    "uk": ("%d жовтня %d",),
    "ko": ("%2$d년 10월 %1$d일",),
    "az": ("%d oktyabr %d",),
    "pl": ("%d października %d",),
}


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells. ``paragraphs`` are lines of Markdown, one a block."""

    name: str
    language: str
    title: str
    author: str
    site: str
    date: dt.date
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what should be found on it; metadata that the page does not show are not in ``metadata``."""

    name: str
    html: str
    story: Story
    metadata: dict[str, object]

    @property
    def text(self) -> str:
        """The article's words, without marks of Markdown."""
        return "\n".join(re.sub(r"^(?:#+|-|1\.|>) |\*\*", "", line) for line in self.story.paragraphs)


class Noise:
    """Everything round an article, in the story's language; the seed decides how much."""

    def __init__(self, story: Story, seed: int, others: list[Story]) -> None:
        self._random = random.Random(f"{story.name}-{seed}")  # noqa: S311 (pages, not secrets)
        self._story = story
        self._others = [other for other in others if other.name != story.name]
        (self.also, self.related, self.share, self.comments, self.subscribe, self.cookies, self.rights) = _WORDS[
            story.language
        ]

    def chance(self, share: float) -> bool:
        """Whether something is on this page."""
        return self._random.random() < share

    def pick(self, count: int) -> list[Story]:
        """Some other stories."""
        return self._random.sample(self._others, count)

    def links(self, count: int, tag: str = "li") -> str:
        """Headlines of other stories, linked."""
        return "".join(
            f'<{tag}><a href="/news/{other.name}">{_text(other.title)}</a></{tag}>' for other in self.pick(count)
        )

    def menu(self) -> str:
        """The sections of a site."""
        names = ["Home", "World", "Economy", "Sport", "Culture", "Opinion", "Weather"][: self._random.randint(4, 7)]
        return "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in names)

    def teaser(self) -> str:
        """Another story's headline and first sentences."""
        (other,) = self.pick(1)
        return f'<h3><a href="/news/{other.name}">{_text(other.title)}</a></h3><p>{_line(other.paragraphs[0])}</p>'

    def comment(self) -> str:
        """What a reader has to say."""
        (other,) = self.pick(1)
        return f"<p>{_line(other.paragraphs[-1])}</p>"


def stories() -> list[Story]:
    """All stories, by name."""
    table = tomllib.loads((HERE / "stories.toml").read_text(encoding="utf-8"))
    return [Story(name=name, **{**each, "paragraphs": tuple(each["paragraphs"])}) for name, each in table.items()]


def _text(text: str) -> str:
    return html.escape(text, quote=False)


def _line(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", _text(text))


def _body(
    story: Story, between: Callable[[int], str] = lambda _index: "", *, heading: str = "h2", bold: str = "strong"
) -> str:
    """The article as HTML; ``between`` gives what is put in after a block."""
    out: list[str] = []
    open_list = ""
    for index, line in enumerate(story.paragraphs):
        mark, _space, rest = line.partition(" ")
        wanted = {"-": "ul", "1.": "ol"}.get(mark, "")
        if open_list != wanted:
            out.append(f"</{open_list}>" * bool(open_list) + f"<{wanted}>" * bool(wanted))
            open_list = wanted
        if wanted:
            out.append(f"<li>{_line(rest)}</li>")
        elif mark == "##":
            out.append(f"<{heading}>{_line(rest)}</{heading}>")
        elif mark == ">":
            out.append(f"<blockquote><p>{_line(rest)}</p></blockquote>")
        else:
            out.append(f"<p>{_line(line)}</p>".replace("strong>", f"{bold}>"))
        if not open_list:
            out.append(between(index))
    out.append(f"</{open_list}>" * bool(open_list))
    return "\n".join(out)


def written_date(story: Story, which: int = 0) -> str:
    """The story's date as its language writes it."""
    forms = _MONTHS[story.language]
    form = forms[which % len(forms)]
    day, year = story.date.day, story.date.year
    if "$" in form:
        return form.replace("%1$d", str(day)).replace("%2$d", str(year))
    return form % (day, year)


def _address(story: Story) -> str:
    return f"https://{story.name}.example/{story.date:%Y/%m/%d}/{story.name}"


def _known(story: Story, *without: str) -> dict[str, object]:
    known: dict[str, object] = {
        "title": story.title,
        "author": story.author,
        "site": story.site,
        "date": story.date,
        "language": story.language,
        "url": _address(story),
    }
    return {key: value for key, value in known.items() if key not in without}


def portal(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A large portal: everything marked up, and everything in the way."""
    also = f'<div class="article-inline-related"><span>{noise.also}:</span> <a href="/x">{_text(noise.pick(1)[0].title)}</a></div>'
    banner = '<div class="ad-slot" id="ad-2"><script>ads.push(2)</script><p>Advertisement</p></div>'
    body = _body(story, lambda at: (also if at == 1 else "") + (banner if at == 3 else ""))
    comments = f'<section id="comments" class="comments"><h3>{noise.comments} (2)</h3>{noise.comment()}{noise.comment()}</section>'
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)} | {story.site}</title>
<meta property="og:title" content="{html.escape(story.title)}"><meta property="og:site_name" content="{story.site}">
<meta property="og:url" content="{_address(story)}"><link rel="canonical" href="{_address(story)}"><meta name="author" content="{story.author}">
<meta property="article:published_time" content="{story.date}T08:15:00+02:00"><style>p{{margin:0}}</style></head><body>
<div id="cookie-banner" class="cookie-consent"><p>{noise.cookies}</p><button>OK</button></div>
<header><nav class="main-nav"><ul>{noise.menu()}</ul></nav></header><main><article class="article"><h1>{_text(story.title)}</h1>
<div class="meta"><span class="author">{story.author}</span> <time datetime="{story.date}">{written_date(story)}</time></div>
<div class="share-buttons"><span>{noise.share}</span><a href="#">Facebook</a><a href="#">Telegram</a></div>
<figure><img src="a.jpg" alt=""><figcaption>Photo: archive of the paper</figcaption></figure>
<div class="article-body">{body}</div>
<div class="tags"><a href="/t/1">#tag</a> <a href="/t/2">#news</a></div></article>
<aside class="sidebar"><h2>{noise.related}</h2><ul>{noise.links(5)}</ul>{noise.teaser()}</aside>
{comments if noise.chance(0.7) else ""}</main><div class="newsletter"><h3>{noise.subscribe}</h3><form><input name="mail"></form></div>
<footer><p>© 2024 {story.site}. {noise.rights}</p><ul>{noise.menu()}</ul></footer></body></html>""",
        _known(story),
    )


def blog(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A weblog as WordPress sets it."""
    return (
        f"""<!doctype html><html lang="{story.language}-XX"><head><meta charset="UTF-8"><title>{_text(story.title)} – {story.site}</title>
<meta property="og:site_name" content="{story.site}"><link rel="canonical" href="{_address(story)}"><meta name="generator" content="WordPress 6.6">
</head><body class="post-template-default single single-post"><div id="page"><header id="masthead"><p class="site-title"><a href="/">{story.site}</a></p>
<ul id="primary-menu">{noise.menu()}</ul></header><div id="content"><main><article id="post-17" class="post-17 post type-post">
<header class="entry-header"><h1 class="entry-title">{_text(story.title)}</h1><div class="entry-meta">
<span class="posted-on"><time class="entry-date published" datetime="{story.date}T09:00:00+00:00">{written_date(story)}</time><time class="updated" datetime="2024-11-02T09:00:00+00:00">2 Nov</time></span>
<span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/1" rel="author">{story.author}</a></span></span></div></header>
<div class="entry-content">{_body(story)}<div class="sharedaddy sd-sharing-enabled"><h3>{noise.share}:</h3><ul><li><a href="?share=x">X</a></li><li><a href="?share=f">Facebook</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>{noise.related}</h3>{noise.links(3, "p")}</div></div>
<footer class="entry-footer"><span class="cat-links"><a href="/c/1">News</a></span></footer></article>
<nav class="navigation post-navigation"><a href="/p">← {_text(noise.pick(1)[0].title)}</a></nav>
<div id="comments" class="comments-area"><h2>{noise.comments}</h2><ol class="comment-list"><li class="comment">{noise.comment()}</li></ol><div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published.</p></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>{noise.related}</h2><ul>{noise.links(4)}</ul></section></aside></div></div></body></html>""",
        _known(story) | {"language": f"{story.language}-XX"},
    )


def bare(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A small site that says nothing to programs: no meta element, no language."""
    return (
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{story.site}: {_text(story.title)}</title></head><body>
<div class="top"><div class="logo">{story.site}</div><div class="menu"><a href="/1">Home</a> <a href="/2">News</a> <a href="/3">Contacts</a></div></div>
<div class="wrap"><div class="left"><h1>{_text(story.title)}</h1><div class="news-date">{written_date(story, 1)}</div>
<div class="news-text">{_body(story, bold="b")}</div><div class="author">{story.author}</div><div class="print"><a href="?print=1">Print</a></div></div>
<div class="right"><div class="block-title">{noise.related}</div>{noise.links(6, "div")}</div></div>
<div class="bottom">© {story.site}, 2024. {noise.rights}</div></body></html>""",
        _known(story, "url", "site"),
    )


def amp(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A page for phones, its metadata in JSON-LD."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.date}T06:00:00Z",
        "dateModified": "2024-11-05T06:00:00Z",
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": story.site},
    }
    return (
        f"""<!doctype html><html ⚡ lang="{story.language}"><head><meta charset="utf-8"><link rel="canonical" href="{_address(story)}"><title>{_text(story.title)}</title>
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script><script async src="https://cdn.example/v0.js"></script></head><body>
<amp-sidebar id="sidebar"><ul>{noise.menu()}</ul></amp-sidebar><header class="bar"><a href="/">{story.site}</a></header>
<main><h1>{_text(story.title)}</h1><p class="byline">{story.author}</p><amp-img src="a.jpg" width="4" height="3"></amp-img>
{_body(story, lambda at: '<amp-ad type="x" width="300" height="250"></amp-ad>' if at in (1, 4) else "")}
<amp-social-share type="telegram"></amp-social-share><section class="related"><h2>{noise.related}</h2>{noise.links(3, "p")}</section></main>
<amp-user-notification id="consent"><p>{noise.cookies}</p><button>OK</button></amp-user-notification><footer>{noise.rights}</footer></body></html>""",
        _known(story),
    )


def tables(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A site of the nineties: laid out in tables, lines broken by hand."""
    paragraphs = _body(story, heading="b", bold="b")
    paragraphs = re.sub(r"<p>(.*?)</p>", r"\1<br><br>", paragraphs, flags=re.DOTALL).replace("</b>\n", "</b><br><br>\n")
    return (
        f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8"><TITLE>{_text(story.title)} - {story.site}</TITLE></HEAD><BODY BGCOLOR="#ffffff">
<TABLE WIDTH="100%" BORDER="0"><TR><TD COLSPAN="3"><FONT SIZE="5">{story.site}</FONT></TD></TR><TR><TD WIDTH="150" VALIGN="top">
<A HREF="/a">News</A><BR><A HREF="/b">Archive</A><BR><A HREF="/c">Contacts</A><BR></TD><TD VALIGN="top"><H1>{_text(story.title)}</H1>
<FONT SIZE="2" CLASS="date">{written_date(story)}</FONT><BR><BR>{paragraphs}<I CLASS="author">{story.author}</I></TD>
<TD WIDTH="180" VALIGN="top"><B>{noise.related}</B><BR>{noise.links(4, "div")}</TD></TR><TR><TD COLSPAN="3" ALIGN="center"><FONT SIZE="1">{noise.rights}</FONT></TD></TR></TABLE></BODY></HTML>""",
        _known(story, "url", "site"),
    )


def live(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A story told in entries of a live page, one under the other."""
    blocks = re.split(r"\n(?=<h2>|<p>)", _body(story))
    entries = "".join(
        f'<div class="live-entry" id="e{at}"><time datetime="{story.date}T1{at % 10}:00">1{at % 10}:00</time><div class="entry-body">{block}</div></div>'
        for at, block in enumerate(blocks)
    )
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)} · {story.site}</title>
<meta property="og:site_name" content="{story.site}"><meta property="og:url" content="{_address(story)}"><meta name="author" content="{story.author}"><meta name="date" content="{story.date}"></head><body>
<nav><ul>{noise.menu()}</ul></nav><main><article><header><h1>{_text(story.title)}</h1><p class="live-badge">LIVE</p></header><div class="live-blog">{entries}</div></article>
<aside><h2>{noise.related}</h2><ul>{noise.links(4)}</ul></aside></main><footer>{noise.rights}</footer></body></html>""",
        _known(story),
    )


def magazine(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A magazine: JSON-LD in a graph, pull quotes, notes with marks, a box about the author."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": story.site, "url": "https://x.example"},
            {"@type": ["Article"], "headline": story.title, "datePublished": str(story.date), "author": {"name": story.author}, "publisher": {"name": story.site}},
            {"@type": "BreadcrumbList", "itemListElement": []},
        ],
    }  # fmt: skip
    body = _body(story).replace("</p>", '<sup><a href="#fn1" id="r1">[1]</a></sup></p>', 1)
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)} — {story.site}</title><link rel="canonical" href="{_address(story)}">
<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script></head><body><header><ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/longreads">Long reads</a></li></ol></header>
<article><h1>{_text(story.title)}</h1><div class="reading-time">4 min read</div><div class="content">{body}</div>
<div class="author-bio"><h4>{story.author}</h4><p>Writes about towns and the people in them.</p></div>
<div class="promo-box"><p>{noise.subscribe}</p></div></article><section class="recommended"><h2>{noise.related}</h2>{noise.teaser()}{noise.teaser()}</section><footer>{noise.rights}</footer></body></html>""",
        _known(story),
    )


def ministry(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A ministry's page as Drupal sets it, with attachments and no author."""
    return (
        f"""<!DOCTYPE html><html lang="{story.language}" dir="ltr"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 10"><title>{_text(story.title)} | {story.site}</title>
<meta property="og:site_name" content="{story.site}"><link rel="canonical" href="{_address(story)}"></head><body class="path-node page-node-type-news"><a href="#main-content" class="visually-hidden focusable">Skip to main content</a>
<div class="region region-header"><ul class="menu">{noise.menu()}</ul></div><div class="region region-breadcrumb"><nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li>News</li></ol></nav></div>
<main id="main-content"><div class="region region-content"><div class="block block-core block-page-title-block"><h1>{_text(story.title)}</h1></div>
<div class="node node--type-news"><div class="field field--name-created"><span class="date-display-single">{story.date:%d.%m.%Y}</span></div>
<div class="field field--name-body">{_body(story)}</div><div class="field field--name-field-files"><div class="field__label">Attachments</div><div><span class="file"><a href="/f/report.pdf">report.pdf</a> <span>(214.5 KB)</span></span></div></div></div></div></main>
<aside class="region region-sidebar"><h2>{noise.related}</h2><ul>{noise.links(3)}</ul></aside><footer class="site-footer">{noise.rights}</footer></body></html>""",
        _known(story, "author"),
    )


def korean(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A portal of the kind common in Korea: lines broken in one element, a reporter's line at the end."""
    text = re.sub(r"</?(?:p|blockquote)>", "", _body(story)).replace("\n", "<br><br>\n")
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)} : {story.site}</title><meta property="og:title" content="{html.escape(story.title)}">
<meta property="og:site_name" content="{story.site}"><meta property="og:url" content="{_address(story)}"></head><body><div id="header"><ul class="gnb">{noise.menu()}</ul></div>
<div id="container"><h2 class="headline">{_text(story.title)}</h2><div class="info_view"><span class="txt_info">{story.author} 기자</span> <span class="num_date">{story.date:%Y.%m.%d} 15:30</span></div>
<div class="util"><button>{noise.share}</button><button>A+</button></div><div id="articleBody" class="article_view" itemprop="articleBody">{text}</div>
<p class="copyright">ⓒ {story.site}, {noise.rights}</p><div class="aside_rank"><h3>{noise.related}</h3><ol>{noise.links(5)}</ol></div></div></body></html>""",
        _known(story, "author"),
    )


def archive(story: Story, noise: Noise) -> tuple[str, dict[str, object]]:
    """A newsletter in its archive on the web: tables in tables, a preheader that nobody sees, ways out at the end."""
    body = _body(story)
    return (
        f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{_text(story.title)}</title><meta property="og:site_name" content="{story.site}"></head><body>
<div style="display:none;font-size:1px">{_text(story.title)} ‌ ‌ ‌ ‌</div><table role="presentation" width="100%"><tr><td align="center"><table width="600"><tr><td><a href="https://x.example/view">View in browser</a></td></tr>
<tr><td><h1>{_text(story.title)}</h1></td></tr><tr><td class="date">{written_date(story)}</td></tr><tr><td>{body}</td></tr>
<tr><td><p>{noise.subscribe}</p></td></tr><tr><td><p style="font-size:11px">You get this letter because you asked for it. <a href="https://x.example/u">Unsubscribe</a> · <a href="https://x.example/p">Manage preferences</a></p><p>{noise.rights}</p></td></tr></table></td></tr></table></body></html>""",
        _known(story, "author", "url"),
    )


TEMPLATES: tuple[Callable[[Story, Noise], tuple[str, dict[str, object]]], ...] = (
    portal, blog, bare, amp, tables, live, magazine, ministry, korean, archive,
)  # fmt: skip


def pages() -> Iterator[Page]:
    """Thirty pages: every kind of site with three stories, every story three times."""
    told = stories()
    for at, template in enumerate(TEMPLATES):
        for seed in range(3):
            story = told[(at + seed * 3) % len(told)]
            text, metadata = template(story, Noise(story, seed, told))
            yield Page(f"{template.__name__}-{story.name}", text, story, metadata)


def main(folder: Path) -> None:
    """Write all pages with their truth into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages():
        folder.joinpath(f"{page.name}.html").write_text(page.html, encoding="utf-8")
        folder.joinpath(f"{page.name}.md").write_text("\n\n".join(page.story.paragraphs) + "\n", encoding="utf-8")
        lines = [f"{key} = {json.dumps(str(value), ensure_ascii=False)}" for key, value in page.metadata.items()]
        folder.joinpath(f"{page.name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
