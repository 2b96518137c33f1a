"""The case files: one text a line, ``‖`` where it is to be cut (`` ‖ `` where a space stands there)."""

from pathlib import Path

import pytest

from compiler_flow.segment import sentences

CASES = Path(__file__).parent / "cases"
LINES = [
    (path.stem, number, line)
    for path in sorted(CASES.glob("*.txt"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("lang", "number", "line"), LINES, ids=[f"{lang}:{number}" for lang, number, _ in LINES])
def test_a_case_is_cut_as_its_file_says(lang, number, line):
    text = line.replace(" ‖ ", " ").replace("‖", "")
    assert sentences(text, lang) == [part.strip() for part in line.split("‖")]


@pytest.mark.parametrize(
    ("lang", "least"),
    [("en", 60), ("ru", 60), *((lang, 25) for lang in ("lt", "lv", "et", "pl", "ro", "uk", "hy", "az", "kk", "ko"))],
)
def test_there_are_enough_cases(lang, least):
    assert sum(1 for found, _number, _line in LINES if found == lang) >= least
