from __future__ import annotations

import shutil
import threading
from pathlib import Path

import psycopg
import pytest
from memory_parts import AT, LATER, catalog, unit
from postgres_server import PASSWORD

from compiler_flow import bilingual, project
from compiler_flow.errors import FileError, FormatError
from compiler_flow.flow import remembering
from compiler_flow.memory import Entry, Memory, Store
from compiler_flow.memory.address import shown
from compiler_flow.memory.team import TeamMemory
from compiler_flow.model import Issue, Metadata, Unit


def learn_many(store: Store, article: str, sentences: list[str], by: str) -> None:
    for count in range(1, len(sentences) + 1):
        store.learn(catalog(*(Unit(str(n), text, f"译{n}") for n, text in enumerate(sentences[:count]))), at=AT,
                    article=article, by=by)  # fmt: skip


def at_once(*works) -> None:
    faults: list[BaseException] = []

    def guarded(work) -> None:
        try:
            work()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def sentences(name: str) -> list[str]:
    return [f"{name} said so on day {count}." for count in range(8)] + ["Economy", "Politics"]


def test_two_people_learn_at_once_and_nothing_is_lost(database: str) -> None:
    def work(person: str, article: str):
        def run() -> None:
            with TeamMemory(database, person) as store:
                learn_many(store, article, sentences(person), person)

        return run

    # Also the first opening, which makes the tables, is a race; and both work on the same article.
    at_once(work("li", "1/forum"), work("wang", "1/forum"), work("zhao", "1/other"))
    with TeamMemory(database, "li") as store:
        assert store.stats().entries == 3 * 10
        for person in ("li", "wang", "zhao"):
            for text in sentences(person):
                assert person in {match.by for match in store.lookup(text, "en", "zh")} or text in {
                    "Economy",
                    "Politics",
                }


def test_two_processes_learn_into_one_file_and_nothing_is_lost(tmp_path: Path) -> None:
    def work(person: str):
        def run() -> None:
            with Memory(tmp_path / "memory.sqlite") as store:
                learn_many(store, f"1/{person}", sentences(person), person)

        return run

    at_once(work("li"), work("wang"))
    with Memory(tmp_path / "memory.sqlite") as store:
        assert store.stats().entries == 2 * 10
        store.verify()


def test_everybody_replaces_only_their_own_share(database: str) -> None:
    with TeamMemory(database, "li") as li, TeamMemory(database, "wang") as wang:
        li.learn(catalog(unit("Economy", "经济"), unit("Politics", "政治")), at=AT, article="1/a", stamp="5")
        wang.learn(catalog(unit("Economy", "国民经济")), at=LATER, article="1/a")
        assert [match.target for match in li.lookup("Economy", "en", "zh")] == ["国民经济", "经济"]
        wang.learn(catalog(unit("Economy", "")), at=LATER, article="1/a")
        assert [match.target for match in wang.lookup("Economy", "en", "zh")] == ["经济"]
        assert (li.stamps(), wang.stamps()) == ({"1/a": "5"}, {"1/a": ""})
        assert wang.forget("1/a") == 0
        assert li.stats().entries == 2


def test_what_one_imports_all_have(database: str) -> None:
    with TeamMemory(database, "li") as li, TeamMemory(database, "wang") as wang:
        li.add([Entry("Economy", "经济", "old")], "en", "zh")
        wang.add([Entry("Economy", "经济", "old")], "en", "zh")
        assert wang.stats().entries == 1
        assert wang.lookup("Economy", "en", "zh")


def test_a_newer_memory_is_left_alone(database: str) -> None:
    TeamMemory(database, "li").close()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE compiler_flow.facts SET version = 99")
    with pytest.raises(FormatError, match="newer compiler-flow"):
        TeamMemory(database, "li")


def test_a_database_that_knows_ascii_only_is_refused(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS ascii")
        connection.execute("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    with pytest.raises(FileError, match=r"ASCII letters only.*createdb"):
        TeamMemory(database.replace("/postgres?", "/ascii?"), "li")


def test_who_may_not_make_the_extension_is_told_who_must(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bare")
        connection.execute("CREATE DATABASE bare TEMPLATE template0")
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'")
    with pytest.raises(FileError, match="CREATE EXTENSION pg_trgm"):
        TeamMemory(database.replace("//desk:", "//guest:").replace("/postgres?", "/bare?"), "li")


@pytest.mark.parametrize(
    "change",
    [
        lambda url: "postgresql://desk:geheim%2D42@127.0.0.1:1/none",
        lambda url: "postgresql://127.0.0.1:1/none?user=desk&password=geheim-42",
        lambda url: url.replace("/postgres?", "/no-such-database?"),
        lambda url: url.replace("//desk:", "//nobody-here:"),
        lambda url: "postgresql://desk:geheim-42@[broken/none",
        lambda url: "postgresql://desk:geheim-42@127.0.0.1:port/none",
    ],
)
def test_the_password_is_in_no_message(server: str, change) -> None:
    url = change(server)
    with pytest.raises(FileError, match="team's memory") as caught:
        TeamMemory(url, "li")
    error: BaseException | None = caught.value
    while error is not None:
        assert "geheim" not in f"{error!s}{error!r}{error.args}"
        error = error.__cause__
    assert "***" in str(caught.value) or "?host=" in str(caught.value)


def test_what_is_shown_of_an_address() -> None:
    assert shown("postgresql://li:secret@host/db") == "postgresql://li:***@host/db"
    assert shown("postgresql://li@host/db") == "postgresql://li@host/db"
    assert shown("postgres:///db?user=li&password=secret") == "postgres:///db?user=li&password=***"


def test_a_server_that_goes_away_is_one_line(database: str) -> None:
    with TeamMemory(database, "li") as store:
        store.learn(catalog(unit("Economy", "经济")), at=AT)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'compiler-flow'"
            )
        with pytest.raises(FileError, match="cannot be reached") as caught:
            store.lookup("Economy", "en", "zh")
        assert "\n" not in str(caught.value)


def test_a_workspace_takes_part_by_one_setting(database: str, tmp_path: Path) -> None:
    desks = []
    for person, rendering in (("li", "经济"), ("wang", "国民经济")):
        root = tmp_path / person
        workspace = project.create_workspace(root)
        (root / project.SETTINGS_FILE).write_text(f'[memory]\nurl = "{database}"\n', encoding="utf-8")
        issue = project.create_issue(workspace, Issue("2024-10-31"))
        facts = project.render_metadata(Metadata(language="en", compilers=(person,)))
        folder = project.create_article(issue, "forum", {project.ARTICLE_FILE: facts})
        bilingual.save(catalog(unit("Economy", rendering)), project.catalog_path(folder, "zh-CN"))
        desks.append(project.open_workspace(root))
    for desk in desks:
        remembering.stats(desk)
    for desk in desks:
        assert {match.by for match in remembering.search(desk, "Economy")} == {"li", "wang"}
        assert not desk.memory.exists()
    assert remembering.rebuild(desks[0]).stats.entries == 2
    shutil.rmtree(desks[1].projects / "2024-10-31" / "forum")
    remembering.stats(desks[1])
    assert {match.by for match in remembering.search(desks[0], "Economy")} == {"li"}
