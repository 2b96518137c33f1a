"""Every form of the number read back by another program: nothing lost, nothing broken, nothing hostile left."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import bulletins
import html5lib
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree, html

from compiler_flow.assemble import assemble
from compiler_flow.assemble.names import Name
from compiler_flow.errors import FileError, FormatError, UsageError
from compiler_flow.model import (
    Block,
    BlockKind,
    Bulletin,
    BulletinRole,
    Catalog,
    Finding,
    Issue,
    Metadata,
    Origin,
    OriginKind,
    Part,
    Role,
    Section,
    Severity,
    SignOff,
    Spot,
    Unit,
)
from compiler_flow.render import RENDERERS, fonts, render, themes
from compiler_flow.render.archive import repack
from compiler_flow.render.pdf import BUILT_IN, LACKING
from compiler_flow.text import digest

WEB = ("html", "wechat", "bilingual")
HOSTILE = (
    "</style></title></p><script>window.canary()</script><img src=x onerror=canary()> \"' onclick=canary() "
    "[a](javascript:canary()) <javascript:canary()> [b](data:text/html,x) &lt;script&gt; `<b>` ]]>--><!-- "
    '#import "x.typ" $x$ #panic("typst") = heading {{ w:t }} \u202e\x00\x1b 结尾'
)
_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Rendition")
NUMBERS = {"final": bulletins.final, "draft": bulletins.draft}


def hostile() -> Bulletin:
    """A number in which every field of every value is hostile."""
    places = [Spot(role, 0) for role in (Role.TITLE, Role.AUTHOR, Role.AUTHOR_ROLE, Role.SITE)]
    places += [Spot(Role.HEADING, 1), Spot(Role.LABEL, 2), Spot(Role.TEXT, 2), Spot(Role.TEXT, 3)]
    units = [
        Unit(f"{at}{HOSTILE}", HOSTILE, target, fuzzy=fuzzy, spot=spot, comments=(HOSTILE,))
        for at, spot in enumerate(places)
        for target, fuzzy in ((HOSTILE, False), (HOSTILE, True), ("", False))
    ]
    facts = Metadata(
        title=HOSTILE,
        author=HOSTILE,
        author_role=HOSTILE,
        site=HOSTILE,
        url=f"javascript:canary()//{HOSTILE}",
        date=dt.date(2024, 1, 1),
        language=HOSTILE,
        country="XX",
        compilers=(HOSTILE,),
        reviewers=(HOSTILE,),
        sign_offs=(SignOff(HOSTILE, HOSTILE, dt.datetime(2024, 1, 1, tzinfo=dt.UTC), HOSTILE),),
    )
    parts = [
        Part(HOSTILE, replace(facts, section=section), Catalog(HOSTILE, HOSTILE, units=tuple(units)))
        for section in Section
    ]
    issue = Issue(HOSTILE, HOSTILE, HOSTILE, dt.date(2024, 1, 1), "zh-CN", (HOSTILE,), texts={"disclaimer": HOSTILE})
    named = replace(parts[1], name="second")
    made = assemble(
        issue,
        (parts[0], named),
        country_name=lambda _code: HOSTILE,
        source_titles=True,
        names=lambda _parts: (Name(HOSTILE, HOSTILE, HOSTILE, is_agreed=False),),
    )
    finding = Finding("number", Severity.ERROR, HOSTILE, article="second", unit=units[0].id, waived=HOSTILE)
    return replace(made, findings=(finding,))


@pytest.mark.parametrize("renderer", ["docx", "bilingual-docx"])
def test_a_hostile_number_gives_word_no_code(renderer: str) -> None:
    made = render(hostile(), renderer)
    document = Document(io.BytesIO(made))
    relations = [one for part in document.part.package.iter_parts() for one in part.rels.values() if one.is_external]
    assert [one.target_ref for one in relations if not one.target_ref.startswith("https://")] == []
    fields = {one.text for one in document.element.iter(qn("w:instrText"))}
    assert fields <= {r' TOC \o "1-3" \n \h \z \u '}
    assert {name.rpartition(".")[2] for name in unzipped(made)} <= {"xml", "rels", "jpeg"}


def test_a_hostile_number_gives_the_pdf_no_code() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(hostile(), "pdf")))
    actions = set()
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(found, dict):
            actions |= {str(found.get("/S"))} if "/S" in found and found.get("/S") in _ACTIONS else set()
            assert "/JS" not in found
            assert "/AA" not in found
    assert actions == set()
    assert reader.attachments == {}


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(bulletin: Bulletin) -> list[str]:
    """Some sentences that every form must show."""
    return [
        "静默走廊：草原铁路如何改变贸易",
        "该国没有出海口，货物要经邻国铁路才能抵达里海港口",
        "铁路由14天缩短至9天",
        "亚美尼亚北部山区公路通车",
        *([] if bulletin.draft else ["活动由港口协会主办"]),
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shown(renderer: str, data: bytes) -> str:
    """What a reader of the file sees, without white space."""
    if renderer == "pdf":
        return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
    if renderer.endswith("docx"):
        root = etree.fromstring(unzipped(data)["word/document.xml"])
        return squeezed("".join(root.itertext(qn("w:t"))))
    if renderer == "epub":
        pages = (page for name, page in unzipped(data).items() if name.endswith(".xhtml"))
        return squeezed("".join("".join(etree.fromstring(page).itertext()) for page in pages))
    if renderer in WEB:
        page = html.document_fromstring(data.decode())
        etree.strip_elements(page, "style", "script", with_tail=False)
        return squeezed(page.text_content())
    return squeezed(data.decode("utf-8"))


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("renderer", sorted(RENDERERS))
def test_every_form_shows_every_sentence(renderer: str, number: str) -> None:
    bulletin = NUMBERS[number]()
    seen = shown(renderer, render(bulletin, renderer)).replace("*", "")
    assert [words for words in words_of(bulletin) if words not in seen] == []


@pytest.mark.parametrize("renderer", sorted(set(RENDERERS) - {"json"}))
def test_every_draft_says_that_it_is_one(renderer: str) -> None:
    assert "草稿" in shown(renderer, render(bulletins.draft(), renderer))
    assert "草稿" not in shown(renderer, render(bulletins.final(), renderer))


@pytest.mark.parametrize("renderer", sorted(RENDERERS))
def test_every_form_stands_a_hostile_number(renderer: str) -> None:
    made = render(hostile(), renderer)
    assert "canary" in shown(renderer, made)
    assert made == render(hostile(), renderer)


@pytest.mark.parametrize("renderer", WEB)
@pytest.mark.parametrize("number", [hostile, bulletins.final, bulletins.draft])
def test_pages_are_html_without_scripts_of_articles(renderer: str, number: Any) -> None:
    made = render(number(), renderer)
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(made.decode("utf-8"))
    page = html.document_fromstring(made.decode("utf-8"))
    scripts = [one.text or "" for one in page.iter("script")]
    assert len(scripts) == (renderer == "wechat")
    assert not any("canary" in script for script in scripts)
    assert not list(page.iter("img", "iframe", "object", "embed", "form", "base", "link"))
    for one in page.iter():
        assert not [name for name in one.attrib if name.startswith("on")]
        assert not one.get("href", "#").lower().startswith(("javascript", "data", "vbscript"))


class TestWechat:
    def article(self, bulletin: Bulletin) -> Any:
        return html.document_fromstring(render(bulletin, "wechat").decode()).find("body/main/section")

    def test_has_inline_styles_and_nothing_the_editor_drops(self) -> None:
        article = self.article(bulletins.draft())
        assert {one.tag for one in article.iter()} <= {
            "section", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "strong", "em", "code",
            "span", "sup", "mark",
        }  # fmt: skip
        assert {name for one in article.iter() for name in one.attrib} <= {"style", "lang", "dir"}
        assert all(one.get("style") for one in article.iter("h1", "h2", "h3", "h4", "p", "blockquote"))

    def test_addresses_are_numbered_notes_at_the_end(self) -> None:
        article = self.article(bulletins.final())
        assert not list(article.iter("a"))
        notes = article.findall("section")[-1]
        listed = [one.text_content() for one in notes.iter("p")]
        assert listed[0] == "[1] https://steppe-review.example/report?a=1&b=2"
        numbers = [one.text for one in article.iter("sup")]
        assert numbers == [f"[{number}]" for number in range(1, len(listed) + 1)]
        before = article.text_content().partition("文中链接")[0]
        assert "http" not in before

    def test_an_address_has_one_note(self) -> None:
        both = (bulletins.ARMENIA, replace(bulletins.ARMENIA, name="again"))
        made = self.article(assemble(bulletins.ISSUE, both, country_name=bulletins.NAMES.__getitem__))
        assert [one.text for one in made.iter("sup")] == ["[1]", "[1]"]

    def test_pictures_in_a_text_are_reported(self) -> None:
        assert RENDERERS["wechat"].unfit(bulletins.final(), "") == ()
        units = (bulletins.text(1, "See.", "见图：![港口](https://a.example/p.png)。"),)
        made = assemble(bulletins.ISSUE, (bulletins.part(Metadata(), "x", units),), country_name=str)
        told = "A text has a picture, which cannot be pasted along: https://a.example/p.png."
        assert RENDERERS["wechat"].unfit(made, "") == (told,)
        assert not list(self.article(made).iter("img"))

    def test_labels_of_drafts_are_text(self) -> None:
        seen = self.article(bulletins.draft()).text_content()
        assert "初稿论坛将于10月17日在里加举行。" in seen
        assert "待译Ieeja bez maksas." in seen


class TestWord:
    def opened(self, bulletin: Bulletin, theme: str = "") -> Any:
        return Document(io.BytesIO(render(bulletin, "docx", theme=theme)))

    def test_is_a4_in_chinese_with_real_headings(self) -> None:
        made = self.opened(bulletins.final())
        assert (round(made.sections[0].page_width.cm, 1), round(made.sections[0].page_height.cm, 1)) == (21.0, 29.7)
        styles = {line.style.name: line.text for line in reversed(made.paragraphs)}
        assert styles["Title"] == "欧亚观察"
        assert styles["Heading 1"] == "内容提要"
        assert styles["Heading 3"] == "不同的声音"
        language = made.styles.element.find(".//" + qn("w:docDefaults")).find(".//" + qn("w:lang"))
        assert language.get(qn("w:eastAsia")) == "zh-CN"
        body = made.styles["Normal"].element.rPr.rFonts
        assert body.get(qn("w:eastAsia")) == "宋体"

    def test_contents_are_a_field_whose_entries_lead_to_headings(self) -> None:
        made = self.opened(bulletins.final())
        instructions = [one.text for one in made.element.iter(qn("w:instrText"))]
        assert any("TOC" in one for one in instructions)
        kinds = [one.get(qn("w:fldCharType")) for one in made.element.iter(qn("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"]
        anchors = [one.get(qn("w:anchor")) for one in made.element.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))]
        marks = [one.get(qn("w:name")) for one in made.element.iter(qn("w:bookmarkStart"))]
        assert len(anchors) == 14
        assert anchors == marks

    def test_links_lead_to_the_sources(self) -> None:
        made = self.opened(bulletins.final())
        targets = {one.target_ref for one in made.part.rels.values() if one.is_external}
        assert "https://azad-lur.example/a/33171946.html" in targets
        assert "https://steppe-review.example/report?a=1&b=2" in targets

    def test_numbered_lists_start_again(self) -> None:
        twice = (bulletins.FEATURE, replace(bulletins.FEATURE, name="again"))
        made = self.opened(assemble(bulletins.ISSUE, twice, country_name=str))
        numbers = [
            line._p.pPr.numPr.numId.val for line in made.paragraphs if line.text.startswith(("铁路由", "公路由"))
        ]
        assert numbers[0] == numbers[1] != numbers[2] == numbers[3]

    def test_a_draft_has_a_watermark(self) -> None:
        assert "textpath" in self.opened(bulletins.draft()).sections[0].header._element.xml
        assert "textpath" not in self.opened(bulletins.final()).sections[0].header._element.xml

    def test_a_template_of_ones_own_gives_its_styles_and_may_lack_some(self, tmp_path: Path) -> None:
        template = tmp_path / "house.docx"
        mine = Document()
        mine.add_paragraph("Sample text that must not stay")
        mine.styles["Heading 1"].font.name = "House Sans"
        mine.save(str(template))
        made = self.opened(bulletins.final(), str(template))
        assert made.styles["Heading 1"].font.name == "House Sans"
        assert "Sample text" not in "".join(line.text for line in made.paragraphs)
        assert any(line.text.startswith("来源：") and line.style.name == "Normal" for line in made.paragraphs)

    def test_a_template_that_is_none_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.docx").write_bytes(b"no zip")
        with pytest.raises(FormatError, match="no Word document"):
            render(bulletins.final(), "docx", theme=str(tmp_path / "a.docx"))
        with pytest.raises(FileError, match="cannot be read"):
            render(bulletins.final(), "docx", theme=str(tmp_path / "b.docx"))

    def test_the_shipped_template_is_what_its_script_makes(self) -> None:
        script = Path(__file__).parents[2] / "docs" / "word_template.py"
        namespace: dict[str, Any] = {"__name__": "word_template", "__file__": str(script)}
        exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), namespace)  # noqa: S102 (our own)
        shipped = Path(themes.__file__).with_name("bulletin.docx").read_bytes()
        made, kept = unzipped(namespace["make"]()), unzipped(shipped)
        assert made["word/styles.xml"] == kept["word/styles.xml"]


class TestPdf:
    def opened(self, bulletin: Bulletin, theme: str = "") -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(render(bulletin, "pdf", theme=theme)))

    def test_has_bookmarks_links_and_its_title(self) -> None:
        made = self.opened(bulletins.final())
        assert made.metadata is not None
        assert made.metadata.title == "欧亚观察"

        def titles(outline: Any) -> list[str]:
            return [title for one in outline for title in (titles(one) if isinstance(one, list) else [str(one.title)])]

        assert {"内容提要", "静默走廊：草原铁路如何改变贸易", "亚美尼亚"} <= set(titles(made.outline))
        notes = [note.get_object() for page in made.pages for note in page.get("/Annots", ())]
        addresses = {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}
        assert "https://azad-lur.example/a/33171946.html" in addresses
        assert all(address.startswith("https://") for address in addresses)
        assert any("/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo" for note in notes)

    def test_pages_are_numbered_and_named(self) -> None:
        texts = [squeezed(page.extract_text()) for page in self.opened(bulletins.final()).pages]
        assert "目录" in texts[1]
        assert all(text.startswith("欧亚观察第44期") for text in texts[1:])
        assert [text[-1] for text in texts[1:]] == [str(number) for number in range(1, len(texts))]

    def test_lacking_characters_are_reported_by_name_and_never_boxes(self) -> None:
        title = replace(bulletins.ISSUE, title="观察𠮷한")
        made = replace(bulletins.draft(), issue=title)
        told = RENDERERS["pdf"].unfit(made, "")
        assert "U+20BB7 𠮷 (CJK UNIFIED IDEOGRAPH-20BB7)" in told[-1]
        assert "HANGUL SYLLABLE HAN" in told[0]
        seen = shown("pdf", render(made, "pdf"))
        assert f"观察{LACKING}{LACKING}" in seen
        assert RENDERERS["pdf"].unfit(bulletins.draft(), "") == ()

    def test_a_script_that_lacks_is_told_in_one_line(self) -> None:
        made = replace(bulletins.draft(), issue=replace(bulletins.ISSUE, title="부산항 소식"))
        assert RENDERERS["pdf"].unfit(made, "") == ("The fonts lack 5 characters of HANGUL: 부 산 소 식 항",)

    def test_small_print_does_not_stand_alone_on_a_page(self) -> None:
        """Numbers of every length, so that each line comes to stand at a page's end once."""
        seen: set[str] = set()
        for lines in range(28, 36):
            units = [bulletins.text(block, "T.", "城外的货运站一直沉寂。") for block in range(1, lines)]
            one = bulletins.part(bulletins.ARMENIA.metadata, "one", units)
            made = assemble(bulletins.ISSUE, (one, bulletins.ESTONIA), country_name=bulletins.NAMES.__getitem__)
            pages = [page.extract_text().splitlines() for page in self.opened(made).pages[2:]]
            firsts = [page[2] for page in pages if page[0] == "草稿" and len(page) > 2]
            assert [first for first in firsts if first.startswith(("编译：张三", "来源："))] in (
                [],
                ["编译：张三\u3000李四"],
            )
            seen.update(firsts)
        assert len(seen) > 1

    def test_names_of_the_region_are_printed(self) -> None:
        text = "Braže Põhja Ștefan Мирзиёев Ә Қазақстан Հայաստան საქართველო"
        made = replace(bulletins.draft(), issue=replace(bulletins.ISSUE, title=text))
        assert RENDERERS["pdf"].unfit(made, "") == ()
        assert squeezed(text) in shown("pdf", render(made, "pdf"))

    def test_names_can_be_searched_with_common_spaces(self) -> None:
        """One glyph has one meaning in a PDF, and the space's is also that of the full-width space in our datelines."""
        shown = "".join(page.extract_text() for page in self.opened(bulletins.final()).pages)
        assert "草原评论（The Steppe Review）" in shown
        assert "编译：张三\u3000" in shown

    def test_fonts_beside_a_theme_count(self, tmp_path: Path) -> None:
        import pylopdf_fonts_zh_cn as own

        shutil.copy(own.sans_path(), tmp_path / "house.otf")
        assert len(fonts.covered(tmp_path / "house.otf")) > 20000
        assert self.opened(bulletins.final(), str(tmp_path)).pages
        (tmp_path / "bad.otf").write_bytes(b"\x00" * 4)
        with pytest.raises(FormatError, match="no OpenType font"):
            render(bulletins.final(), "pdf", theme=str(tmp_path))

    def test_a_theme_of_ones_own_is_used_and_its_faults_are_told(self, tmp_path: Path) -> None:
        mine = tmp_path / "mine.typ"
        mine.write_text("#let b = json(bytes(sys.inputs.bulletin))\n#b.title 的样子\n", encoding="utf-8")
        seen = shown("pdf", render(bulletins.final(), "pdf", theme=str(mine)))
        assert seen == "欧亚观察的样子"
        mine.write_text("#nonsense", encoding="utf-8")
        with pytest.raises(FormatError, match="typst refuses the theme"):
            render(bulletins.final(), "pdf", theme=str(mine))
        with pytest.raises(FileError, match="no such theme"):
            render(bulletins.final(), "pdf", theme=str(tmp_path / "none.typ"))

    def test_the_faces_inside_typst_have_what_is_said_of_them(self) -> None:
        import typst

        programs = list(Path(typst.__file__).parent.glob("*.so")) + list(Path(typst.__file__).parent.glob("*.pyd"))
        data = programs[0].read_bytes()
        have: set[int] = set()
        for match in re.finditer(rb"OTTO\x00", data):
            if b"cmap" in data[match.start() : match.start() + 500]:
                have.update(fonts._code_points(data[match.start() : match.start() + 4_000_000]))
        assert [hex(code) for code in sorted(BUILT_IN - have)] == []


class TestEpub:
    def test_is_a_zip_that_reading_systems_know(self) -> None:
        files = unzipped(render(bulletins.final(), "epub"))
        assert next(iter(files)) == "mimetype"
        package = etree.fromstring(files["EPUB/package.opf"])
        modified = package.find(".//{*}meta[@property='dcterms:modified']")
        assert modified.text == "2024-10-31T00:00:00Z"
        named = {one.get("href") for one in package.iter("{*}item")}
        assert {f"EPUB/{name}" for name in named} | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(
            files
        )

    def test_contents_lead_to_anchors_that_exist(self) -> None:
        files = unzipped(render(bulletins.draft(), "epub"))
        links = [one.get("href") for one in etree.fromstring(files["EPUB/nav.xhtml"]).iter("{*}a")]
        assert len(links) == 15
        for link in links:
            name, _hash, anchor = link.partition("#")
            assert etree.fromstring(files[f"EPUB/{name}"]).find(f".//*[@id='{anchor}']") is not None

    @pytest.mark.parametrize("number", [bulletins.final, bulletins.draft, hostile, lambda: Bulletin(Issue("n"), ())])
    def test_passes_epubcheck(self, number: Any, tmp_path: Path) -> None:
        if (checker := shutil.which("epubcheck")) is None:
            if os.environ.get("CI"):
                pytest.fail("epubcheck is not installed")
            pytest.skip("epubcheck is not installed")
        book = tmp_path / "a.epub"
        book.write_bytes(render(number(), "epub"))
        # Debian's program is the archive itself, which needs a kernel that knows how to start one.
        command = ["java", "-jar", checker] if zipfile.is_zipfile(checker) else [checker]
        done = subprocess.run([*command, "-q", str(book)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


class TestReviewCopy:
    def numbered(self) -> Bulletin:
        number = bulletins.draft()
        unit = bulletins.LATVIA.catalog.units[1]
        found = Finding("number", Severity.ERROR, "110 is missing", article="latvia-forum", unit=unit.id, waived="原文")
        return replace(number, findings=(found,))

    def test_shows_what_the_number_leaves_out(self) -> None:
        page = html.document_fromstring(render(self.numbered(), "bilingual").decode())
        assert [one.text for one in page.iter("del")] == [
            "Nobody had planned it.",
            "Side notes",
            "Tickets can be bought online.",
        ]
        merged = page.find(".//tr[@class='merged starts']")
        assert [cell.text_content() for cell in merged] == ["So says an engineer.", "", "并入上句"]
        assert len(page.findall("body/main/section")) == len(self.numbered().parts)

    def test_findings_stand_in_the_margin(self) -> None:
        page = html.document_fromstring(render(self.numbered(), "bilingual").decode())
        remarks = next(one for one in page.iter("li") if "110 is missing" in (one.text or ""))
        assert remarks.text == "错误 number：110 is missing（免检：原文）"
        assert remarks.getparent().getparent().getprevious().text_content() == "论坛将于10月17日在里加举行。"

    @pytest.mark.parametrize(
        ("target", "fuzzy", "is_told"),
        [("初稿。", True, True), ("初稿。", False, True), ("人写的。", False, False), ("〔略〕", False, False)],
    )
    def test_what_looks_wrong_with_a_draft_goes_with_it(self, target: str, fuzzy: bool, is_told: bool) -> None:
        origin = Origin(OriginKind.ENGINE, "argos", digest=digest("初稿。"), note="数字存疑：110")
        units = list(bulletins.LATVIA.catalog.units)
        units[1] = replace(units[1], target=target, fuzzy=fuzzy, origin=origin)
        part = replace(bulletins.LATVIA, catalog=replace(bulletins.LATVIA.catalog, units=tuple(units)))
        page = render(replace(bulletins.draft(), parts=(part,)), "bilingual").decode()
        assert ("数字存疑" in page) is is_told

    def test_word_strikes_what_is_omitted(self) -> None:
        made = Document(io.BytesIO(render(self.numbered(), "bilingual-docx")))
        runs = [run for table in made.tables for row in table.rows for cell in row.cells
                for line in cell.paragraphs for run in line.runs]  # fmt: skip
        assert {run.text for run in runs if run.font.strike} == {
            "Nobody had planned it.",
            "Side notes",
            "Tickets can be bought online.",
        }
        assert any("110 is missing" in run.text for run in runs)


class TestJson:
    def test_is_the_tree(self) -> None:
        told = json.loads(render(bulletins.draft(), "json"))
        assert (told["version"], told["draft"], told["issue"]["date"]) == (1, True, "2024-10-31")
        assert [block["role"] for block in told["blocks"]] == [
            "masthead", "summary", "feature", "news", "colophon",
        ]  # fmt: skip
        states = re.findall(r'"state": "(\w+)"', render(bulletins.draft(), "json").decode())
        assert {"translated", "draft", "empty"} == set(states)


def test_zips_have_no_dates() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a", (2024, 5, 6, 7, 8, 10)), "text")
    with zipfile.ZipFile(io.BytesIO(repack(made.getvalue()))) as archive:
        assert [(one.filename, one.date_time) for one in archive.infolist()] == [("a", (1980, 1, 1, 0, 0, 0))]


def test_headings_leave_out_no_level_in_wechat_and_word() -> None:
    article = TestWechat().article(bulletins.final())
    levels = [int(one.tag[1]) for one in article.iter("h1", "h2", "h3", "h4", "h5")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    styles = [line.style.name for line in TestWord().opened(bulletins.final()).paragraphs]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_pdf_without_its_packages_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    with pytest.raises(UsageError, match=r"compiler-flow\[pdf\]"):
        render(bulletins.final(), "pdf")


def test_the_original_title_of_an_item_can_be_shown() -> None:
    made = assemble(bulletins.ISSUE, (bulletins.KOREA,), country_name=str, source_titles=True)
    items = made.blocks[1].children[1].children[1].children
    assert [(block.role, block.children[0].text) for block in items][1] == (
        BulletinRole.TITLE_ORIGINAL,
        "부산항, 자동화 부두 시험 운영",
    )


def test_items_keep_numbers_of_their_own_in_every_form() -> None:
    items = [(1, "4.", "第四"), (1, "1.", "第五"), (1, "9.", "第九")]
    blocks = [Block(BlockKind.ITEM, text, level=level, marker=marker) for level, marker, text in items]
    number = Bulletin(Issue("n"), tuple(blocks))
    for renderer in ("html", "wechat"):
        lists = html.fromstring(render(number, renderer).decode()).iter("ol")
        starts = [(one.get("start"), len(one)) for one in lists if one.getparent().tag != "nav"]
        assert starts == [("4", 2), ("9", 1)]
    with zipfile.ZipFile(io.BytesIO(render(number, "epub"))) as book:
        pages = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        assert 'start="4"' in pages
    with zipfile.ZipFile(io.BytesIO(render(number, "docx"))) as package:
        numbering = package.read("word/numbering.xml").decode()
        assert re.findall(r'startOverride w:val="(\d+)"', numbering) == ["4", "9"]
    shown = pypdf.PdfReader(io.BytesIO(render(number, "pdf"))).pages[-1].extract_text()
    assert re.findall(r"\d+\.", shown) == ["4.", "5.", "9."]
