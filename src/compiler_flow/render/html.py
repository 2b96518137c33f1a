"""Bulletin → one HTML file that needs nothing else: no request, no script, its theme inside.

Everything goes through ``markup.element``, which escapes what is not yet markup, so text from articles stays text.
"""

from __future__ import annotations

from compiler_flow.markup import Markup, element, void
from compiler_flow.model import Bulletin, BulletinRole
from compiler_flow.render import themes
from compiler_flow.render.base import Renderer, language_tag
from compiler_flow.render.web import ANCHOR, Web

# Even a theme or a later edit cannot make the page ask the network for anything.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


def _render(bulletin: Bulletin, theme: str) -> bytes:
    web = Web()
    title = bulletin.issue.title or bulletin.issue.name
    mastheads = [block for block in bulletin.blocks if block.role == BulletinRole.MASTHEAD]
    rest = [block for block in bulletin.blocks if block.role != BulletinRole.MASTHEAD]
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=POLICY),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("meta", name="format-detection", content="telephone=no"),
        element("title", f"{title}（草稿）" if bulletin.draft else title),
        # A theme cannot end its element: ``</`` is ``<\\/`` to CSS too.
        element("style", Markup("\n" + themes.css(theme).replace("</", "<\\/"))),
        lines=True,
    )
    body = element(
        "body",
        *web.notice(bulletin),
        *web.blocks(mastheads, ""),
        *web.contents(rest),
        element("main", *web.blocks(rest, ANCHOR), lines=True),
        lines=True,
        class_="draft" if bulletin.draft else "final",
    )
    page = element("html", head, body, lines=True, lang=language_tag(bulletin.issue.language, "zh-CN"))
    return f"<!DOCTYPE html>\n{page}\n".encode()


HTML = Renderer("html", ".html", "one self-contained web page, for reading, printing and sending", _render)
