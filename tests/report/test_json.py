"""The published JSON form: other programs depend on every key."""

from __future__ import annotations

import json

import report_samples as samples

from compiler_flow.model import Finding, Severity
from compiler_flow.report import REPORTS, Report

KEYS = [
    "check",
    "severity",
    "path",
    "line",
    "article",
    "unit",
    "message",
    "source",
    "target",
    "span",
    "side",
    "fix",
    "waived",
]


def test_standing_and_waived_are_apart_and_counted() -> None:
    made = json.loads(REPORTS["json"].render(samples.sample()))
    assert list(made) == ["version", "findings", "waived", "summary", "unreadable"]
    assert made["version"] == 1
    assert made["summary"] == {"files": 3, "units": 40, "error": 4, "warning": 1, "info": 1, "waived": 1}
    assert [row["check"] for row in made["waived"]] == ["number"]
    assert not any(row["waived"] for row in made["findings"])
    assert all(list(row) == KEYS for row in made["findings"] + made["waived"])


def test_a_span_is_a_list_or_null() -> None:
    rows = json.loads(REPORTS["json"].render(samples.sample()))["findings"]
    assert rows[0]["span"] is None
    assert rows[1]["span"] == [9, 11]


def test_it_is_utf8_and_a_broken_file_name_is_escaped() -> None:
    finding = Finding("number", Severity.ERROR, "不同", path="bad\udc80.po")
    made = REPORTS["json"].render(Report((finding,), 1, 1))
    assert "不同".encode() in made
    assert json.loads(made)["findings"][0]["path"] == "bad\udc80.po"
