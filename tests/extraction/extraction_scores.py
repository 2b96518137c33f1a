"""How well articles are found on the pages of `pages.py`: F1 over words, and the share of right metadata.

``python tests/extraction/scores.py`` prints every page that is not perfect, ours and trafilatura's alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import kept_aside
import pages

from compiler_flow import inline
from compiler_flow.errors import CompilerFlowError
from compiler_flow.ingest import read_data
from compiler_flow.model import Metadata


@dataclass(frozen=True, slots=True)
class Score:
    """What came out for one page: F1 of its text, and which metadata were wrong."""

    page: pages.Page
    text: str
    f1: float
    wrong: tuple[str, ...]


def f1(found: str, truth: str) -> float:
    """F1 over the words of two texts, each counted as often as it stands."""
    ours, wanted = Counter(found.split()), Counter(truth.split())
    both = sum((ours & wanted).values())
    return 2 * both / (sum(ours.values()) + sum(wanted.values()))


def ours(page: pages.Page) -> Score:
    """Our readers."""
    try:
        article = read_data(page.html.encode(), Path(f"{page.name}.html"))
    except CompilerFlowError as error:
        return Score(page, str(error), 0.0, tuple(page.metadata))
    text = "\n".join(inline.plain(block.text) for block in article.blocks)
    return Score(page, text, f1(text, page.text), _wrong(article.metadata, page))


def peer(page: pages.Page) -> Score:
    """trafilatura alone, with the settings that keep the most of an article."""
    import trafilatura

    found = trafilatura.bare_extraction(
        page.html, include_links=True, include_formatting=True, include_comments=False, with_metadata=True
    )
    if found is None:
        return Score(page, "", 0.0, tuple(page.metadata))
    text = "\n".join("".join(map(str, element.itertext())) for element in found.body)
    known = {"title": found.title, "author": found.author, "site": found.sitename, "url": found.url}
    told = Metadata(**{key: value or "" for key, value in known.items()})
    # It tells no language without a package of its own, so that field is not held against it.
    wrong = set(_wrong(told, page)) - {"date", "language"}
    if "date" in page.metadata and found.date != str(page.metadata["date"]):
        wrong.add("date")
    return Score(page, text, f1(text, page.text), tuple(sorted(wrong)))


def _wrong(metadata: Metadata, page: pages.Page) -> tuple[str, ...]:
    return tuple(sorted(key for key, value in page.metadata.items() if getattr(metadata, key) != value))


def mean_f1(scores: list[Score]) -> float:
    """The mean over pages."""
    return sum(score.f1 for score in scores) / len(scores)


def right(scores: list[Score]) -> float:
    """The share of metadata that are right, over all fields of all pages."""
    fields = sum(len(score.page.metadata) for score in scores)
    return 1 - sum(len(score.wrong) for score in scores) / fields


def main() -> None:
    """Print what is not perfect, and the means."""
    for kind, made in (("tuned on", pages), ("kept aside", kept_aside)):
        for name, judge in (("ours", ours), ("trafilatura", peer)):
            scores = [judge(page) for page in made.pages()]
            sys.stdout.write(
                f"{name}, {kind}: F1 {mean_f1(scores):.4f}, metadata {right(scores):.4f}, {len(scores)} pages\n"
            )
            for score in scores if name == "ours" else ():
                if score.f1 < 1 or score.wrong:
                    more = Counter(score.text.split()) - Counter(score.page.text.split())
                    less = Counter(score.page.text.split()) - Counter(score.text.split())
                    sys.stdout.write(f"  {score.page.name}: {score.f1:.3f} wrong: {', '.join(score.wrong) or '-'}\n")
                    sys.stdout.write(f"    + {' '.join(more)}\n    - {' '.join(less)}\n")


if __name__ == "__main__":
    main()
