"""Bulletin → a page whose article an editor pastes into the editor of a 微信公众号.

That editor keeps inline styles and drops everything else: style sheets, scripts, classes, anchors and links to other
sites. So the article carries its theme in ``style`` attributes, and addresses stand in numbered notes at its end. The
page around it has one button that puts the article on the clipboard as rich text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from compiler_flow.i18n import gettext as _
from compiler_flow.markup import Markup, element, void
from compiler_flow.model import Bulletin
from compiler_flow.render import themes
from compiler_flow.render.base import Renderer, all_spans, is_web_address, language_tag
from compiler_flow.render.web import ANCHOR, Web
from compiler_flow.text import lazy_pattern

NOTES_TITLE = "文中链接"
BEHIND = "文末链接"

_PICTURE = lazy_pattern(r"!\[[^\]]*\]\(<?([^)>\s]+)")
_TAGS = frozenset(
    "section p h1 h2 h3 h4 h5 h6 ul ol li blockquote strong em code span sup mark".split()  # noqa: SIM905 (a word list)
)
_PAGE_STYLE = """
body { margin: 0; background: #ededed; color: #222; font: 16px/1.6 sans-serif; }
header { position: sticky; top: 0; padding: .75rem 1rem; background: #fff; border-bottom: 1px solid #ccc; }
header { text-align: center; }
button { padding: .5rem 1.25rem; border: 0; border-radius: .3rem; background: #06703f; color: #fff; font: inherit; }
button:focus-visible { outline: 3px solid #111; outline-offset: 2px; }
main { box-sizing: border-box; max-width: 677px; margin: 1rem auto; padding: 1.25rem 1rem; background: #fff; }
"""
# The copy is made from the article's own nodes, so nothing that stands in it is ever read as code.
_SCRIPT = """
const button = document.querySelector("button"), article = document.querySelector("main > section");
button.addEventListener("click", async () => {
  let copied = false;
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/html": new Blob([article.outerHTML], {type: "text/html"}),
      "text/plain": new Blob([article.innerText], {type: "text/plain"}),
    })]);
    copied = true;
  } catch {
    getSelection().selectAllChildren(article);
    copied = document.execCommand("copy");
    getSelection().removeAllRanges();
  }
  button.textContent = copied ? "已复制，请到公众号编辑器粘贴" : "复制失败，请手动全选复制";
});
"""


class _Notes:
    """Addresses in the order of their first mention, each once."""

    def __init__(self) -> None:
        self.addresses: dict[str, int] = {}

    def refer(self, address: str, content: Iterable[str]) -> Markup:
        """The text with the number of its note instead of a link."""
        if not is_web_address(address):
            return element("span", *content)
        pieces = tuple(content)
        number = self.addresses.setdefault(address, len(self.addresses) + 1)
        # An address in the text says nothing to a reader on a phone who cannot tap it.
        shown = (BEHIND,) if pieces == (address,) else pieces
        return element("span", *shown, element("sup", f"[{number}]", class_="reference"))


def article(bulletin: Bulletin, theme: str = "") -> str:
    """The article alone, with inline styles: what goes on the clipboard."""
    import css_inline
    import nh3

    notes = _Notes()
    web = Web(link=notes.refer, plain_labels=True)
    body = [*web.notice(bulletin), *web.blocks(bulletin.blocks, ANCHOR)]
    if notes.addresses:
        # Numbers as text: an ordered list's own would be lost with some themes of the editor.
        listed = (
            element("p", element("span", f"[{number}] ", class_="number"), address, class_="address")
            for address, number in notes.addresses.items()
        )
        body.append(element("section", element("h2", NOTES_TITLE), *listed, lines=True, class_="notes"))
    # Nothing here can lie behind the text as a watermark does, so a draft says it at both ends.
    body += web.notice(bulletin)
    fragment = element("section", *body, lines=True, class_="draft" if bulletin.draft else "final")
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    styled = inliner.inline_fragment(_known_elements(fragment), themes.css(theme, "wechat"))
    # What the editor would drop goes here already, so that nobody sees another article than the one that arrives.
    return nh3.clean(
        styled,
        tags=set(_TAGS),
        attributes={"*": {"style", "lang", "dir"}, "ol": {"start"}},
        url_schemes=set(),
        link_rel=None,
    )


def _unfit(bulletin: Bulletin, _theme: str) -> tuple[str, ...]:
    """Pictures that somebody wrote into a text: no form carries any, and that editor wants them by hand."""
    return tuple(
        _("A text has a picture, which cannot be pasted along: {address}.").format(address=picture[1])
        for span in all_spans(bulletin.blocks)
        for picture in _PICTURE.finditer(span.text)
    )


def _known_elements(fragment: str) -> str:
    """The editor knows ``section`` of the elements that make sections."""
    for name in ("header", "article", "aside", "footer", "nav"):
        fragment = fragment.replace(f"<{name} ", "<section ").replace(f"<{name}>", "<section>")
        fragment = fragment.replace(f"</{name}>", "</section>")
    return fragment


def _render(bulletin: Bulletin, theme: str) -> bytes:
    title = bulletin.issue.title or bulletin.issue.name
    policy = "; ".join(
        (
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            f"script-src 'sha256-{base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title}（草稿）" if bulletin.draft else title),
        element("style", Markup(_PAGE_STYLE)),
        lines=True,
    )
    body = element(
        "body",
        element("header", element("button", "复制全文", type="button")),
        element("main", Markup(article(bulletin, theme))),
        element("script", Markup(_SCRIPT)),
        lines=True,
    )
    page = element("html", head, body, lines=True, lang=language_tag(bulletin.issue.language, "zh-CN"))
    return f"<!DOCTYPE html>\n{page}\n".encode()


WECHAT = Renderer("wechat", ".wechat.html", "a page to copy into the editor of a 微信公众号", _render, _unfit)
