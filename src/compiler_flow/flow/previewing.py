"""The number in one of its forms, to look at: nothing is written, and a final build in ``out/`` stays what it is."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from compiler_flow import project, typography
from compiler_flow.errors import UsageError, WorkspaceError
from compiler_flow.flow import building, parts, style
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Finding
from compiler_flow.project import Workspace

_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".md": "text/plain; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
}


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A rendered number: the name it would be saved under, its media type (RFC 9110, section 8.3) and its bytes."""

    name: str
    media_type: str
    data: bytes


def forms() -> tuple[str, ...]:
    """The names of the forms that a number can be looked at in."""
    from compiler_flow import render

    return tuple(render.RENDERERS)


def render_number(workspace: Workspace, issue: Path, form: str, findings: tuple[Finding, ...] = ()) -> File:
    """The number as it stands in ``form``, as a draft build. ``findings`` are shown where the form shows any.

    Raises ``UsageError`` for an unknown form, ``WorkspaceError`` for an issue without articles, and what reading the
    articles raises.
    """
    from compiler_flow import render

    renderer = render.RENDERERS[form]
    loaded = tuple(item.part for item in parts.load_issue(workspace, issue))
    if not loaded:
        raise WorkspaceError(_("The issue has no articles."), path=issue)
    described = project.read_issue(issue)
    house = style.load(workspace, issue)
    bulletin = building.bulletin_of(workspace, described, loaded, house, final=False)
    bulletin = dataclasses.replace(typography.typeset(bulletin, house.spaces), findings=findings)
    suffix = renderer.suffix
    kind = _TYPES.get(suffix[suffix.rindex(".") :], "application/octet-stream")
    return File(f"{described.name}{suffix}", kind, renderer.render(bulletin, house.theme(form, "")))


def as_page(file: File) -> File:
    """``file`` as a browser can show it: Word and EPUB as HTML, data as text; the others as they are.

    Raises ``UsageError`` for a form that cannot be shown.
    """
    if file.media_type.startswith(("text/", "application/pdf")):
        return file
    if file.media_type.startswith("application/json"):
        text = json.dumps(json.loads(file.data), ensure_ascii=False, indent=2)
        return dataclasses.replace(file, media_type="text/plain; charset=utf-8", data=text.encode())
    if file.media_type == _TYPES[".docx"]:
        import mammoth

        body = mammoth.convert_to_html(io.BytesIO(file.data)).value
        return dataclasses.replace(file, media_type="text/html; charset=utf-8", data=_framed(body).encode())
    if file.media_type == _TYPES[".epub"]:
        return dataclasses.replace(file, media_type="text/html; charset=utf-8", data=_chapters(file.data))
    raise UsageError(_("{name} can be saved but not shown here.").format(name=file.name))


def _framed(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>预览</title>'
        "<style>body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.7;font-family:serif}"
        "td{vertical-align:top;padding:.3em .6em;border:1px solid #ccc}</style>"
        f"<body>{body}</body></html>"
    )


def _chapters(data: bytes) -> bytes:
    """The text of an EPUB that we made, its documents one after the other."""
    from lxml import etree

    bodies: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.endswith(".xhtml"):
                tree = etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
                body = tree.find("{*}body")
                if body is not None:
                    bodies += [str(etree.tostring(child, encoding="unicode", with_tail=False)) for child in body]
    return _framed("\n".join(bodies)).encode()
