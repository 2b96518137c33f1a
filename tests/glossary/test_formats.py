import codecs
import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.errors import CompilerFlowError, FileError, FormatError, UsageError
from compiler_flow.glossary import FORMATS, load, save
from compiler_flow.glossary.csv_table import loads, with_row
from compiler_flow.model import Term, TermKind
from compiler_flow.text import clean

PEVKUR = Term(
    "Hanno Pevkur",
    "汉诺·佩夫库尔",
    TermKind.PERSON,
    "en",
    aliases=("H. Pevkur",),
    accept=("哈诺·佩夫库尔",),
    reject=("汉诺·佩夫库", "韩诺·佩夫库尔"),
    note="爱沙尼亚国防部长",
)
TALLINN = Term("Tallinn, “Reval”", '塔林 "旧称"', TermKind.PLACE, first="塔林（Tallinn）")
BOTH = (PEVKUR, TALLINN)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tables_come_back_as_they_were_saved(tmp_path, suffix):
    path = tmp_path / f"names.{suffix}"
    save(BOTH, path)
    terms = load([path])
    assert terms == BOTH
    assert [(term.path, term.line) for term in terms] == [(str(path), 2), (str(path), 3)]


def test_tbx_keeps_everything(tmp_path):
    path = tmp_path / "names.tbx"
    save(BOTH, path)
    assert load([path]) == BOTH


def test_tbx_of_2019(tmp_path):
    path = tmp_path / "x.tbx"
    path.write_text(
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" type="TBX-Basic"><text><body><conceptEntry id="1">'
        '<langSec xml:lang="en"><termSec><term>summit</term></termSec></langSec>'
        '<langSec xml:lang="zh"><termSec><term>峰会</term></termSec><termSec><term>高峰会</term>'
        '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>'
        "</conceptEntry></body></text></tbx>",
        encoding="utf-8",
    )
    assert load([path]) == (Term("summit", "峰会", lang="en", reject=("高峰会",)),)


@pytest.mark.parametrize("root", ["x", "martif", "tbx"])
def test_other_xml_is_no_tbx(tmp_path, root):
    path = tmp_path / "x.tbx"
    path.write_text(f"<{root}><text/></{root}>", encoding="utf-8")
    with pytest.raises(FormatError, match=r"x\.tbx"):
        load([path])


def test_tbx_of_other_programs(tmp_path):
    path = tmp_path / "x.tbx"
    path.write_text(
        '<martif type="TBX" xml:lang="en"><text><body><termEntry id="1">'
        '<langSet xml:lang="en"><tig><term>summit</term></tig></langSet>'
        '<langSet xml:lang="ru"><tig><term>саммит</term></tig></langSet>'
        '<langSet xml:lang="zh-CN"><tig><term>峰会</term></tig><tig><term>高峰会</term>'
        '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>'
        "</termEntry></body></text></martif>",
        encoding="utf-8",
    )
    assert load([path]) == (
        Term("summit", "峰会", lang="en", reject=("高峰会",)),
        Term("саммит", "峰会", lang="ru", reject=("高峰会",)),
    )


def test_omegat_tab_files(tmp_path):
    path = tmp_path / "glossary.tab"
    path.write_text("# remark\nNATO\t北约\tabbreviation\n\nEU\t欧盟\n", encoding="utf-8")
    assert load([path]) == (Term("NATO", "北约", note="abbreviation"), Term("EU", "欧盟"))
    assert [term.line for term in load([path])] == [2, 4]
    save([PEVKUR], path)
    assert [term.source for term in load([path])] == ["Hanno Pevkur", "H. Pevkur"]
    unfinished = (Term("Zofia Wilk", ""), Term("Ruse", "", note="Bulgaria"), Term("NATO", "北约"))
    save(unfinished, path)
    assert load([path]) == unfinished
    assert path.read_text(encoding="utf-8").splitlines()[2] == "NATO\t北约"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("gb18030", b""), ("utf-16-le", codecs.BOM_UTF16_LE)],
)
def test_csv_in_the_encodings_of_spreadsheets(tmp_path, encoding, mark):
    path = tmp_path / "names.csv"
    path.write_bytes(mark + "target,source\r\n爱沙尼亚国防部长汉诺,Hanno\r\n".encode(encoding))
    assert load([path]) == (Term("Hanno", "爱沙尼亚国防部长汉诺"),)


def test_csv_with_semicolons_blank_rows_and_full_width_bars(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("Source;Target;Aliases\n\nKyiv;基辅;Kiev｜Київ | Киев\n;;\n", encoding="utf-8")
    assert load([path]) == (Term("Kyiv", "基辅", aliases=("Kiev", "Київ", "Киев")),)


HEADINGS = ("原文", "译名", "类别", "语言", "别名", "可用", "不用", "首次", "备注")
CELLS = ("Kyiv", "基辅", "地名", "英语", "Kiev｜Kyjiv", "基辅市", "乞辅", "-", "首都")
KYIV = Term("Kyiv", "基辅", TermKind.PLACE, "en", ("Kiev", "Kyjiv"), ("基辅市",), ("乞辅",), "-", "首都")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep"])
def test_csv_with_chinese_headings(tmp_path, mark, first):
    path = tmp_path / "译名.csv"
    declared = [f"sep={mark}"] if first else []
    path.write_text("\n".join([*declared, mark.join(HEADINGS), mark.join(CELLS)]), encoding="gb18030")
    assert load([path]) == (KYIV,)
    assert load([path])[0].line == (3 if first else 2)


def test_a_workbook_with_chinese_headings(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append(CELLS)
    book.save(tmp_path / "译名.xlsx")
    assert load([tmp_path / "译名.xlsx"]) == (KYIV,)


def test_a_row_joins_a_table_with_chinese_headings():
    data = "备注;译名;原文;语种\n首都;基辅;Kyiv;俄文\n".encode()
    made = with_row(data, Term("Riga", "里加", lang="en"), Path("译名.csv"))
    assert made.decode() == "备注;译名;原文;语种\n首都;基辅;Kyiv;俄文\n;里加;Riga;en\n"
    assert [term.lang for term in loads(made, Path("译名.csv"))] == ["ru", "en"]


def test_rows_span_lines_and_lines_are_counted(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text('source,target,note\nA,甲,"one\ntwo"\nB,乙,\n', encoding="utf-8")
    assert [term.line for term in load([path])] == [2, 4]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("source,kind\nA,place\n", 1, "target"),
        ("", 1, "source"),
        ("source,target,source\n", 1, "twice"),
        ("原文,译名,target\n", 1, "twice"),
        ("词,译名\n", 1, "原文"),
        ("source,target,kind\nA,甲,\nB,乙,planet\n", 3, "planet"),
        ('source,target\nA,"甲\n', 2, "broken"),
        ('source,target\n"A"x,甲\n', 2, "broken"),
    ],
)
def test_broken_tables_are_named_with_their_line(tmp_path, content, line, says):
    path = tmp_path / "names.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=says) as error:
        load([path])
    assert (error.value.path, error.value.line) == (str(path), line)


def test_a_folder_gives_its_glossaries_by_name(tmp_path):
    (tmp_path / "b.csv").write_text("source,target\nB,乙\n", encoding="utf-8")
    (tmp_path / "a.tab").write_text("A\t甲\n", encoding="utf-8")
    for other in ("~$b.csv", ".hidden.csv", "readme.txt", "notes.md"):
        (tmp_path / other).write_text("no glossary", encoding="utf-8")
    assert [term.source for term in load([tmp_path])] == ["A", "B"]


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        load([tmp_path / "missing.csv"])
    odd = tmp_path / "names.doc"
    odd.write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="doc"):
        load([odd])
    odd.write_text("source,target\nA,甲\n", encoding="utf-8")
    assert load([odd], format="csv") == (Term("A", "甲"),)


@pytest.mark.parametrize("suffix", ["xlsx", "tbx", "tab", "csv"])
def test_rubbish_is_a_format_error(tmp_path, suffix):
    path = tmp_path / f"names.{suffix}"
    path.write_bytes(b"\x00\x01\xff\xfebinary rubbish\x00" * 9)
    with pytest.raises(FormatError):
        load([path])


def test_xml_entities_are_not_read(tmp_path):
    path = tmp_path / "x.tbx"
    path.write_text('<!DOCTYPE martif [<!ENTITY a "b">]><martif><text><body/></text></martif>', encoding="utf-8")
    with pytest.raises(FormatError, match="entities"):
        load([path])


def test_a_workbook_that_unpacks_to_a_mountain_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("compiler_flow.glossary.xlsx.MAX_BYTES", 1000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 5000)
    path = tmp_path / "x.xlsx"
    path.write_bytes(stream.getvalue())
    with pytest.raises(FormatError, match="unpacks"):
        load([path])


def test_formulas_in_a_workbook_stay_text(tmp_path):
    path = tmp_path / "x.xlsx"
    save([Term("=1+1", "二")], path)
    assert load([path]) == (Term("=1+1", "二"),)


BYTES = st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "replace")))


@given(st.sampled_from(["csv", "tab", "tbx"]), BYTES)
def test_no_bytes_raise_anything_but_our_errors(name, data):
    with contextlib.suppress(CompilerFlowError):
        assert isinstance(FORMATS[name].loads(data, Path("x")), tuple)


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1).map(clean)


@given(CELL, CELL)
def test_any_cell_survives_csv(source, target):
    terms = (Term(source, target),)
    form = FORMATS["csv"]
    assert form.loads(form.dumps(terms), Path("x.csv")) == terms
