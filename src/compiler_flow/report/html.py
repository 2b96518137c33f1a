"""The report for people: one HTML file that needs nothing else, and a plain list where scripts are off.

Chinese first; ``data-en`` holds the English of every word of the page itself, and the script swaps them. Everything
from an article goes through ``markup.element``, filters know findings by number and never by text, and the policy in
the head lets nothing run or load but the one script and the one style whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import PurePosixPath

from compiler_flow.markup import Markup, element, void
from compiler_flow.model import Finding, Severity
from compiler_flow.report.base import Form, Offer, Report, Rule

_WAIVED = "waived"
_KINDS: dict[str, tuple[str, str]] = {
    Severity.ERROR: ("错误", "Error"),
    Severity.WARNING: ("警告", "Warning"),
    Severity.INFO: ("提示", "Remark"),
    _WAIVED: ("免检", "Waived"),
}


class _Facet:
    """The values a filter offers, numbered as they come, with how many findings have each."""

    def __init__(self, values: Iterable[str]) -> None:
        self.counts = Counter(values)
        self._numbers = {value: str(number) for number, value in enumerate(self.counts)}

    def __getitem__(self, value: str) -> str:
        """The number of a value."""
        return self._numbers[value]


class _Page:
    """The findings as markup, and what the filters offer."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.labels = _labels(report)
        self.checks = _Facet(finding.check for finding in report.findings)
        self.articles = _Facet(finding.path for finding in report.findings)
        self.people = _Facet(name for finding in report.findings for name in self._people(finding))
        self.known = frozenset(rule.name for rule in report.rules)
        standing: dict[str, list[Markup]] = {}
        for finding in report.standing:
            standing.setdefault(finding.path, []).append(self._finding(finding))
        self.sections = [self._section(path, made) for path, made in standing.items()]
        self.waived = [self._finding(finding) for finding in report.waived]

    def _people(self, finding: Finding) -> tuple[str, ...]:
        return self.report.people.get(finding.path, ()) or ("",)

    def _section(self, path: str, findings: list[Markup]) -> Markup:
        heading = element("h2", self.labels[path], dir="auto")
        people = self.report.people.get(path, ())
        by = (*_say("编译：", "Compiled by "), element("bdi", "、".join(people)), " · ") if people else ()
        where = element("p", *by, element("code", path), class_="where")
        return element("section", heading, where, *findings, lines=True, class_="file")

    def _finding(self, finding: Finding) -> Markup:
        kind = _WAIVED if finding.waived else str(finding.severity)
        return element(
            "article",
            *self._parts(finding),
            lines=True,
            class_=f"finding {finding.severity}",
            data_kind=kind,
            data_check=self.checks[finding.check],
            data_article=self.articles[finding.path],
            data_people=" ".join(self.people[name] for name in self._people(finding)),
        )

    def _parts(self, finding: Finding) -> Iterator[Markup]:
        yield self._head(finding)
        yield element("p", finding.message, class_="message words", dir="auto")
        if finding.source or finding.target:
            source, target = self.report.languages.get(finding.path, ("", "zh-CN"))
            yield element(
                "div",
                _side("原文", "Source", "source", _marked(finding, "source"), source),
                _side("译文", "Translation", "target", _marked(finding, "target"), target),
                lines=True,
                class_="pair",
            )
        if finding.fix:
            yield element("p", *_label("建议", "Fix"), *_mended(finding), class_="fix", dir="auto")
        offer = self.report.offers.get((finding.path, _name_in(finding)))
        if offer:
            yield _offered(offer)
        if finding.waived:
            reason = element("span", finding.waived, class_="words")
            yield element("p", *_label("免检理由", "Waived because"), reason, class_="reason", dir="auto")

    def _head(self, finding: Finding) -> Markup:
        chinese, english = _KINDS[finding.severity]
        pieces: list[str] = [element("b", chinese, class_="level", data_en=english)]
        check = element("code", finding.check, class_="words")
        href = f"#check-{self.checks[finding.check]}"
        pieces.append(element("a", check, href=href, class_="check") if finding.check in self.known else check)
        if finding.waived:
            pieces.append(element("bdi", self.labels[finding.path], class_="of"))
        if finding.line:
            line = f"第 {finding.line} 行", f"line {finding.line}"
            pieces.append(element("span", line[0], data_en=line[1], class_="line", title=finding.path))
        return element("p", *_spaced(pieces), class_="head")


def _render(report: Report) -> bytes:
    page = _Page(report)
    style, script = _own("page.css"), _own("page.js")
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        element("title", "检查报告", data_en="Check report"),
        element("style", style),
        lines=True,
    )
    body = element("body", *_body(page), element("script", script), lines=True)
    # The page begins in the language of its messages, where it can: the script turns it over.
    first = "en" if report.english else ""
    return f"<!DOCTYPE html>\n{element('html', head, body, lines=True, lang='zh-CN', data_first=first)}\n".encode()


HTML = Form("html", ".html", "one self-contained page to read, filter and print", _render)


def _own(name: str) -> Markup:
    """A file of this folder; line ends are ``\\n`` on every system, or the hash would be of another text."""
    return Markup(files("compiler_flow.report").joinpath(name).read_text(encoding="utf-8"))


def _policy(style: str, script: str) -> str:
    """Content Security Policy Level 3: what is not named here neither runs nor loads."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# ------------------------------------------------------------------------------------------------ page


def _body(page: _Page) -> Iterator[Markup]:
    report = page.report
    button = element("button", "English", type="button", id="language", data_en="中文", lang="en", hidden="hidden")
    heading = element("h1", "检查报告", data_en="Check report")
    title = element("div", heading, button, class_="title")
    yield element("header", title, _summary(report), *map(_trouble, report.troubles), lines=True)
    if report.findings:
        yield _filters(page)
    nothing = element("p", "没有发现问题。", data_en="Nothing was found.", class_="nothing")
    none = element("p", "没有符合条件的条目。", data_en="Nothing matches the filters.", id="none", hidden="hidden")
    yield element("main", *(page.sections or [nothing]), none, *_waived(page), lines=True)
    yield from _rules(page)


def _summary(report: Report) -> Markup:
    counts = [*report.counts().values(), len(report.waived)]
    chinese = "，".join(f"{_KINDS[kind][0]}\N{NO-BREAK SPACE}{n}" for kind, n in zip(_KINDS, counts, strict=True))
    english = ", ".join(_plural(n, one) for one, n in zip(("error", "warning", "remark"), counts[:3], strict=True)) + (
        f", {counts[3]} waived"
    )
    return element(
        "p",
        f"检查了 {report.files} 个文件、{report.units} 个单元：{chinese}。",
        data_en=f"{_plural(report.files, 'file')}, {_plural(report.units, 'unit')} checked: {english}.",
        class_="summary",
    )


def _trouble(line: str) -> Markup:
    label = element("b", "未检查：", data_en="Not checked: ")
    return element("p", label, element("span", line, class_="words"), class_="summary", dir="auto")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _waived(page: _Page) -> Iterator[Markup]:
    if page.waived:
        heading = element("h2", "免检条目", data_en="Waived findings")
        chinese = "以下条目在文件中写明理由后免检，不计入上面的数目。"
        english = "These were waived with a reason by a comment in the file, and are counted apart."
        why = element("p", chinese, data_en=english, class_="where")
        yield element("section", heading, why, *page.waived, lines=True, class_="file waived")


def _rules(page: _Page) -> Iterator[Markup]:
    """What the checks that found something say about themselves."""
    told = [rule for rule in page.report.rules if rule.name in page.checks.counts]
    if told:
        heading = element("h2", "检查说明", data_en="What the checks want")
        yield element("section", heading, *(_rule(page, rule) for rule in told), lines=True, class_="rules")


def _rule(page: _Page, rule: Rule) -> Markup:
    return element(
        "div",
        element("h3", element("code", rule.name)),
        element("p", rule.summary, class_="message", dir="auto"),
        element("p", rule.explanation, dir="auto"),
        lines=True,
        id=f"check-{page.checks[rule.name]}",
    )


# --------------------------------------------------------------------------------------------- filters


def _filters(page: _Page) -> Markup:
    report = page.report
    counts = {str(severity): number for severity, number in report.counts().items()} | {_WAIVED: len(report.waived)}
    boxes = [_box(kind, number) for kind, number in counts.items() if number]
    legend = element("legend", "程度", data_en="Severity")
    shown = element("p", *_say("显示：", "Shown: "), element("output", id="shown"), class_="shown")
    return element(
        "form",
        element(
            "label", *_label("搜索", "Search"), void("input", type="search", name="words", id="words"), class_="search"
        ),
        element("fieldset", legend, *boxes, lines=True),
        _select("check", "检查", "Check", page.checks, {}),
        _select("article", "文章", "Article", page.articles, page.labels),
        *([_select("people", "编译", "Compiler", page.people, {})] if list(page.people.counts) != [""] else []),
        element("div", shown, element("button", "清除筛选", type="reset", data_en="Clear filters"), class_="actions"),
        lines=True,
        id="filters",
        autocomplete="off",
        hidden="hidden",
    )


def _box(kind: str, number: int) -> Markup:
    chinese, english = _KINDS[kind]
    box = void("input", type="checkbox", name="kind", value=kind, checked="checked")
    return element("label", box, *_say(chinese, english), " ", element("b", str(number)), class_=f"kind {kind}")


def _select(name: str, chinese: str, english: str, facet: _Facet, labels: dict[str, str]) -> Markup:
    options = [element("option", "全部", value="all", data_en="All")]
    for value, number in facet.counts.items():
        english_too = "" if value else f"Nobody named ({number})"
        shown = f"{labels.get(value, value) or '未署名'}（{number}）"
        options.append(element("option", shown, value=facet[value], data_en=english_too))
    menu = element("select", *options, lines=True, name=name, id=f"by-{name}")
    return element("label", *_label(chinese, english), menu)


# ------------------------------------------------------------------------------------------ one finding


def _labels(report: Report) -> dict[str, str]:
    """Path → the article's name, or more of the path where two articles have one name."""
    names = {finding.path: _name(finding) for finding in report.findings}
    taken = list(names.values())
    return {path: name if taken.count(name) == 1 else path for path, name in names.items()}


def _name(finding: Finding) -> str:
    path = PurePosixPath(finding.path)
    return finding.article or path.parent.name or path.name


def _side(chinese: str, english: str, side: str, content: tuple[str, ...], language: str) -> Markup:
    shown = (
        element("p", *content, class_=f"{side} words", lang=language, dir="auto")
        if any(content)
        else element("p", "空", data_en="empty", class_=f"{side} empty")
    )
    return element("div", element("h3", chinese, data_en=english), shown)


def _marked(finding: Finding, side: str) -> tuple[str, ...]:
    """The text of one side with the spot marked; a spot without length is a mark between two characters."""
    text: str = getattr(finding, side)
    if finding.span is None or finding.side != side or not text:
        return (text,)
    start, end = _within(text, finding.span)
    return (text[:start], element("mark", text[start:end], class_="" if end > start else "point"), text[end:])


def _within(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start = min(max(span[0], 0), len(text))
    return start, min(max(span[1], start), len(text))


def _mended(finding: Finding) -> Iterator[str]:
    if finding.span and finding.side == "target":
        start, end = _within(finding.target, finding.span)
        if end > start:
            yield element("del", finding.target[start:end])
            yield " → "
    yield element("ins", finding.fix, class_="words")


def _name_in(finding: Finding) -> str:
    return finding.source[slice(*finding.span)] if finding.span and finding.side == "source" else ""


def _offered(offer: Offer) -> Markup:
    """The proposals with their reasons, and a line for the glossary: to copy by the button, or by hand."""
    proposals = [
        piece
        for number, (target, reason) in enumerate(offer.proposals)
        for piece in (*(("；",) if number else ()), element("b", target, class_="words"), f"（{reason}）")
    ]
    button = element(
        "button", "复制术语行", type="button", class_="copy", data_en="Copy the glossary line", hidden="hidden"
    )
    told = element("p", *_label("译名建议", "Proposed"), *proposals) if proposals else ""
    line = element("p", *_label("加入术语表", "Add to the glossary"), element("code", offer.row), " ", button)
    return element("div", *((told, line) if told else (line,)), class_="offer", dir="auto")


def _say(chinese: str, english: str) -> tuple[Markup]:
    return (element("span", chinese, data_en=english),)


def _label(chinese: str, english: str) -> tuple[str, ...]:
    return (element("span", chinese, data_en=english, class_="label"), " ")


def _spaced(pieces: Iterable[str]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        if number:
            yield " "
        yield piece
