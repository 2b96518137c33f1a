"""The quick way through a usual paragraph cuts where the careful way does."""

import re

import case_files
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.segment.cuts import cuts
from compiler_flow.segment.language import language_for
from compiler_flow.segment.pieces import pieces

KNOWN = [case for kind in ("cases", "heldout") for case in case_files.read(kind)]
ODD = "“ |” |*|**|_|`|(|)|. |.\u00a0|.  |.\n|... |… |, |% |Gen. |NATO. |A. |2024. |5. |[x. Y](https://e.org/a.b)|°C. | "
SPACE = re.compile(r"\s")


def ends(texts):
    """The places behind all of ``texts`` but the last."""
    places, place = [], 0
    for text in texts[:-1]:
        place += len(text)
        places.append(place)
    return places


def agree(text, tag):
    language = language_for(tag)
    found = pieces(text, language)
    assert "".join(found) == text
    assert ends(found) == cuts(text, language)
    bare = [core for piece in found if (core := piece.strip())]
    assert pieces(text, language, ".") == bare


@pytest.mark.parametrize("lang", sorted({case.language for case in KNOWN}))
def test_every_known_text_and_a_page_of_them(lang):
    known = [case.text for case in KNOWN if case.language == lang]
    for text in (*known, " ".join(known)):
        agree(text, lang)


@given(st.sampled_from(KNOWN), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(ODD.split("|"))), max_size=5))
def test_texts_that_were_damaged(case, damage):
    text = case.text
    for where, mark in damage:
        place = int(where * len(text))
        text = text[:place] + mark + text[place:]
    agree(text, case.language)


@pytest.mark.parametrize(
    "text",
    [
        ".  Wait... This is not all.[x. Y](https://example.org/a.b)",
        "He left... Nobody (not A. Smith. Nor B. Jones) saw. It rained.",
        "One place.  Another *was. Here* too. It rained.",
    ],
)
def test_marks_behind_stops_of_several_widths(text):
    agree(text, "az")
    agree(text, "en")


@given(st.text())
def test_any_white_space_in_front(text):
    agree(text, "en")
    assert not any(SPACE.match(sentence) for sentence in pieces(text, language_for("en"), "."))
