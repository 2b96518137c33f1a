"""Every table file, also one that is added tomorrow: it can be read, its worked examples hold, its trust is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import scores

from compiler_flow.names import languages, suggest
from compiler_flow.names.heads import head, place, tags
from compiler_flow.names.table import TableError, load, parse
from compiler_flow.names.transcribe import readings
from compiler_flow.text import is_han

ISSUE = (
    *("et", "lv", "lt", "pl", "ro", "ru", "uk", "be", "hy", "az", "ka", "kk", "uz", "ky"),
    *("tg", "tk", "hu", "fi", "cs", "de", "en", "fr", "es", "it", "tr", "sr", "bg"),
)
EXAMPLES = [
    (language, *example) for language in languages() for example in load(language).examples
]  # every file names its own


def test_every_language_that_was_promised_has_a_table() -> None:
    assert set(ISSUE) <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_file_says_where_it_comes_from_and_shows_how_it_works(language: str) -> None:
    text = place(language).read_text(encoding="utf-8")
    told = [line for line in text.splitlines() if line.startswith("#")]
    assert any("nametochinese" in line or "ru.tsv" in line for line in told), "the source of a table stands in its file"
    assert any("licence" in line and "CC BY-SA" in line for line in told)
    assert load(language).examples
    assert head(language).name.endswith("语")
    assert head(language).countries


@pytest.mark.parametrize(("language", "name", "rendering", "mark"), EXAMPLES)
def test_worked_examples(language: str, name: str, rendering: str, mark: str) -> None:
    assert readings(name, language, woman=bool(mark), surname=mark != "g")[0].text == rendering


@pytest.mark.parametrize("language", languages())
def test_cells_hold_simplified_han_characters_only(language: str) -> None:
    import opencc

    characters = "".join(sorted(load(language).characters))
    assert all(map(is_han, characters))
    assert opencc.OpenCC("t2s").convert(characters) == characters


@pytest.mark.parametrize("language", ISSUE)
def test_how_far_a_table_is_trusted_is_what_it_gets_right(language: str) -> None:
    known = [name for name in scores.read("known") if name.language == language]
    right = scores.by_language(known, scores.WITH_GIVEN)["all"].shares()[0]
    assert load(language).trust == pytest.approx(right, abs=0.011), "write the measured share behind @trust"


def test_related_languages_go_by_one_table() -> None:
    assert {tag: tags()[tag] for tag in ("sk", "hr", "mk")} == {"sk": "cs", "hr": "sr", "mk": "bg"}


TINY = """# a made-up language
@name 测试语
@countries XX
@pre x > k
@fixed ^ka = 喀
@also na$ = 娜
rime\t-\tk\tn
-\t\t克\t恩
a\t阿\t卡\t纳(娜)
an\t安\t坎?\t南
"""


class TestATableFile:
    def test_one_file_is_a_language(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from compiler_flow.names import transcribe

        tiny = parse(TINY, "xx")
        monkeypatch.setattr(transcribe, "load", lambda _language: tiny)
        read = transcribe.readings.__wrapped__
        assert read("xana", "xx")[0].text == "喀纳"
        assert [one.text for one in read("ana", "xx")] == ["阿纳", "阿娜", "安纳"]
        assert read("nan", "xx")[0].text == "南"
        assert read("nkan", "xx")[0].doubt

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("@spell a > b", "xx.tsv:1: @spell"),
            ("a row without cells", "xx.tsv:1: a row"),
            ("rime\t-\tk\na\t阿\t卡\t纳", "xx.tsv:2: 4 cells under 3 heads"),
            ("@pre a( > b\nrime\t-\na\t阿", "a( > b: missing )"),
        ],
    )
    def test_a_line_that_means_nothing_is_named(self, line: str, told: str) -> None:
        with pytest.raises(TableError, match=re.escape(told)):
            parse(line, "xx")

    def test_cells_or_another_table_are_needed(self) -> None:
        with pytest.raises(TableError, match="no cells"):
            parse("@name 测试语", "xx")


def test_the_swedish_table_was_added_as_one_file() -> None:
    (best, *_others) = suggest("Peter Hultqvist", language="sv").proposals
    assert best.target.endswith("·胡尔特奎斯特")
    assert best.source == "table:sv"


def test_the_example_for_linguists_is_a_table_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    from compiler_flow.names import transcribe

    page = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    printed = page.partition("```tsv\n")[2].partition("```")[0]
    made = parse(printed, "xx")
    monkeypatch.setattr(transcribe, "load", lambda _language: made)
    for name, rendering, mark in made.examples:
        assert transcribe.readings.__wrapped__(name, "xx", woman=bool(mark))[0].text == rendering
    assert [one.text for one in transcribe.readings.__wrapped__("kana", "xx")] == ["卡纳", "喀纳", "坎纳"]
