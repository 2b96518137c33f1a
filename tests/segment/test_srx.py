"""The rules as SRX: what they can say they say, and what they cannot is written down, case by case."""

from pathlib import Path

import case_files
import pytest
from srx_cutter import SrxCutter

from compiler_flow.segment import srx

# Cases that SRX cannot express or our rules do not: one a line, as in the case files.
DIFFERENT = {
    line
    for line in (Path(__file__).parent / "srx_differs.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
ALL = srx.serialize()


def line(case):
    return " ‖ ".join(case.sentences)


@pytest.mark.parametrize("lang", sorted({case.language for case in case_files.read("cases")}))
def test_the_srx_rules_cut_the_cases_as_we_do_except_the_known_ones(lang):
    cutter = SrxCutter(ALL, lang)
    cases = case_files.read("cases", lang)
    wrong = {line(case) for case in cases if tuple(cutter(case.text)) != case.sentences}
    assert wrong == {line(case) for case in cases} & DIFFERENT


def test_the_known_exceptions_are_cases_and_few():
    lines = {line(case) for case in case_files.read("cases")}
    assert lines >= DIFFERENT
    assert len(DIFFERENT) <= len(lines) * 0.03


@pytest.mark.parametrize("tag", ["en", "EN-US", "en_GB", "ru-RU", "xx", "eng"])
def test_a_tag_finds_its_rules_whatever_its_case(tag):
    known = tag[:2].lower() if tag[:2].lower() in {"en", "ru"} and len(tag) != 3 else ""
    assert len(SrxCutter(ALL, tag)._rules) == len(srx.rules(known))
