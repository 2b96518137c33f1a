"""The release check: the sample number, as it is and finished, stands in every form, and other programs agree."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import html5lib
import pypdf
import pytest
from docx import Document
from markdown_it import MarkdownIt

from compiler_flow import bilingual, project
from compiler_flow.cli import invoke
from compiler_flow.model import State
from compiler_flow.project import Workspace

ISSUE = "2024-10-31"
PAGES = (".html", ".wechat.html", ".bilingual.html")
SUFFIXES = (".md", ".docx", ".pdf", ".epub", ".bilingual.docx", ".json", *PAGES)
# The last headline of the number, and a name with a letter that Chinese faces lack.
WORDS = ("草原与海编译周报", "罗马尼亚起草法律：非法进入领空的无人机可予击落", "Baiba Braže")


def finish(sample: Workspace) -> None:
    """Translate what the sample leaves open, as its translators would, and sign it."""
    table = (Path(__file__).parent / "finished.tsv").read_text(encoding="utf-8").splitlines()
    known = dict(line.split("\t") for line in table if not line.startswith("#"))
    for article in project.articles(sample.issues()[0]):
        file = project.catalog_path(article, "zh-CN")
        catalog = bilingual.load(file)
        if any(unit.state in (State.EMPTY, State.DRAFT) for unit in catalog.units):
            units = (
                unit if unit.is_done else replace(unit, target=known[unit.source], fuzzy=False)
                for unit in catalog.units
            )
            bilingual.save(replace(catalog, units=tuple(units)), file)
            assert invoke(["sign", article.name, "--by", "王五"]) == 0


@pytest.fixture(params=["draft", "final"])
def built(request: pytest.FixtureRequest, sample: Workspace) -> dict[str, bytes]:
    """Every file of the number by its suffix."""
    final = request.param == "final"
    if final:
        finish(sample)
    assert invoke(["assemble", ISSUE, "--format", "all", *(["--final"] if final else [])]) == 0
    files = {path.name.removeprefix(ISSUE): path.read_bytes() for path in (sample.issues()[0] / "out").iterdir()}
    assert sorted(files) == sorted((*SUFFIXES, *(["manifest.json"] if final else [])))
    return files


def test_every_form_stands_and_is_valid(built: dict[str, bytes], tmp_path: Path) -> None:
    shown = {suffix: _shown(suffix, built[suffix]) for suffix in SUFFIXES}
    wanted = {re.sub(r"\s", "", word) for word in WORDS}
    assert [(suffix, word) for suffix, text in shown.items() for word in sorted(wanted) if word not in text] == []
    is_final = "manifest.json" in built
    marked = [suffix for suffix in SUFFIXES if "草稿" in shown[suffix]]
    assert marked == ([] if is_final else [suffix for suffix in SUFFIXES if suffix != ".json"])
    assert json.loads(built[".json"])["draft"] is not is_final
    for suffix in PAGES:
        # Raises for anything that the HTML standard calls an error.
        html5lib.HTMLParser(strict=True).parse(built[suffix])
    _epubcheck(built[".epub"], tmp_path)
    if is_final:
        told = json.loads(built["manifest.json"])
        assert told["outputs"] == {f"{ISSUE}{name}": hashlib.sha256(built[name]).hexdigest() for name in SUFFIXES}
        assert {sign["stands"] for sign in told["signed"]} == {True}


@pytest.mark.parametrize("built", ["final"], indirect=True)
def test_word_files_open_in_another_program(built: dict[str, bytes], tmp_path: Path) -> None:
    """LibreOffice, where there is one: it is too large to be fetched for this alone."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed.")
    for suffix in (".docx", ".bilingual.docx"):
        file = tmp_path / f"a{suffix}"
        file.write_bytes(built[suffix])
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        pages = pypdf.PdfReader(file.with_suffix(".pdf")).pages
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
        assert "非法进入领空的无人机可予击落" in text


def _shown(suffix: str, data: bytes) -> str:
    """What a reader sees, without white space."""
    if suffix == ".pdf":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    elif suffix.endswith(".docx"):
        document = Document(io.BytesIO(data))
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        text = "".join(one.text for one in (*document.paragraphs, *cells))
    elif suffix == ".epub":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            text = "".join(_words(book.read(name).decode()) for name in book.namelist() if name.endswith(".xhtml"))
    elif suffix == ".md":
        text = _words(MarkdownIt("commonmark").render(data.decode()))
    else:
        text = _words(data.decode()) if suffix in PAGES else data.decode()
    return re.sub(r"\s", "", text)


def _words(page: str) -> str:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for parent in list(tree.iter()):
        for child in [one for one in parent if one.tag in ("style", "script")]:
            parent.remove(child)
    return "".join(tree.itertext())


def _epubcheck(book: bytes, folder: Path) -> None:
    checker = shutil.which("epubcheck")
    if checker is None:
        if os.environ.get("CI"):
            pytest.fail("epubcheck is not installed")
        return
    (folder / "a.epub").write_bytes(book)
    command = ["java", "-jar", checker] if zipfile.is_zipfile(checker) else [checker]
    done = subprocess.run([*command, "-q", str(folder / "a.epub")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
