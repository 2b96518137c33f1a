"""SARIF 2.1.0: what the standard demands of our file, said by hand, and what a code host needs of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import report_samples as samples

from compiler_flow.model import Finding, Severity
from compiler_flow.report import REPORTS, Report


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(REPORTS["sarif"].render(report))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return run


def results(report: Report) -> list[dict[str, Any]]:
    return run_of(report)["results"]


def only(**fields: Any) -> dict[str, Any]:
    finding = Finding("number", Severity.ERROR, "It differs.", "a", "u", **fields)
    (result,) = results(Report((finding,), 1, 1, (samples.NUMBER,)))
    return result


class TestRules:
    def test_say_what_the_checks_say(self) -> None:
        driver = run_of(samples.sample())["tool"]["driver"]
        assert driver["name"] == "compiler-flow"
        assert driver["version"]
        number = driver["rules"][0]
        assert number["id"] == "number"
        assert number["shortDescription"] == {"text": "A number differs."}
        assert number["fullDescription"] == {"text": "Values are compared, not digits."}
        assert "three billion\n3亿" in number["help"]["text"]
        assert number["defaultConfiguration"] == {"level": "error"}

    def test_ids_are_unique_and_texts_are_never_empty(self) -> None:
        rules = run_of(samples.sample())["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        assert all(rule[part]["text"] for rule in rules for part in ("shortDescription", "fullDescription", "help"))

    def test_results_point_to_their_rule(self) -> None:
        run = run_of(samples.sample())
        known = [result for result in run["results"] if "ruleIndex" in result]
        assert len(known) == len(run["results"]) - 1  # "credits" is nobody's rule here
        for result in known:
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


class TestResults:
    def test_there_is_one_for_every_finding_also_the_waived(self) -> None:
        report = samples.sample()
        assert [result["ruleId"] for result in results(report)] == [finding.check for finding in report.findings]

    def test_remarks_are_notes(self) -> None:
        levels = {result["level"] for result in results(samples.sample())}
        assert levels == {"error", "warning", "note"}

    def test_every_message_has_a_text_with_the_fix(self) -> None:
        report = samples.sample()
        for finding, result in zip(report.findings, results(report), strict=True):
            assert result["message"]["text"].startswith(finding.message)
            assert finding.fix in result["message"]["text"]

    def test_point_to_the_line_of_the_file(self) -> None:
        (place,) = results(samples.sample())[1]["locations"]
        assert place["physicalLocation"] == {
            "artifactLocation": {"uri": samples.ESTONIA, "uriBaseId": "SRCROOT"},
            "region": {"startLine": 11},
        }
        assert place["logicalLocations"] == [{"name": "u1", "fullyQualifiedName": "ee-plan/u1"}]

    def test_an_unknown_line_is_left_out_because_lines_start_at_one(self) -> None:
        (place,) = only(path="a.po")["locations"]
        assert place["physicalLocation"] == {"artifactLocation": {"uri": "a.po", "uriBaseId": "SRCROOT"}}

    @pytest.mark.parametrize(
        ("path", "uri", "is_below"),
        [
            ("projects/号 1/a%b#.po", "projects/%E5%8F%B7%201/a%25b%23.po", True),
            ("../x.po", "../x.po", False),
            ("a:b.po", "a%3Ab.po", True),
            ("/home/me/a b.po", "file:///home/me/a%20b.po", False),
            ("C:/Users/我/a.po", "file:///C:/Users/%E6%88%91/a.po", False),
            ("//server/share/a.po", "file://server/share/a.po", False),
        ],
    )
    def test_paths_are_uri_references_and_those_below_the_root_say_so(
        self, path: str, uri: str, is_below: bool
    ) -> None:
        place = only(path=path)["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place == ({"uri": uri, "uriBaseId": "SRCROOT"} if is_below else {"uri": uri})
        assert "SRCROOT" in run_of(samples.sample())["originalUriBaseIds"]

    def test_a_file_name_that_is_no_unicode_still_gives_a_file(self) -> None:
        assert only(path="bad\udc80.po")["locations"]


class TestWaivers:
    def test_are_suppressions_with_the_reason(self) -> None:
        suppressed = [result for result in results(samples.sample()) if result["suppressions"]]
        (waived,) = suppressed
        assert waived["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "原文如此"}]

    def test_all_results_say_whether_they_are_suppressed(self) -> None:
        assert all("suppressions" in result for result in results(samples.sample()))


class TestFingerprints:
    def test_tell_all_findings_apart_also_two_of_one_check_in_one_unit(self) -> None:
        prints = [result["partialFingerprints"]["unitAndCheck/v1"] for result in results(samples.sample())]
        assert len(set(prints)) == len(prints)
        assert all(prints)

    def test_stay_when_the_file_moves_lines_shift_or_messages_are_in_another_language(self) -> None:
        report = samples.sample()
        moved = tuple(
            replace(finding, path="elsewhere.po", line=finding.line + 3, message="别的话")
            for finding in report.findings
        )
        again = replace(report, findings=moved)
        assert [result["partialFingerprints"] for result in results(again)] == [
            result["partialFingerprints"] for result in results(report)
        ]


def test_hostile_fields_come_back_as_they_were() -> None:
    report = samples.hostile()
    assert results(report)[0]["properties"]["source"] == samples.HOSTILE


def test_a_run_that_could_not_read_an_article_was_no_success() -> None:
    assert "invocations" not in run_of(samples.sample())
    (invocation,) = run_of(replace(samples.sample(), troubles=("a.po:3: no PO",)))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == ["a.po:3: no PO"]
