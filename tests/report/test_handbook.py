"""The page of all checks, and that the committed one is the one the checks make."""

from __future__ import annotations

from pathlib import Path

import pytest
import report_samples as samples

from compiler_flow.checks import CHECKS
from compiler_flow.cli import invoke
from compiler_flow.flow import reporting
from compiler_flow.report import Rule
from compiler_flow.report.handbook import handbook

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_committed_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reporting.page_of_checks(), "Run: make docs"


def test_lists_every_check_with_its_own_words() -> None:
    page = reporting.page_of_checks()
    for name in CHECKS:
        assert f"| [{name}](#{name}) |" in page
        assert f"\n## {name}\n" in page


def test_examples_stand_as_they_are_with_glossary_and_fix() -> None:
    page = handbook([samples.NUMBER])
    assert "```text\nthree billion\n30亿\n```" in page
    assert "```text\n[billion → 十亿]\nthree billion\n3亿\n→ 30亿\n```" in page


def test_words_of_a_check_are_no_markup_but_for_their_code() -> None:
    rule = Rule("x", samples.NUMBER.severity, "unit", "a | b", "Not <b>*bold*</b>, but `免检 *: x`.")
    page = handbook([rule])
    assert "| a \\| b |" in page
    assert "Not \\<b>\\*bold\\*\\</b>, but `免检 *: x`." in page


def test_explain_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["explain", "--all"]) == 0
    assert capsys.readouterr().out == reporting.page_of_checks()


def test_explain_prints_one_check_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["explain", "term-missing"]) == 0
    shown = capsys.readouterr().out
    assert CHECKS["term-missing"].summary in shown
    assert "  [Ruse → 鲁塞]\n  [Brussels → 布鲁塞尔]\n  He went from Ruse to Brussels.\n  他前往布鲁塞尔。\n" in shown
