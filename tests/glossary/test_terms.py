from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.model import Term, TermHit, TermKind
from compiler_flow.terms import first_text, fold_rendering, fold_with_offsets, is_rejected, renderings, surname

PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON, accept=("哈诺·佩夫库尔",), reject=("汉诺·佩夫库",))


def test_a_surname_follows_the_last_interpunct():
    assert surname("汉诺·佩夫库尔") == "佩夫库尔"
    assert surname("弗拉基米尔·弗拉基米罗维奇·普京") == "普京"
    assert surname("汉诺•佩夫库尔") == "佩夫库尔"
    assert surname("李在明") == ""


def test_renderings_of_persons_include_the_surname_once():
    assert renderings(PEVKUR) == ("汉诺·佩夫库尔", "哈诺·佩夫库尔", "佩夫库尔")


def test_renderings_leave_out_surnames_of_one_character_and_of_places():
    assert renderings(Term("Matthew Lee", "马修·李", TermKind.PERSON)) == ("马修·李",)
    assert renderings(Term("X", "甲·乙丙", TermKind.PLACE)) == ("甲·乙丙",)


def test_first_mention_of_a_person_takes_the_original_as_the_source_writes_it():
    assert first_text(PEVKUR) == "汉诺·佩夫库尔（Hanno Pevkur）"
    assert first_text(PEVKUR, "Ханно Певкур") == "汉诺·佩夫库尔（Ханно Певкур）"


def test_first_mention_can_be_set_or_refused_and_is_empty_by_default_for_others():
    assert (
        first_text(Term("COP29", "COP29", first="COP29（第29届联合国气候变化大会）"))
        == "COP29（第29届联合国气候变化大会）"
    )
    assert first_text(Term("Putin", "普京", TermKind.PERSON, first="-")) == ""
    assert first_text(Term("Tallinn", "塔林", TermKind.PLACE)) == ""
    assert first_text(Term("石破茂", "石破茂", TermKind.PERSON)) == ""


def test_renderings_are_the_same_whatever_separates_the_names():
    same = {fold_rendering(text) for text in ("汉诺·佩夫库尔", "汉诺 佩夫库尔", "汉诺•佩夫库尔", "汉诺・佩夫库尔")}
    assert same == {"汉诺佩夫库尔"}
    assert fold_rendering("ＣＯＰ 29") == "COP29"
    assert fold_rendering("中亚—高加索") == fold_rendering("中亚-高加索")


def test_a_hit_tells_whether_its_rendering_is_refused():
    text = "汉诺 佩夫库说，汉诺·佩夫库尔"
    assert is_rejected(TermHit(PEVKUR, 0, 6), text)
    assert not is_rejected(TermHit(PEVKUR, 8, 15), text)


@given(st.text())
def test_every_folded_character_stands_where_its_offset_says(text):
    folded, offsets = fold_with_offsets(text)
    assert len(folded) == len(offsets)
    assert all(fold_rendering(text[offset]) == char for char, offset in zip(folded, offsets, strict=True))
    assert fold_rendering(folded) == folded
