"""Values that are made quickly are frozen dataclasses as all others."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from compiler_flow.frozen import quickly_made
from compiler_flow.model import Term, TermKind, Unit


@quickly_made
@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: int = 3
    rest: list[str] = dataclasses.field(default_factory=list)
    line: int = dataclasses.field(default=0, compare=False)


def test_a_value_has_its_fields_by_place_by_name_and_by_default() -> None:
    assert Pair("a") == Pair(left="a", right=3, rest=[], line=7)
    assert Pair("a").rest is not Pair("a").rest
    assert repr(Pair("a", 4)) == "Pair(left='a', right=4, rest=[], line=0)"
    unit = Unit("u", "Text", fuzzy=True)
    assert (unit.id, unit.source, unit.target, unit.fuzzy, unit.comments) == ("u", "Text", "", True, ())


@pytest.mark.parametrize("value", [Pair("a"), Unit("u", "Text", "文"), Term("Kyiv", "基辅", TermKind.PLACE)])
def test_a_value_stays_as_it_is(value: Pair | Unit | Term) -> None:
    first = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, first, "b")
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(value, first)
    assert not hasattr(value, "__dict__")
    assert type(value)(**{one.name: getattr(value, one.name) for one in dataclasses.fields(value)}) == value
    assert getattr(dataclasses.replace(value, **{first: "b"}), first) == "b"


@pytest.mark.parametrize("value", [Unit("u", "Text", "文"), Term("Kyiv", "基辅", TermKind.PLACE)])
def test_copies_are_equal_and_of_the_same_class(value: Unit | Term) -> None:
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert other == value
        assert hash(other) == hash(value)
        assert type(other) is type(value)


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), (("a", 1, [], 0, 5), {}), (("a",), {"left": "b"}), (("a",), {"x": 1})]
)
def test_what_no_field_takes_is_refused(given: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Pair(*given, **named)  # type: ignore[arg-type]
