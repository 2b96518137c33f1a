from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import postgres_server
import pytest

from compiler_flow.memory import Memory, Store
from compiler_flow.memory.team import TeamMemory


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a real PostgreSQL server that runs for these tests only."""
    folder = postgres_server.programs()
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    with postgres_server.running(folder) as url:
        yield url


@pytest.fixture
def database(server: str) -> str:
    """The same, with nothing in it."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SET client_min_messages = error")
        connection.execute("DROP SCHEMA IF EXISTS compiler_flow CASCADE")
    return server


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty memory of each kind."""
    made = (
        Memory(tmp_path / "memory.sqlite")
        if request.param == "sqlite"
        else TeamMemory(request.getfixturevalue("database"), "desk")
    )
    with made as opened:
        yield opened
