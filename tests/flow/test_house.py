"""The house's own switches and rules, from a workspace's files to findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler_flow import project
from compiler_flow.errors import FormatError
from compiler_flow.flow import house
from compiler_flow.flow.checking import check
from compiler_flow.model import Finding, HouseRule, Severity

ROOT = Path(__file__).parents[2]


def workspace(root: Path, rules: str = "", settings: str = "") -> project.Workspace:
    (root / "rules").mkdir(exist_ok=True)
    (root / "rules" / "own.toml").write_text(rules, encoding="utf-8")
    (root / project.SETTINGS_FILE).write_text(settings, encoding="utf-8")
    return project.open_workspace(root)


def findings(root: Path, target: str) -> tuple[Finding, ...]:
    (root / "a.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "They met in 2024."\nmsgstr "{target}"\n',
        encoding="utf-8",
    )
    return check([root / "a.po"], only=["house-rule", "space-policy"]).findings


def test_a_rule_of_the_workspace_finds_its_pattern(tmp_path: Path) -> None:
    workspace(tmp_path, '[[rule]]\npattern = "会[晤谈]"\nmessage = "写“会见”。"\nseverity = "error"\nfix = "会见"\n')
    (finding,) = findings(tmp_path, "他们会晤。")
    assert (finding.severity, finding.span, finding.fix) == (Severity.ERROR, (2, 4), "会见")
    assert finding.message == "写“会见”。"


def test_rules_keep_the_order_of_files_and_lines(tmp_path: Path) -> None:
    house_of = workspace(
        tmp_path, '# own\n[[rule]]\npattern = "a"\nmessage = "A"\n\n[[rule]]\npattern = "b"\nmessage = "B"'
    )
    (tmp_path / "rules" / "first.toml").write_text('rule = [{pattern = "f", message = "F"}]', encoding="utf-8")
    (tmp_path / "rules" / "notes.txt").write_text("no rules", encoding="utf-8")
    found = house.rules(house_of)
    assert found == (HouseRule("f", "F"), HouseRule("a", "A"), HouseRule("b", "B"))
    assert [(Path(rule.path).name, rule.line) for rule in found] == [
        ("first.toml", 0),
        ("own.toml", 2),
        ("own.toml", 6),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[[rule]]\npattern = "a"\nmessage = ', 3, "not valid TOML"),
        ('\n[[rule]]\npattern = "(a"\nmessage = "A"', 2, "no regular expression"),
        ('[[rule]]\npattern = "a*"\nmessage = "A"', 1, "where nothing stands"),
        ('[[rule]]\npattern = "a"', 1, "lacks its message"),
        ('[[rule]]\npatern = "a"\nmessage = "A"', 1, "no key called patern"),
        ('[[rule]]\npattern = 3\nmessage = "A"', 1, "pattern must be a text"),
        ('[[rule]]\npattern = "a"\nmessage = "A"\nexcept_quoted = "no"', 1, "true or false"),
        ('[[rule]]\npattern = "a"\nmessage = "A"\non = "both"', 1, "target, source"),
        ('[[rule]]\npattern = "a"\nmessage = "A"\nseverity = "fatal"', 1, "error, warning, info"),
        ('rules = []', 0, "nothing but"),
        ('rule = "a"', 0, "nothing but"),
    ],
)  # fmt: skip
def test_a_bad_file_of_rules_is_an_error_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        house.rules(workspace(tmp_path, text))
    assert (Path(caught.value.path).name, caught.value.line) == ("own.toml", line)


def test_a_pattern_that_never_ends_is_stopped_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compiler_flow.checks.house_rule._SECONDS", 0.05)
    workspace(tmp_path, "[[rule]]\npattern = '(?:(?:啊|啊啊)+)+。$'\nmessage = 'A'\n")
    with pytest.raises(FormatError, match="takes too long") as caught:
        findings(tmp_path, "啊" * 80)
    assert caught.value.line == 1


def test_the_switch_for_spaces_is_read_from_the_settings(tmp_path: Path) -> None:
    workspace(tmp_path)
    assert [finding.check for finding in findings(tmp_path, "于 2024年会晤。")] == ["space-policy"]
    workspace(tmp_path, settings='[checks]\nspaces = "any"\n')
    assert findings(tmp_path, "于 2024年会晤。") == ()


@pytest.mark.parametrize("settings", ['[checks]\nspaces = "thin"\n', "checks = 3\n"])
def test_a_wrong_switch_is_an_error_that_names_the_settings(tmp_path: Path, settings: str) -> None:
    with pytest.raises(FormatError, match="checks") as caught:
        house.switches(workspace(tmp_path, settings=settings))
    assert Path(caught.value.path).name == project.SETTINGS_FILE


def test_the_sample_rules_are_sound_and_find_nothing_in_the_sample() -> None:
    sample = project.open_workspace(ROOT)
    assert 5 <= len(house.rules(sample)) <= 8
    assert check([ROOT / "projects" / "2024-10-31"], only=["house-rule"]).findings == ()
