"""Pages and actions without a script: every form works, says what went wrong, and loses nothing."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from compiler_flow import bilingual
from compiler_flow.flow.desk import Desk
from compiler_flow.flow.editing import mark
from compiler_flow.model import Catalog, Origin, OriginKind, State, Unit
from compiler_flow.project import Workspace
from compiler_flow.text import digest
from compiler_flow.web import guard, views
from compiler_flow.web.app import create
from compiler_flow.web.rows import SHOWN

ARTICLE = "pl-next-flood"


@pytest.fixture
def desk(sample: Workspace) -> Desk:
    return Desk(sample, sample.issues()[0])


@pytest.fixture
def visitor(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    # On a busy machine pages would say “checking…” first; that they do is tested in the browser.
    monkeypatch.setattr(views, "_SOON", views._PATIENT)
    with TestClient(create(desk, guard.Access()), base_url="http://localhost") as opened:
        opened.headers["accept-language"] = "en"
        yield opened


def catalog(desk: Desk, name: str = ARTICLE) -> Catalog:
    return bilingual.load(desk.article_folder(name) / "zh_CN.po")


def unit_of(desk: Desk, state: State) -> Unit:
    return next(one for one in catalog(desk).units if one.state is state)


def again(desk: Desk, unit: Unit) -> Unit:
    return next(one for one in catalog(desk).units if one.id == unit.id)


def post(visitor: TestClient, path: str, **fields: str) -> str:
    token = re.search(r'data-csrf="([0-9a-f]+)"', visitor.get("/preview").text)
    assert token
    return visitor.post(path, data={"csrf": token[1], **fields}).text


def do(visitor: TestClient, unit: Unit, verb: str, **fields: str) -> str:
    return post(visitor, f"/articles/{ARTICLE}/units/{unit.id}", verb=verb, **{"seen": mark(unit), **fields})


@pytest.mark.parametrize(
    ("state", "verb", "target"),
    [
        (State.EMPTY, "omit", "〔略〕"),
        (State.EMPTY, "merge-up", "〔并〕"),
        (State.EMPTY, "merge-down", "〔并下〕"),
        (State.TRANSLATED, "reopen", ""),
    ],
)
def test_decisions(desk: Desk, visitor: TestClient, state: State, verb: str, target: str) -> None:
    unit = unit_of(desk, state)
    assert f"u-{unit.id}" in do(visitor, unit, verb)
    assert again(desk, unit).target == target


def test_accept_and_doubt_a_draft(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.DRAFT)
    do(visitor, unit, "accept")
    accepted = again(desk, unit)
    assert (accepted.state, accepted.target) == (State.TRANSLATED, unit.target)
    do(visitor, accepted, "doubt")
    assert again(desk, unit).state is State.DRAFT


def test_what_looks_wrong_with_a_draft_goes_with_it_and_stays_in_the_file(desk: Desk, visitor: TestClient) -> None:
    draft = unit_of(desk, State.DRAFT)
    origin = Origin(OriginKind.ENGINE, "argos", digest=digest(draft.target), note="数字存疑：110")
    there = catalog(desk)
    units = tuple(replace(one, origin=origin) if one.id == draft.id else one for one in there.units)
    bilingual.save(replace(there, units=units), Path(there.path))
    assert "数字存疑" in visitor.get(f"/articles/{ARTICLE}").text
    do(visitor, again(desk, draft), "write", target="人写的译文。")
    assert "数字存疑" not in visitor.get(f"/articles/{ARTICLE}").text
    assert again(desk, draft).origin == origin


def test_write_as_a_person_types(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.EMPTY)
    do(visitor, unit, "write", target="第一行\r\n第二行\u2028<b>")
    assert again(desk, unit).target == "第一行\n第二行\n<b>"
    assert "&lt;b&gt;" in visitor.get(f"/articles/{ARTICLE}").text


def test_a_clash_shows_both_texts_and_the_second_try_is_deliberate(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.EMPTY)
    there = catalog(desk)
    units = tuple(replace(one, target="别人的译文。") if one.id == unit.id else one for one in there.units)
    bilingual.save(replace(there, units=units), Path(there.path))
    page = do(visitor, unit, "write", target="我的译文。")
    assert "别人的译文。" in page
    assert "我的译文。" in page
    assert again(desk, unit).target == "别人的译文。"
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert seen
    do(visitor, unit, "write", target="我的译文。", seen=seen[1])
    assert again(desk, unit).target == "我的译文。"


def test_a_unit_that_went_gives_the_text_back(visitor: TestClient) -> None:
    page = do(visitor, Unit("00000000ff", "gone"), "write", target="写好的译文。")
    assert "写好的译文。" in page
    assert "not in the article any more" in page


def test_fix_waive_and_take_back(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.EMPTY)
    do(visitor, unit, "write", target="疏散,了6500人。")
    found = next(one for one in desk.findings(ARTICLE) if one.unit == unit.id and one.fix)
    assert found.span
    page = visitor.get(f"/articles/{ARTICLE}").text
    key = f"{found.check}:{found.span[0]}:{found.span[1]}"
    assert key in page
    do(visitor, again(desk, unit), "fix", key=key)
    assert again(desk, unit).target == "疏散，了6500人。"
    assert "not there any more" in do(visitor, again(desk, unit), "fix", key=key)
    do(visitor, again(desk, unit), "write", target="疏散了9999人。")
    assert "Say why" in do(visitor, unit, "waive", check="number", reason=" ")
    do(visitor, unit, "waive", check="number", reason="原文如此")
    assert "免检 number: 原文如此" in again(desk, unit).comments
    assert "原文如此" in visitor.get(f"/articles/{ARTICLE}?show=waived").text
    do(visitor, unit, "unwaive", check="number")
    assert again(desk, unit).comments == ()
    do(visitor, unit, "remark", remark="请核对数字。")
    assert again(desk, unit).comments == ("请核对数字。",)


def test_a_conflict_is_settled_by_deleting_its_comment_and_no_other(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.TRANSLATED)
    line = "冲突（来自 李四 <li@example.org>）：另一种译法。"
    there = catalog(desk)
    units = tuple(replace(one, comments=("请核对。", line)) if one.id == unit.id else one for one in there.units)
    bilingual.save(replace(there, units=units), Path(there.path))
    assert html.escape(line) in visitor.get(f"/articles/{ARTICLE}?check=merge-conflict").text
    assert "not there any more" in do(visitor, unit, "settle", line="请核对。")
    assert again(desk, unit).comments == ("请核对。", line)
    do(visitor, unit, "settle", line=line)
    assert again(desk, unit).comments == ("请核对。",)
    assert not [found for found in desk.findings(ARTICLE) if found.check == "merge-conflict"]
    assert "Settled:" not in visitor.get(f"/articles/{ARTICLE}").text


def test_a_fragment_has_every_row_that_looks_different(desk: Desk, visitor: TestClient) -> None:
    """A first mention that goes makes the next mention the first: two rows change with one edit."""
    name = "ee-british-brigade"
    units = catalog(desk, name).units
    first = next(one for one in units if "（Hanno Pevkur）" in one.target)
    token = re.search(r'data-csrf="([0-9a-f]+)"', visitor.get("/preview").text)
    assert token
    form = {
        "csrf": token[1],
        "verb": "write",
        "seen": mark(first),
        "target": first.target.replace("（Hanno Pevkur）", ""),
    }
    answer = visitor.post(f"/articles/{name}/units/{first.id}", data=form, headers={"x-fragment": "1"}).text
    changed = set(re.findall(r'id="u-([^"]+)"', answer))
    told = {one.unit for one in desk.findings(name) if one.check == "first-mention" and not one.waived}
    assert first.id in changed
    assert told <= changed
    assert 'id="summary"' in answer
    assert "王五" in html.unescape(answer)


def test_a_signature_is_for_the_text_that_was_seen(desk: Desk, visitor: TestClient) -> None:
    name = "am-kazan-talks"
    page = visitor.get(f"/articles/{name}").text
    found = re.search(r'action="/articles/am-kazan-talks/sign">\s*<input[^>]*>\s*<input[^>]*value="([0-9a-f]+)"', page)
    assert found
    there = catalog(desk, name)
    last = there.units[-1]
    bilingual.save(replace(there, units=(*there.units[:-1], replace(last, target="改过了。"))), Path(there.path))
    told = post(visitor, f"/articles/{name}/sign", by="赵六", role="reviewer", seen=found[1])
    assert "changed since you looked" in told
    assert "text changed since" in visitor.get(f"/articles/{name}").text
    seen = re.search(r'name="seen" value="([0-9a-f]{16})"', visitor.get(f"/articles/{name}").text)
    assert seen
    post(visitor, f"/articles/{name}/sign", by="赵六", role="reviewer", seen=seen[1])
    assert "赵六" in visitor.get("/").text


def test_signing_what_is_not_ready_says_why(visitor: TestClient) -> None:
    page = visitor.get(f"/articles/{ARTICLE}").text
    assert "It cannot be signed yet" in page
    assert "sign-title" in page
    assert 'name="role"' not in page


@pytest.mark.parametrize("show", SHOWN)
def test_filters_are_those_of_the_findings(desk: Desk, visitor: TestClient, show: str) -> None:
    page = visitor.get(f"/articles/{ARTICLE}?show={show}").text
    shown = set(re.findall(r'id="u-([^"]+)"', page))
    findings = desk.findings(ARTICLE)
    wanted = {
        "all": lambda unit: True,
        "open": lambda unit: not unit.is_done,
        "draft": lambda unit: unit.state is State.DRAFT,
        "findings": lambda unit: any(one.unit == unit.id and not one.waived for one in findings),
        "errors": lambda unit: any(one.unit == unit.id and one.severity == "error" for one in findings),
        "waived": lambda unit: any(one.unit == unit.id and one.waived for one in findings),
        "commented": lambda unit: bool(unit.comments),
    }[show]
    assert shown == {unit.id for unit in catalog(desk).units if wanted(unit)}


def test_search_looks_into_both_texts(desk: Desk, visitor: TestClient) -> None:
    for words in ("poland 洪水", "下西里西亚"):
        page = visitor.get(f"/articles/{ARTICLE}", params={"words": words}).text
        shown = set(re.findall(r'id="u-([^"]+)"', page))
        wanted = words.split()
        assert shown == {
            unit.id
            for unit in catalog(desk).units
            if all(word in f"{unit.source}\n{unit.target}".casefold() for word in wanted)
        }
        assert shown


def test_a_glossary_entry_is_added_found_and_refused_twice(desk: Desk, visitor: TestClient) -> None:
    assert "people.csv" in post(visitor, "/glossary", source="Zofia Wilk", target="佐菲娅·维尔克", kind="person")
    page = visitor.get("/glossary?q=Wilk").text
    assert "1 use in this number" in page
    assert "has Zofia Wilk already" in html.unescape(
        post(visitor, "/glossary", source="Zofia Wilk", target="佐菲亚·维尔克", kind="person")
    )


def test_names_have_the_uncertain_ones_on_top(visitor: TestClient) -> None:
    rows = re.findall(r'<tr class="(agreed|open)">', visitor.get("/names").text)
    assert "open" in rows
    assert rows == sorted(rows, reverse=True)


def test_previews_of_every_form(visitor: TestClient) -> None:
    page = visitor.get("/preview").text
    for form in re.findall(r'href="\?form=([^"]+)"', page):
        assert visitor.get(f"/preview/{form}").status_code == 200
        saved = visitor.get(f"/preview/{form}/file")
        assert saved.headers["content-disposition"].startswith("attachment;")
    assert visitor.get("/preview/nonsense").status_code == 404


def test_the_board_names_an_article_that_cannot_be_read(desk: Desk, visitor: TestClient) -> None:
    Path(catalog(desk).path).write_bytes(b"not a PO file")
    page = visitor.get("/").text
    assert "These articles cannot be read" in page
    assert visitor.get(f"/articles/{ARTICLE}").status_code == 409


def test_settings_that_cannot_be_read_are_told_and_mended(desk: Desk, visitor: TestClient) -> None:
    settings = desk.root / "compiler-flow.toml"
    good = settings.read_bytes()
    settings.write_bytes(b"language = ")
    assert "compiler-flow.toml:1" in visitor.get(f"/articles/{ARTICLE}").text
    settings.write_bytes(good)
    assert visitor.get(f"/articles/{ARTICLE}").status_code == 200


def test_comments_and_waivers_say_whose_they_are(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.EMPTY)
    post(visitor, "/me", name="王五 <w@example.org>", back="/")
    do(visitor, unit, "waive", check="number", reason="原文如此")
    do(visitor, unit, "remark", remark="请核对。\n第二行")
    assert again(desk, unit).comments == (
        "免检 number: 原文如此（王五 w@example.org）",
        "王五 w@example.org：请核对。",
        "第二行",
    )
    do(visitor, unit, "unwaive", check="number")
    assert again(desk, unit).comments == ("王五 w@example.org：请核对。", "第二行")


def test_a_bar_shows_who_signed_as_long_as_it_stands(desk: Desk, visitor: TestClient) -> None:
    name = "am-kazan-talks"
    assert 'class="bar signed-reviewer"' in visitor.get(f"/articles/{name}").text
    last = catalog(desk, name).units[-1]
    fields = {"verb": "write", "seen": mark(last), "target": "改过了。"}
    post(visitor, f"/articles/{name}/units/{last.id}", **fields)
    assert "signed-" not in visitor.get(f"/articles/{name}").text


def test_an_issue_that_cannot_be_read_is_told_and_mended(desk: Desk, visitor: TestClient) -> None:
    unit = unit_of(desk, State.EMPTY)
    file = desk.folder / "issue.toml"
    good = file.read_bytes()
    file.write_bytes(b"title = ")
    for path in ("/", f"/articles/{ARTICLE}", "/names", "/preview", "/preview/html", "/glossary?q=a"):
        answer = visitor.get(path)
        assert answer.status_code == 409, path
        assert "issue.toml:1" in answer.text
    file.write_bytes(good)
    do(visitor, unit, "write", target="写好了。")
    assert again(desk, unit).target == "写好了。"
    shutil.rmtree(desk.folder)
    assert visitor.get("/").status_code == 409


@pytest.mark.parametrize("fields", [{"verb": "write"}, {"verb": ""}, {"verb": "fix", "key": "no:0:0"}])
def test_a_form_that_is_none_of_ours_changes_nothing(desk: Desk, visitor: TestClient, fields: dict[str, str]) -> None:
    unit = unit_of(desk, State.TRANSLATED)
    assert "not done" in post(visitor, f"/articles/{ARTICLE}/units/{unit.id}", seen=mark(unit), **fields)
    assert again(desk, unit) == unit


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


def test_nothing_of_an_article_becomes_markup(desk: Desk, visitor: TestClient) -> None:
    there = catalog(desk)
    units = tuple(
        replace(one, target=HOSTILE, comments=(HOSTILE,), previous=HOSTILE, fuzzy=index % 2 == 0)
        for index, one in enumerate(there.units)
    )
    bilingual.save(replace(there, units=units), Path(there.path))
    assert HOSTILE in html.unescape(visitor.get(f"/articles/{ARTICLE}").text)
    for path in (f"/articles/{ARTICLE}", "/", "/names", f"/articles/{ARTICLE}/units/{units[0].id}/help"):
        text = visitor.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_name_that_nobody_has_comes_with_proposals_and_reasons(desk: Desk, visitor: TestClient) -> None:
    """Without the house's people their names are unknown: tables and lists say what to write, and why."""
    people = desk.root / "glossary" / "people.csv"
    people.write_text(people.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    page = visitor.get("/names").text
    row = page[page.index(">Hanno Pevkur<") :].partition("</tr>")[0]
    assert '<option value="汉诺·佩夫库尔">' in row
    assert "译音表" in row or "通行译名" in row
    assert "It is in" in post(visitor, "/glossary", source="Hanno Pevkur", target="汉诺·佩夫库尔", kind="person")
    assert "✓" in visitor.get("/names").text.partition(">Hanno Pevkur<")[2].partition("</tr>")[0]


def test_the_help_of_a_unit_offers_its_names_for_the_glossary(desk: Desk, visitor: TestClient) -> None:
    unit = next(one for one in catalog(desk).units if one.names)
    page = visitor.get(f"/articles/{ARTICLE}/units/{unit.id}/help").text
    name = unit.names[0]
    assert f'data-offer="{name.source}"' in page
    assert f'data-rendering="{name.target.split(" / ")[0]}"' in page
