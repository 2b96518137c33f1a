"""A bulletin → bytes. A renderer is one file here and one line in ``RENDERERS``; appearance is data in ``themes/``.

Renderers are pure but for reading their theme: the same bulletin and theme give the same bytes on every machine.
"""

from __future__ import annotations

from compiler_flow.model import Bulletin
from compiler_flow.render.base import Renderer
from compiler_flow.tables import Table

__all__ = ["RENDERERS", "Renderer", "render"]

RENDERERS: Table[Renderer] = Table(
    "renderer",
    {
        "markdown": "compiler_flow.render.markdown:MARKDOWN",
        "html": "compiler_flow.render.html:HTML",
        "wechat": "compiler_flow.render.wechat:WECHAT",
        "docx": "compiler_flow.render.docx:DOCX",
        "pdf": "compiler_flow.render.pdf:PDF",
        "epub": "compiler_flow.render.epub:EPUB",
        "bilingual": "compiler_flow.render.bilingual:BILINGUAL",
        "bilingual-docx": "compiler_flow.render.bilingual_docx:BILINGUAL_DOCX",
        "json": "compiler_flow.render.json:JSON",
    },
    group="compiler_flow.renderers",
)


def render(bulletin: Bulletin, renderer: str, *, theme: str = "") -> bytes:
    """The finished file that the renderer of that name makes of ``bulletin``.

    ``theme`` is the name of a theme or the path of one, empty for the default. Raises ``UsageError`` for a name that
    does not exist and ``FileError`` for a theme that cannot be read.
    """
    return RENDERERS[renderer].render(bulletin, theme)
