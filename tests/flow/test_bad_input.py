"""What should never have been sent: each gets one clear line and exit code 2, and leaves nothing behind.

All of them together are added once more in a process whose memory the system bounds, so that a bomb that went off would
be seen.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from servers import PAGE

from compiler_flow import i18n
from compiler_flow.cli import invoke

_MEMORY = 900 * 2**20
_SECONDS = 300


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new workspace with one issue."""
    monkeypatch.chdir(tmp_path)
    assert invoke(["new", "2024-11-07"]) == 0
    capsys.readouterr()
    return tmp_path


def bomb(member: str, *others: str, kind: str = "") -> bytes:
    """A package whose member unpacks to 150 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for other in others:
            archive.writestr(other, kind)
        with archive.open(member, "w", force_zip64=True) as part:
            block = b" " * 2**20
            for _block in range(150):
                part.write(block)
    return stream.getvalue()


def lying_bomb() -> bytes:
    """A package that promises little and unpacks to much."""
    data = bytearray(bomb("word/document.xml"))
    where = data.rindex(b"PK\x01\x02")
    data[where + 24 : where + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def word(body: str, before: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", before + WORD % body)
    return stream.getvalue()


LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12)) + "]>"
NAVIGATION = (
    "<html><body><nav>" + "".join(f"<a href='/{n}'>Section {n}</a>" for n in range(200)) + "</nav></body></html>"
)

LARGE = b"<p>The harbour grew again.</p>"


def write(path: Path) -> None:
    """The bad file of this name; the page of more than 200 MB has a hole in it."""
    data = BAD[path.name][0]()
    path.write_bytes(data)
    if data is LARGE:
        os.truncate(path, 201 * 2**20)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: bomb("word/document.xml"), "unpack"),
    "lying.docx": (lying_bomb, "not a Word file"),
    "bomb.odt": (lambda: bomb("content.xml"), "unpack"),
    "bomb.epub": (lambda: bomb("x.xhtml", "META-INF/container.xml", kind="<a/>"), "unpack"),
    "bomb.xlsx": (lambda: bomb("xl/worksheets/sheet1.xml", "[Content_Types].xml"), "unpack"),
    "entities.docx": (lambda: word("<w:p><w:r><w:t>&a12;</w:t></w:r></w:p>", LAUGHS), "XML entities"),
    "outside.docx": (lambda: word("&x;", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "XML entities"),
    "deep.html": (lambda: b"<div>" * 100_000 + b"Text that nobody finds. " * 20, "deep.html"),
    "large.html": (lambda: LARGE, "larger than"),
    "many.html": (lambda: b"<p>The harbour grew again.</p>" * 900_000, "too large"),
    "menu.html": (lambda: NAVIGATION.encode(), "No article"),
    "paywall.html": (
        lambda: PAGE.replace("</article>", "<div class='paywall'>Subscribe</div></article>").encode(), "for subscribers",
    ),
    "laughs.html": (lambda: (LAUGHS + "<html><body>&a12;</body></html>").encode(), "laughs.html"),
    "laughs.xml": (lambda: (LAUGHS + "<rss><channel><item>&a12;</item></channel></rss>").encode(), "XML entities"),
    "notes.pdf": (lambda: b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] /Type /Pages /Count 9999999 >> endobj\n" * 50, "PDF"),
    "zeros.txt": (lambda: bytes(10**6), "binary"),
    "picture.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 99, "cannot be read"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0" + bytes(500), "save it as .docx"),
    "empty.eml": (lambda: b"From: a@example.org\nSubject: x\n\n", "no text in this mail"),
    "parts.eml": (
        lambda: b"From: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 9000, "parts.eml",
    ),
}  # fmt: skip


def run(desk: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and standard error of a command that may not use more memory than a small machine has."""
    code = "import sys; from compiler_flow.cli import run; run(sys.argv[1:])"
    if sys.platform == "linux":
        code = f"import resource; resource.setrlimit(resource.RLIMIT_DATA, ({_MEMORY}, {_MEMORY}))\n" + code
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=desk,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        env={**os.environ, i18n.OVERRIDE: "en"},
    )
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize("name", BAD)
def test_each_gets_one_line_and_leaves_nothing(desk: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(desk / name)
    before = sorted(desk.rglob("*"))
    assert invoke(["add", name, "--lang", "en", "--title", "T"]) == 2
    error = capsys.readouterr().err.strip()
    assert BAD[name][1] in error
    assert name in error
    assert "\n" not in error
    assert sorted(desk.rglob("*")) == before


def test_one_of_each_in_a_folder_does_not_stop_a_good_one_and_fits_into_memory(desk: Path) -> None:
    (desk / "in").mkdir()
    for name in BAD:
        write(desk / "in" / name)
    (desk / "in" / "zz-good.html").write_text(PAGE, encoding="utf-8")
    code, error = run(desk, "add", "in", "--lang", "en")
    assert code == 2
    assert len(error.splitlines()) == len(BAD)
    assert [path.name for path in (desk / "projects" / "2024-11-07").iterdir() if path.is_dir()] == ["zz-good"]


def test_pictures_on_other_machines_are_never_fetched(desk: Path) -> None:
    """A Word file, an OpenDocument text, a mail and a page that name pictures, scripts and templates on a server."""
    from servers import Site

    with Site() as site:
        link = f"{site.url}/tracker.png"
        stream = io.BytesIO()
        rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(
                "word/document.xml",
                WORD % (
                    "<w:p><w:r><w:t>The harbour grew again this year.</w:t></w:r><w:r>"
                    '<w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
                    f'xmlns:r="{rels}"><a:blip r:link="rId1"/></w:drawing></w:r></w:p>'
                ),
            )  # fmt: skip
            archive.writestr(
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{rels}/image" Target="{link}" TargetMode="External"/>'
                f'<Relationship Id="rId2" Type="{rels}/attachedTemplate" Target="{link}" TargetMode="External"/></Relationships>',
            )
            archive.writestr("word/vbaProject.bin", b"macro")
        (desk / "word.docm").write_bytes(stream.getvalue())
        html = PAGE.replace(
            "<p>See", f'<img src="{link}"><link rel="stylesheet" href="{link}"><script src="{link}"></script><p>See'
        )
        (desk / "page.html").write_text(html, encoding="utf-8")
        (desk / "mail.eml").write_text(
            "From: a@example.org\nSubject: Owls\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
            f'<p>Forty volunteers counted owls last week.</p><img src="{link}">',
            encoding="utf-8",
        )
        assert (
            invoke(["add", "word.docm", "page.html", "mail.eml", "--lang", "en", "--title", "T", "--allow-local"]) == 0
        )
        assert site.asked == []
