"""Progress, sign-offs and the gate, over invented catalogs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from compiler_flow.errors import GateClosedError, UsageError
from compiler_flow.model import (
    Catalog,
    Finding,
    Issue,
    Metadata,
    Origin,
    OriginKind,
    Part,
    Severity,
    SignOff,
    TermNote,
    Unit,
)
from compiler_flow.review import REVIEWER, ArticleStatus, article_status, digest, obstacles, progress, sign, stands

AT = dt.datetime(2024, 10, 30, 18, 0, tzinfo=dt.UTC)
DONE = Catalog("road", "en", units=(Unit("a", "A road opened.", "公路通车。"), Unit("b", "It rained.", "〔略〕")))
ERROR = Finding("number", Severity.ERROR, "31 is missing", article="road", unit="a")


def changed(catalog: Catalog, index: int, **fields: object) -> Catalog:
    units = list(catalog.units)
    units[index] = replace(units[index], **fields)  # type: ignore[arg-type]
    return replace(catalog, units=tuple(units))


def signed(catalog: Catalog = DONE, role: str = REVIEWER) -> SignOff:
    return sign(catalog, (), by="王五", role=role, at=AT)


def part(catalog: Catalog = DONE, *sign_offs: SignOff) -> Part:
    return Part(catalog.article, Metadata(sign_offs=sign_offs), catalog)


class TestDigest:
    @pytest.mark.parametrize(
        "other",
        [
            changed(DONE, 0, target="公路开通。"),
            changed(DONE, 0, source="A road closed."),
            changed(DONE, 0, id="c"),
            changed(DONE, 0, fuzzy=True),
            changed(DONE, 1, target="〔并〕"),
            replace(DONE, units=DONE.units[::-1]),
            replace(DONE, units=DONE.units[:1]),
        ],
        ids=["target", "source", "id", "state", "decision", "order", "fewer"],
    )
    def test_falls_when_what_was_signed_changes(self, other: Catalog) -> None:
        assert digest(other) != digest(DONE)
        assert not stands(signed(), other)

    @pytest.mark.parametrize(
        "other",
        [
            changed(DONE, 0, comments=("一个说明",)),
            changed(DONE, 0, terms=(TermNote("road", "公路"),)),
            changed(DONE, 0, origin=Origin(OriginKind.ENGINE, "argos")),
            changed(DONE, 0, line=99, references=("source.md:7",), notes=("note",), flags=("no-wrap",)),
            replace(DONE, headers=(("X-Generator", "Poedit"),), path="elsewhere.po", comment="comment"),
        ],
        ids=["comments", "terms", "origin", "places", "headers"],
    )
    def test_stands_when_only_the_file_changes(self, other: Catalog) -> None:
        assert stands(signed(), other)

    def test_stands_again_when_the_change_is_taken_back(self) -> None:
        sign_off = signed()
        there = changed(DONE, 0, target="别的。")
        assert not stands(sign_off, there)
        assert stands(sign_off, changed(there, 0, target="公路通车。"))

    def test_text_cannot_move_between_fields_unseen(self) -> None:
        assert digest(Catalog("x", "en", units=(Unit("a", "bc", "d"),))) != digest(
            Catalog("x", "en", units=(Unit("a", "b", "cd"),))
        )


class TestSign:
    def test_answers_for_the_catalog_as_it_is(self) -> None:
        assert signed() == SignOff("王五", REVIEWER, AT, digest(DONE))

    def test_refuses_unfinished_units_with_their_number(self) -> None:
        units = (*DONE.units, Unit("c", "x"), Unit("d", "y"), Unit("e", "z", "初", fuzzy=True))
        with pytest.raises(GateClosedError) as caught:
            sign(replace(DONE, units=units), (), by="王五", role=REVIEWER, at=AT)
        assert caught.value.reasons == ("2 units are untranslated", "1 unit is still a draft")
        assert "road cannot be signed yet." in str(caught.value)
        assert caught.value.exit_code == 1

    def test_refuses_standing_errors_and_names_the_checks(self) -> None:
        warning = Finding("term-missing", Severity.WARNING, "", article="road")
        with pytest.raises(GateClosedError) as caught:
            sign(DONE, (ERROR, ERROR, warning), by="王五", role=REVIEWER, at=AT)
        assert caught.value.reasons == ("2 errors: number",)

    @pytest.mark.parametrize(
        "finding",
        [
            replace(ERROR, waived="原文如此"),
            replace(ERROR, severity=Severity.WARNING),
            replace(ERROR, severity=Severity.INFO),
            replace(ERROR, article="another"),
        ],
        ids=["waived", "warning", "info", "another article"],
    )
    def test_lets_pass_what_closes_no_gate(self, finding: Finding) -> None:
        assert sign(DONE, [finding], by="王五", role=REVIEWER, at=AT)

    def test_refuses_an_article_without_units(self) -> None:
        with pytest.raises(GateClosedError, match="there are no units"):
            sign(Catalog("empty", "en"), (), by="王五", role=REVIEWER, at=AT)

    def test_refuses_to_sign_for_nobody(self) -> None:
        with pytest.raises(UsageError, match="name of the person"):
            sign(DONE, (), by="  ", role=REVIEWER, at=AT)


class TestProgress:
    def test_counts_units_by_state(self) -> None:
        units = (
            Unit("1", "one two three"),
            Unit("2", "four-wheel *drive*", "四驱", fuzzy=True),
            Unit("3", "five", "五"),
            Unit("4", "six", "〔略〕"),
            Unit("5", "seven", "〔并〕"),
            Unit("6", "eight", "〔并下〕"),
            Unit("7", "nine", " 〔并〕 "),
        )
        now = progress(Catalog("x", "en", units=units))
        assert (now.empty, now.draft, now.translated, now.omitted, now.merged) == (1, 1, 1, 1, 3)
        assert (now.done, now.total) == (5, 7)
        assert now.share == pytest.approx(5 / 7)
        assert now.words_to_go == 5

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ("The U.S. won't pay $3,000.", 5),
            ("Министр не приедет.", 3),
            ("부산항은 시험 운영을 시작했다.", 4),
            ("東京で会議が開かれた。", 10),
            ("— …", 0),
            ("see [the report](https://x.example/a-b-c)", 3),
        ],
    )
    def test_counts_words_as_translators_do(self, source: str, words: int) -> None:
        assert progress(Catalog("x", "en", units=(Unit("1", source),))).words_to_go == words

    def test_nothing_is_nothing_done(self) -> None:
        assert progress(Catalog("x", "en")).share == 0.0


class TestStatus:
    def test_goes_from_untouched_to_signed(self) -> None:
        draft = Catalog("x", "en", units=(Unit("a", "A.", "甲。", fuzzy=True), Unit("b", "B.")))
        half = changed(draft, 0, fuzzy=False)
        whole = changed(half, 1, target="乙。")
        assert article_status(draft) is ArticleStatus.UNTOUCHED
        assert article_status(half) is ArticleStatus.IN_WORK
        assert article_status(whole) is ArticleStatus.TRANSLATED
        assert article_status(whole, [signed(whole)]) is ArticleStatus.SIGNED
        assert article_status(changed(whole, 1, target="丙。"), [signed(whole)]) is ArticleStatus.FALLEN
        assert article_status(changed(whole, 1, target=""), [signed(whole)]) is ArticleStatus.FALLEN

    def test_only_a_reviewers_signature_counts(self) -> None:
        assert article_status(DONE, [signed(role="compiler")]) is ArticleStatus.TRANSLATED

    def test_a_later_signature_mends_an_older_one(self) -> None:
        now = changed(DONE, 0, target="公路开通。")
        assert article_status(now, [signed(DONE), signed(now)]) is ArticleStatus.SIGNED

    def test_an_article_without_units_is_untouched(self) -> None:
        assert article_status(Catalog("x", "en")) is ArticleStatus.UNTOUCHED


class TestObstacles:
    ISSUE = Issue("2024-10-31")

    def test_none_for_a_number_that_may_go_out(self) -> None:
        findings = [replace(ERROR, waived="原文如此"), replace(ERROR, severity=Severity.WARNING)]
        assert obstacles(self.ISSUE, [part(DONE, signed())], findings) == ()

    def test_names_every_article_and_reason(self) -> None:
        open_ = Catalog("port", "en", units=(Unit("a", "A."), Unit("b", "B.", "乙。", fuzzy=True)))
        fallen = replace(DONE, article="bridge")
        sign_off = signed(fallen)
        number = Finding("order", Severity.ERROR, "", article="")
        lines = obstacles(
            replace(self.ISSUE, features=("road", "lost")),
            [part(DONE, signed()), part(open_), part(changed(fallen, 0, target="桥。"), sign_off)],
            [ERROR, number],
        )
        assert lines == (
            "2024-10-31: the feature lost is not among the articles",
            "road: 1 error: number",
            "port: 1 unit is untranslated",
            "port: 1 unit is still a draft",
            "port: not signed by a reviewer",
            "bridge: changed since 王五 signed it on 2024-10-30",
            "2024-10-31: 1 error: order",
        )

    def test_a_compilers_signature_does_not_open_the_gate(self) -> None:
        assert obstacles(self.ISSUE, [part(DONE, signed(role="compiler"))], ()) == ("road: not signed by a reviewer",)

    def test_an_empty_number_stays_shut(self) -> None:
        assert obstacles(self.ISSUE, [], ()) == ("2024-10-31: there are no articles",)
