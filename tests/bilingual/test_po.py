"""PO files of all kinds: ours, foreign ones, odd ones, broken ones; judged by gettext and polib."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polib
import pytest
from bilingual_catalogs import PROPERTY, catalogs, gettext_tool
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler_flow.bilingual import po, remarks
from compiler_flow.errors import FormatError
from compiler_flow.model import BlockKind, Catalog, Origin, OriginKind, Role, Spot, TermNote, Unit

HERE = Path("tokayev.po")
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FULL = Unit(
    id="0f3a9c1b2d",
    source="Talks in Astana ended.",
    target="会谈结束。",
    fuzzy=True,
    spot=Spot(Role.TEXT, 4),
    origin=Origin(OriginKind.ENGINE, "argos", "en_zh-1.9", digest="0123456789", note="数字不同"),
    terms=(TermNote("Astana", "阿斯塔纳"),),
    comments=("问过作者",),
    notes=("foreign note",),
    references=("source.md:12",),
    previous="Talks ended.",
)


def parse(text: str) -> Catalog:
    return po.parse(text.encode(), HERE)


def one(text: str) -> Unit:
    (unit,) = parse(HEADER + text).units
    return unit


def test_a_unit_looks_as_translators_are_told() -> None:
    text = po.serialize(Catalog("tokayev", "en", units=(FULL,), headers=(("X-Compiler", "张三"),))).decode()
    assert text == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: tokayev\\n"\n'
        '"POT-Creation-Date: \\n"\n'
        '"PO-Revision-Date: \\n"\n'
        '"Last-Translator: \\n"\n'
        '"Language-Team: \\n"\n'
        '"Language: zh_CN\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
        '"X-Article: tokayev\\n"\n'
        '"X-Compiler: 张三\\n"\n'
        '"X-Generator: compiler-flow\\n"\n'
        '"X-Source-Language: en\\n"\n'
        "\n"
        "# 问过作者\n"
        "#. 位置：正文 ¶4\n"
        "#. 初稿：机器翻译 argos en_zh-1.9 · 0123456789 · 注意：数字不同\n"
        "#. 术语：Astana → 阿斯塔纳\n"
        "#. foreign note\n"
        "#: source.md:12\n"
        "#, fuzzy\n"
        '#| msgid "Talks ended."\n'
        'msgctxt "0f3a9c1b2d"\n'
        'msgid "Talks in Astana ended."\n'
        'msgstr "会谈结束。"\n'
    )


@pytest.mark.parametrize(
    ("spot", "line"),
    [
        (Spot(Role.TITLE), "位置：题名"),
        (Spot(Role.AUTHOR), "位置：作者"),
        (Spot(Role.AUTHOR_ROLE), "位置：作者身份"),
        (Spot(Role.SITE), "位置：网站"),
        (Spot(Role.HEADING, 3, BlockKind.HEADING, 2), "位置：小标题 ¶3 h2"),
        (Spot(Role.LABEL, 4), "位置：段首标题 ¶4"),
        (Spot(Role.TEXT, 5, BlockKind.QUOTE), "位置：引文 ¶5"),
        (Spot(Role.TEXT, 6, BlockKind.ITEM, 1, "-"), "位置：列表项 ¶6 1 -"),
        (Spot(Role.LABEL, 6, BlockKind.ITEM, 2, "1."), "位置：列表项段首标题 ¶6 2 1."),
    ],
)
def test_places_are_told_in_a_fixed_shape(spot: Spot, line: str) -> None:
    unit = dataclasses.replace(FULL, spot=spot)
    data = po.serialize(Catalog("a", "en", units=(unit,)))
    assert f"#. {line}\n" in data.decode()
    assert po.parse(data, HERE).units[0].spot == spot


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (Origin(OriginKind.ENGINE, "echo", digest="0123456789"), "初稿：机器翻译 echo · 0123456789"),
        (
            Origin(OriginKind.MEMORY, "pevkur", score=87, digest="0123456789"),
            "初稿：翻译记忆 87% pevkur · 0123456789",
        ),
        (Origin(OriginKind.CHANGED, digest="0123456789"), "初稿：原文有改动 · 0123456789"),
    ],
)
def test_drafts_tell_where_they_came_from(origin: Origin, line: str) -> None:
    data = po.serialize(Catalog("a", "en", units=(dataclasses.replace(FULL, origin=origin),)))
    assert f"#. {line}\n" in data.decode()
    assert po.parse(data, HERE).units[0].origin == origin


# --------------------------------------------------------------------------------------------- foreign files


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("UTF-8", "GB18030").encode("gb18030"),
        lambda text: text.replace("UTF-8", "GB2312").encode("gb18030"),
        lambda text: text.replace("UTF-8", "CHARSET").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
    ids=["bom", "utf-16", "gb18030", "gb2312", "charset", "crlf"],
)
def test_encodings_and_line_ends(spell) -> None:  # type: ignore[no-untyped-def]
    text = HEADER + 'msgctxt "a"\nmsgid "Yes."\nmsgstr "米尔济约耶夫说，是的。"\n'
    (unit,) = po.parse(spell(text), HERE).units
    assert (unit.source, unit.target, unit.line) == ("Yes.", "米尔济约耶夫说，是的。", 6)


def test_a_foreign_file_stays_without_contexts() -> None:
    text = (
        HEADER
        + 'msgid "Yes."\nmsgstr "是"\n\nmsgid "Yes. "\nmsgstr "是。"\n\nmsgctxt "menu"\nmsgid "Yes."\nmsgstr ""\n'
    )
    catalog = parse(text)
    first, second, third = catalog.units
    assert catalog.article == "tokayev"
    assert catalog.source_language == "en"
    assert second.id == f"{first.id}.2"
    assert (first.anonymous, second.anonymous, third.anonymous) == (True, True, False)
    assert third.id == "menu"
    written = po.serialize(catalog).decode()
    assert written.count("msgctxt") == 1
    assert po.parse(written.encode(), HERE) == catalog


def test_plural_entries_are_kept() -> None:
    text = '#, c-format\nmsgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d天"\nmsgstr[1] "%d 天"\n'
    unit = one(text)
    assert (unit.target, unit.plural, unit.flags) == ("%d天", ("%d days", "%d天", "%d 天"), ("c-format",))
    changed = dataclasses.replace(unit, target="%d日")
    assert po.serialize(Catalog("a", "en", units=(changed,))).decode().endswith(text.replace('0] "%d天', '0] "%d日'))


def test_obsolete_entries_keep_all_they_had() -> None:
    text = (
        '# 张三的话\n#. 术语：Astana → 阿斯塔纳\n#: source.md:3\n#, fuzzy\n#~| msgid "old"\n'
        '#~ msgctxt "a"\n#~ msgid ""\n#~ "one\\n"\n#~ "two"\n#~ msgstr "一"\n'
    )
    catalog = parse(HEADER + text)
    (unit,) = catalog.obsolete
    assert not catalog.units
    assert (unit.source, unit.target, unit.previous, unit.fuzzy) == ("one\ntwo", "一", "old", True)
    assert (unit.comments, unit.references, unit.line) == (("张三的话",), ("source.md:3",), 11)
    assert po.serialize(catalog).decode().endswith("\n\n" + text)


def test_comments_with_foreign_markers_become_translators_comments_as_in_poedit() -> None:
    unit = one('#@ draft\n#= state\n#x\n##y\n#.note\n#:a.md:3\n#,fuzzy,odd-flag\nmsgid "Yes."\nmsgstr "是"\n')
    assert unit.comments == ("@ draft", "= state", "x", "#y")
    assert (unit.notes, unit.references, unit.fuzzy, unit.flags) == (("note",), ("a.md:3",), True, ())


def test_comments_after_the_last_entry_are_not_thrown_away() -> None:
    assert one('msgid "Yes."\nmsgstr "是"\n\n# 明天再译\n').comments == ("明天再译",)


def test_unknown_headers_are_kept_and_dangerous_ones_are_not() -> None:
    text = (
        '# 本文件由李四翻译\nmsgid ""\nmsgstr ""\n"Last-Translator: 李四\\n"\n"X-Zulu: 1\\n"\n'
        '"X-Poedit-Basepath: ..\\n"\n'
        '"X-Alpha: 2\\n"\n"no colon here\\n"\n"X-Poedit-SearchPath-0: .\\n"\n"Language: zh_CN\\n"\n\n'
        'msgid "Yes."\nmsgstr ""\n'
    )
    catalog = parse(text)
    assert catalog.comment == "本文件由李四翻译"
    assert catalog.headers == (("Last-Translator", "李四"), ("X-Alpha", "2 no colon here"), ("X-Zulu", "1"))
    assert po.parse(po.serialize(catalog), HERE) == catalog


def test_a_file_without_a_header_is_read() -> None:
    catalog = parse('# mine\nmsgid "Yes."\nmsgstr "是"\n')
    assert (catalog.units[0].comments, catalog.units[0].line) == (("mine",), 2)


def test_fuzzy_on_nothing_means_nothing() -> None:
    assert not one('#, fuzzy\nmsgid "Yes."\nmsgstr ""\n').fuzzy
    text = po.serialize(Catalog("a", "en", units=(Unit("a", "Yes.", " ", fuzzy=True),))).decode()
    assert "fuzzy" not in text


def test_escapes_and_wrapped_strings() -> None:
    unit = one('msgid ""\n"a\\t\\"b\\" \\\\n"\n"\\r\\nc\\v\\x41\\101"\nmsgstr "\\\\"\n')
    assert (unit.source, unit.target) == ('a\t"b" \\n\nc\nAA', "\\")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "Yes."\nmsgstr "是\n', 6),
        ('msgid "Yes."\nmsgstr "a"b"\n', 6),
        ('msgid "Yes."\nmsgstr "是"\n\nmsgid "No."\n', 8),
        ('msgid "Yes."\nmsgid "No."\nmsgstr ""\n', 6),
        ('msgstr "是"\n', 5),
        ('# c\n"string"\n', 6),
        ('msgid "Yes."\nmsgstr ""\nhello\n', 7),
        ('msgctxt "a"\nmsgctxt "b"\nmsgid "c"\nmsgstr ""\n', 6),
        ('msgctxt "a"\nmsgid "b"\nmsgstr ""\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n', 10),
        ('msgctxt "a"\nmsgid "b"\nmsgstr ""\n\n#~ msgctxt "a"\n#~ msgid "b"\n#~ msgstr "c"\n', 10),
        ('msgid ""\nmsgstr "second header"\n', 5),
    ],
)
def test_broken_files_are_refused_with_the_line(text: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        parse(HEADER + text)
    assert caught.value.where == f"tokayev.po:{line}"
    assert caught.value.hint


# --------------------------------------------------------------------------------------------- the judges


@PROPERTY
@given(catalog=catalogs())
def test_polib_reads_what_we_mean(catalog: Catalog) -> None:
    judged = polib.pofile(po.serialize(catalog).decode(), wrapwidth=0)
    live = [entry for entry in judged if not entry.obsolete]
    assert [(e.msgctxt, e.msgid, e.fuzzy, e.previous_msgid or "") for e in live] == [
        (unit.id, unit.source, unit.fuzzy, unit.previous) for unit in catalog.units
    ]
    assert [e.msgstr or e.msgstr_plural.get(0, "") for e in live] == [unit.target for unit in catalog.units]
    # polib has its own way with comments that are empty, begin with a comma or end with a backslash.
    units = [dataclasses.replace(unit, comments=(), notes=(), terms=(), origin=None) for unit in catalog.units]
    bare = po.serialize(dataclasses.replace(catalog, units=tuple(units), obsolete=(), comment="")).decode()
    assert str(polib.pofile(bare, wrapwidth=0)).removeprefix("#\n") == bare


@pytest.mark.clients
@settings(PROPERTY, max_examples=30)
@given(catalog=catalogs())
def test_msgcat_changes_nothing_and_msgfmt_has_nothing_to_say(catalog: Catalog, tmp_path: Path) -> None:
    data = po.serialize(catalog)
    if catalog.units or catalog.obsolete:
        assert gettext_tool("msgcat", data, tmp_path, "--no-wrap").decode() == data.decode()
    plain = [dataclasses.replace(unit, flags=(), plural=()) for unit in catalog.units]
    # msgfmt wants both texts to begin and end alike where one has a line feed; that is a check's business.
    units = [
        unit for unit in plain if not any(text[:1] == "\n" or text[-1:] == "\n" for text in (unit.source, unit.target))
    ]
    data = po.serialize(dataclasses.replace(catalog, units=tuple(units), obsolete=()))
    assert gettext_tool("msgfmt", data, tmp_path, "-c", "-o", "/dev/null") == b""


@pytest.mark.clients
@settings(PROPERTY, max_examples=15)
@given(catalog=catalogs())
def test_a_file_wrapped_by_msgcat_reads_the_same(catalog: Catalog, tmp_path: Path) -> None:
    if catalog.units or catalog.obsolete:
        assert po.parse(gettext_tool("msgcat", po.serialize(catalog), tmp_path, "--width=40"), HERE) == catalog


@pytest.mark.clients
def test_msgattrib_sees_the_states_we_mean(tmp_path: Path) -> None:
    done = dataclasses.replace(FULL, id="done", fuzzy=False, previous="")
    empty = dataclasses.replace(FULL, id="empty", target="", fuzzy=False)
    dead = dataclasses.replace(FULL, id="dead")
    data = po.serialize(Catalog("a", "en", units=(FULL, done, empty), obsolete=(dead,)))

    def ids(*options: str) -> list[str]:
        seen = po.parse(gettext_tool("msgattrib", data, tmp_path, "--no-wrap", *options), HERE)
        return [unit.id for unit in (*seen.units, *seen.obsolete)]

    assert ids("--only-fuzzy", "--no-obsolete") == [FULL.id]
    assert ids("--translated", "--no-obsolete", "--no-fuzzy") == ["done"]
    assert ids("--untranslated", "--no-obsolete") == ["empty"]
    assert ids("--only-obsolete") == ["dead"]


PIECES = (
    *(
        "位置：",
        "初稿：",
        "术语：",
        "译名建议：",
        "（",
        "）",
        "正文",
        "小标题",
        "列表项",
        " ¶3",
        " h2",
        " 1 -",
        " → ",
        "Ruse",
        "鲁塞",
        " ",
        "  ",
        " · ",
    ),
    *("机器翻译", " argos", " en_zh 1.0", "翻译记忆 87%", "原文有改动", "0123456789", " · 注意："),
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=4))
def test_what_people_type_into_our_lines_is_read_the_same_after_it_was_written(lines: list[str]) -> None:
    found = remarks.read(lines)
    written = remarks.write(found.spot, found.origin, found.terms, found.names, found.notes)
    assert remarks.read(written) == found
