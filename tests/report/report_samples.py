"""Reports that the tests of this folder share; every name in them is made up."""

from __future__ import annotations

from compiler_flow.model import Finding, Severity
from compiler_flow.report import Offer, Report, Rule, Sample

ESTONIA = "projects/44/ee-plan/zh_CN.po"
ROMANIA = "projects/44/ro-law/zh_CN.po"
HOSTILE = (
    "</script></style></title></textarea></select><script>window.canary=1</script>"
    "<img src=x onerror=window.canary=2><svg onload=window.canary=3> \"' onmouseover=window.canary=4 data-en=x "
    "<a href=javascript:window.canary=5>x</a> <iframe srcdoc='<script>parent.canary=6</script>'> &lt;b&gt; -->"
    "<!-- ]]> \u202e\u2066 \x00\x1b {{7*7}} <base href=//x.example> <meta http-equiv=refresh content=0>"
)

NUMBER = Rule(
    "number",
    Severity.ERROR,
    "unit",
    "A number differs.",
    "Values are compared, not digits.",
    good=(Sample((("three billion", "30亿"),)),),
    bad=(Sample((("three billion", "3亿"),), ("billion → 十亿",), fix="30亿"),),
)
TERM = Rule("term-missing", Severity.ERROR, "unit", "A term is missing.", "Each term must be rendered.")
COUNT = Rule("term-count", Severity.INFO, "unit", "A term is rendered less often.", "This is a remark.")
QUIET = Rule("repeated-word", Severity.WARNING, "unit", "A word stands twice.", "It was typed twice.")

PLAN = "Hanno Pevkur signed a plan worth 3 billion euros in Tallinn."
PLAN_ZH = "佩夫库尔签署价值3亿欧元的计划。"


def sample() -> Report:
    """Two articles of two compilers each, all severities, one waived finding, one about an article as a whole."""
    wrong = Finding("number", Severity.ERROR, "The values differ.", "ee-plan", "u1", PLAN, PLAN_ZH, (9, 11), fix="30亿")
    findings = (
        Finding("credits", Severity.WARNING, "No reviewer is named.", "ee-plan"),
        wrong,
        Finding(
            "term-missing", Severity.ERROR, "“Tallinn” is missing.", "ee-plan", "u1", PLAN, PLAN_ZH, (52, 59), "source"
        ),
        Finding(
            "term-missing", Severity.ERROR, "“euro” is missing.", "ee-plan", "u1", PLAN, PLAN_ZH, (43, 48), "source"
        ),
        Finding("number", Severity.WARNING, "12 is missing.", "ee-plan", "u2", "12 men", "人", waived="原文如此"),
    )
    romanian = (
        Finding("term-count", Severity.INFO, "Once instead of twice.", "ro-law", "u9", "Legea și legea", "法律。"),
        Finding(
            "number", Severity.ERROR, "The values differ.", "ro-law", "u9", "două legi", "3项法律", (0, 1), fix="2"
        ),
    )
    placed = [_at(finding, ESTONIA, 10 + index) for index, finding in enumerate(findings)]
    placed += [_at(finding, ROMANIA, 20 + index) for index, finding in enumerate(romanian)]
    return Report(
        tuple(placed),
        files=3,
        units=40,
        rules=(NUMBER, TERM, COUNT, QUIET),
        people={ESTONIA: ("张三", "李四"), ROMANIA: ("李四",)},
        languages={ESTONIA: ("en", "zh-CN"), ROMANIA: ("ro", "zh-CN")},
    )


def hostile() -> Report:
    """Every field that a person, an article or a file can fill holds markup that would run or break out."""
    path = HOSTILE.replace("\x00", "")
    finding = Finding(
        HOSTILE, Severity.ERROR, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (60, 300), fix=HOSTILE, path=path, line=1
    )
    waived = Finding("number", Severity.ERROR, HOSTILE, HOSTILE, "u", HOSTILE, HOSTILE, waived=HOSTILE, path=path)
    rule = Rule(HOSTILE, Severity.ERROR, "unit", HOSTILE, HOSTILE)
    return Report((finding, waived), 1, 1, (rule,), people={path: (HOSTILE,)}, languages={path: (HOSTILE, HOSTILE)})


def _at(finding: Finding, path: str, line: int) -> Finding:
    from dataclasses import replace

    return replace(finding, path=path, line=0 if finding.check == "credits" else line)


def unknown_name() -> Report:
    """One finding about a name without entry, with what is offered for it."""
    finding = Finding(
        "name-unknown",
        Severity.INFO,
        "No glossary entry covers “Zofia Wilk”.",
        "ee-plan",
        "u1",
        "Zofia Wilk came.",
        "她来了。",
        (0, 10),
        side="source",
        path=ESTONIA,
    )
    offer = Offer("Zofia Wilk,佐菲娅·维尔克,person,,,,,,<i>待核</i>", (("佐菲娅·维尔克", "波兰语译音表"),))
    return Report((finding,), 1, 1, offers={(ESTONIA, "Zofia Wilk"): offer})
