"""Every entry of the table, ours and others': its examples must say what the check does."""

from __future__ import annotations

import pytest
from checks_context import context

from compiler_flow import checks
from compiler_flow.checks.base import Check, Example
from compiler_flow.model import Finding


def found(check: Check, example: Example) -> list[Finding]:
    if check.scope == "issue":
        return list(checks.run_issue(example.issue, example.parts, context(example), only=[check.name]))
    return list(checks.run(example.catalog(), context(example), only=[check.name]))


def cases(kind: str) -> list[object]:
    return [
        pytest.param(check, example, id=f"{name}-{index}")
        for name, check in checks.CHECKS.items()
        for index, example in enumerate(getattr(check, kind))
    ]


@pytest.mark.parametrize(("check", "example"), cases("good"))
def test_good_examples_pass(check: Check, example: Example) -> None:
    assert found(check, example) == []


@pytest.mark.parametrize(("check", "example"), cases("bad"))
def test_bad_examples_are_reported_once(check: Check, example: Example) -> None:
    (finding,) = found(check, example)
    assert finding.check == check.name
    assert finding.message
    if example.fix:
        assert finding.fix == example.fix
    if example.severity:
        assert finding.severity is example.severity
    if finding.span is not None:
        start, end = finding.span
        spot = getattr(finding, finding.side)[start:end]
        assert spot == (example.spot or spot)
        assert spot
    else:
        assert not example.spot


@pytest.mark.parametrize("name", list(checks.CHECKS))
def test_every_check_documents_itself(name: str) -> None:
    check = checks.CHECKS[name]
    assert check.name == name
    assert check.summary.endswith(".")
    assert len(check.explanation) > 60
    assert check.good
    assert check.bad
