"""XLIFF as translators' tools read, change and break it; judged by the OASIS schemas."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from bilingual_catalogs import PROPERTY, catalogs
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from compiler_flow.bilingual import markers, xliff
from compiler_flow.errors import FormatError
from compiler_flow.model import Catalog, Origin, OriginKind, Role, Spot, TermNote, Unit

HERE = Path("tokayev.xlf")
DRAFT = Unit(
    "0f3a9c1b2d",
    "Talks in **Astana** [ended](https://example.org/?a=1&b=2).",
    "**阿斯塔纳**会谈[结束](https://example.org/?a=1&b=2)。",
    fuzzy=True,
    spot=Spot(Role.TEXT, 4),
    origin=Origin(OriginKind.MEMORY, "pevkur", score=87, digest="0123456789"),
    terms=(TermNote("Astana", "阿斯塔纳"),),
    comments=("问过作者",),
    references=("source.md:12",),
    previous="Talks ended.",
)
DONE = Unit("done", "Yes.", "是。")
EMPTY = Unit("empty", "No.")
SAMPLE = Catalog("tokayev", "en", units=(DRAFT, DONE, EMPTY), obsolete=(Unit("dead", "Old.", "旧。"),))


def xliff2(body: str, *, version: str = "2.0", root: str = 'srcLang="en" trgLang="zh-CN"') -> bytes:
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="{version}" {root}>\n'
        f'<file id="f1">\n{body}\n</file>\n</xliff>\n'
    ).encode()


def xliff1(body: str) -> bytes:
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n<file original="a" datatype="plaintext"'
        f' source-language="en" target-language="zh-CN"><body>\n{body}\n</body></file></xliff>'
    ).encode()


def units(data: bytes) -> tuple[Unit, ...]:
    return xliff.parse(data, HERE).units


# ------------------------------------------------------------------------------------------- what we write


def test_states_go_where_poedit_reads_them() -> None:
    text = xliff.XLIFF.serialize(SAMPLE).decode()
    assert re.findall(r'<segment id="s1" state="(\w+)">', text) == ["initial", "translated", "initial", "translated"]
    text = xliff.XLIFF12.serialize(SAMPLE).decode()
    assert re.findall(r'approved="(\w+)"', text) == ["no", "yes", "no", "yes"]
    assert re.findall(r"<target [^>]*>", text) == [
        '<target state="needs-translation" state-qualifier="fuzzy-match">',
        '<target state="translated">',
        '<target state="translated">',
    ]


def test_translators_see_place_draft_and_terms_as_notes() -> None:
    for form in (xliff.XLIFF, xliff.XLIFF12):
        text = form.serialize(SAMPLE).decode()
        assert ">位置：正文 ¶4</note>" in text
        assert ">初稿：翻译记忆 87% pevkur · 0123456789</note>" in text
        assert ">术语：Astana → 阿斯塔纳</note>" in text
        assert "87" in text.partition("match")[2]


def test_emphasis_and_links_are_elements_with_the_same_ids_on_both_sides() -> None:
    for form, name in ((xliff.XLIFF, "pc"), (xliff.XLIFF12, "g")):
        root = etree.fromstring(form.serialize(SAMPLE))
        sides = [next(root.iter(f"{{*}}{side}")) for side in ("source", "target")]
        if form is xliff.XLIFF:
            # The proposal of the memory comes first in the file and has plain text.
            sides = [next(root.iter("{*}segment")).find(f"{{*}}{side}") for side in ("source", "target")]
        found = [[(e.get("id"), "".join(e.itertext())) for e in side.iter(f"{{*}}{name}")] for side in sides]
        assert found == [[("1", "Astana"), ("2", "ended")], [("1", "阿斯塔纳"), ("2", "结束")]]


def test_obsolete_units_are_hidden_from_translators_and_come_back_as_such() -> None:
    for form in (xliff.XLIFF, xliff.XLIFF12):
        data = form.serialize(SAMPLE)
        assert data.count(b'translate="no"') == 2
        assert xliff.parse(data, HERE) == SAMPLE


@given(text=st.text(st.sampled_from("a b*_`[]()\\<&天\n"), max_size=30))
def test_cutting_marks_out_of_any_text_loses_nothing(text: str) -> None:
    assert markers.joined(markers.cut(text)) == text


def test_marks_are_found() -> None:
    found = [
        (span.kind, span.open, span.close) for span in markers.spans(markers.cut("**a *b*** `c*` [d](x) _e_ f_g_h"))
    ]
    assert ("code", "`", "`") in found
    assert ("link", "[", "](x)") in found
    assert ("emphasis", "_", "_") in found
    assert not any(kind == "strong" and "g" in mark for kind, mark, _close in found)
    assert [span.kind for span in markers.spans(markers.cut("**背景：**正文"))] == ["strong"]


# --------------------------------------------------------------------------------------- what comes back


@pytest.mark.parametrize(
    ("segment", "fuzzy"),
    [
        ('<segment state="initial"><source>Yes.</source><target>是</target></segment>', True),
        ('<segment state="translated"><source>Yes.</source><target>是</target></segment>', False),
        (
            '<segment state="translated" subState="poedit:fuzzy"><source>Yes.</source><target>是</target></segment>',
            True,
        ),
        ("<segment><source>Yes.</source><target>是</target></segment>", False),
    ],
)
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_states_of_version_2_are_read_as_poedit_does(segment: str, fuzzy: bool, version: str) -> None:
    (unit,) = units(xliff2(f'<unit id="a">{segment}</unit>', version=version))
    assert (unit.target, unit.fuzzy, unit.line) == ("是", fuzzy, 3)


@pytest.mark.parametrize(
    ("approved", "state", "fuzzy"),
    [
        ("", ' state="needs-translation"', True),
        (' approved="yes"', ' state="needs-l10n"', True),
        ("", ' state="new"', True),
        ("", ' state="needs-review-translation"', True),
        (' approved="no"', ' state="translated"', False),
        (' approved="no"', "", True),
        ("", "", False),
        (' approved="yes"', ' state="final"', False),
    ],
)
def test_states_of_version_1_2(approved: str, state: str, fuzzy: bool) -> None:
    (unit,) = units(
        xliff1(f'<trans-unit id="a"{approved}><source>Yes.</source><target{state}>是</target></trans-unit>')
    )
    assert unit.fuzzy is fuzzy


def test_an_edit_in_poedit_takes_only_the_state_along() -> None:
    data = xliff.XLIFF.serialize(SAMPLE).decode()
    edited = data.replace('<segment id="s1" state="initial">', '<segment id="s1" state="translated">', 1)
    first = units(edited.encode())[0]
    assert not first.fuzzy
    assert (first.origin, first.previous, first.comments) == (DRAFT.origin, DRAFT.previous, DRAFT.comments)


def test_foreign_units_with_several_segments_and_codes() -> None:
    first, second = units(
        xliff2(
            '<unit id="u"><originalData><data id="d1">&lt;br/&gt;</data></originalData>'
            '<segment id="x"><source>a<ph id="1" dataRef="d1"/>b</source></segment>'
            "<ignorable><source> </source></ignorable>"
            '<segment><source><mrk id="m" type="term">c</mrk> <pc id="2" type="fmt" subType="xlf:b">d</pc></source>'
            "<target><pc id='2' type='fmt' subType='xlf:b'>丁</pc></target></segment></unit>"
        )
    )
    assert (first.id, first.source) == ("u::x", "a<br/>b")
    assert (second.id, second.source, second.target) == ("u::2", "c **d**", "**丁**")


def test_a_target_without_marks_of_its_own_takes_those_of_the_source() -> None:
    (unit,) = units(
        xliff1(
            '<trans-unit id="1" resname="key"><source><g id="1" equiv-text="[…](x)">a</g><x id="2"/></source>'
            '<target><mrk mtype="seg" mid="0"><g id="1">甲</g></mrk></target><note>n</note></trans-unit>'
        )
    )
    assert (unit.id, unit.source, unit.target, unit.notes) == ("key", "[a](x)", "[甲](x)", ("n",))


def test_names_that_xml_cannot_use_and_equal_ones_are_kept() -> None:
    catalog = Catalog("a", "en", units=(Unit("menu item", "Yes."), Unit("menu item", "No."), Unit("", "Well.")))
    for form in (xliff.XLIFF, xliff.XLIFF12):
        ids = [unit.id for unit in xliff.parse(form.serialize(catalog), HERE).units]
        assert ids == ["menu item", "menu item", "u"]


# ----------------------------------------------------------------------------------------- what is refused

BOMB = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode() + xliff2('<unit id="a"><segment><source>&c;</source></segment></unit>'),
        b'<?xml version="1.0"?>\n<!-- <x> -->\n' + BOMB.encode() + xliff2(""),
        (BOMB + xliff2("").decode()).encode("utf-16"),
        BOMB.encode() + b"<xliff><file>",
        b"<!DOCTYPE xliff SYSTEM 'http://127.0.0.1:9/x.dtd'>" + xliff1(""),
    ],
)
def test_a_doctype_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"tokayev\.xlf: .*DOCTYPE"):
        xliff.parse(data, HERE)


def test_the_word_doctype_in_a_text_is_no_doctype() -> None:
    (unit,) = units(
        xliff2('<unit id="a"><segment><source>&lt;!DOCTYPE &amp;c;<![CDATA[<!DOCTYPE]]></source></segment></unit>')
    )
    assert unit.source == "<!DOCTYPE &c;<!DOCTYPE"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (xliff2('<unit id="a">\n<segment><source>Yes.').partition(b"Yes.")[0], 4, "cut off"),
        (xliff2('<group id="g">' * 400 + "</group>" * 400), 3, "well-formed"),
        (xliff2('<unit id="a"/>\n<unit id="a"/>'), 4, "stands already at line 3"),
        (xliff1('<trans-unit id="a"><source/></trans-unit>\n<trans-unit id="a"><source/></trans-unit>'), 4, "line 3"),
        (xliff2("<unit/>"), 3, "no id"),
        (xliff2("", root='srcLang="en"'), 1, "from which language into which"),
        (xliff2("", version="3.0"), 1, "not XLIFF 1.2"),
        (b"<html/>", 1, "not XLIFF"),
    ],
)
def test_broken_files_are_refused_with_the_line(data: bytes, line: int, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        xliff.parse(data, HERE)
    assert caught.value.where == f"tokayev.xlf:{line}"


def test_two_language_pairs_in_one_file_are_refused() -> None:
    data = (
        xliff1("")
        .decode()
        .replace("</file>", '</file><file original="b" source-language="ru" target-language="zh-CN"/>')
    )
    with pytest.raises(FormatError, match="several pairs"):
        xliff.parse(data.encode(), HERE)


def test_a_gettext_locale_is_understood_as_a_language() -> None:
    assert xliff.parse(xliff2("", root='srcLang="en_GB" trgLang="zh_CN"'), HERE).target_language == "zh-CN"


# ----------------------------------------------------------------------------------------------- the judge


@cache
def schema(name: str) -> etree.XMLSchema:
    """An OASIS schema from the folder that COMPILER_FLOW_XSD names (Debian's php-symfony-translation has them)."""
    folder = os.environ.get("COMPILER_FLOW_XSD")
    if not folder:
        message = "COMPILER_FLOW_XSD names no folder with the XLIFF schemas"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    place = next(Path(folder).rglob(name)).resolve()
    # The schemas fetch xml.xsd from the web; it lies beside them.
    text = re.sub(r'schemaLocation="[^"]*xml\.xsd"', 'schemaLocation="xml.xsd"', place.read_text(encoding="utf-8"))
    return etree.XMLSchema(etree.fromstring(text.encode(), base_url=place.as_uri()))


@pytest.mark.clients
@pytest.mark.parametrize(
    ("form", "name"),
    [(xliff.XLIFF, "xliff-core-2.0.xsd"), (xliff.XLIFF12, "xliff-core-1.2-strict.xsd")],
    ids=["2.0", "1.2"],
)
@settings(PROPERTY, max_examples=40)
@given(catalog=catalogs())
def test_files_are_valid_against_the_oasis_schemas(form, name: str, catalog: Catalog) -> None:  # type: ignore[no-untyped-def]
    schema(name).assertValid(etree.fromstring(form.serialize(catalog)))
    schema(name).assertValid(etree.fromstring(form.serialize(SAMPLE)))
