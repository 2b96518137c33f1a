"""Parts found by name."""

import pytest

from compiler_flow.errors import UsageError
from compiler_flow.tables import Table

TABLE: Table[object] = Table("check", {"dumps": "json:dumps", "loads": "json:loads"})


def test_a_part_is_imported_when_it_is_looked_up() -> None:
    import json

    assert TABLE["dumps"] is json.dumps
    assert set(TABLE) == {"dumps", "loads"}


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no check called dump\. Did you mean dumps\?"):
        TABLE["dump"]
    with pytest.raises(UsageError, match="Known: dumps, loads"):
        TABLE["xyz"]
    assert "xyz" not in TABLE
