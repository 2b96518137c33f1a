"""The labelled pairs, and how well the checks judge them.

``python tests/checks/corpora.py`` prints precision and recall of each family of checks on its pairs: a finding is right
where the label has its check, a label is found where its check speaks.

The checks were made on ``number``, ``terms`` and ``text``. The sets ``*_heldout*`` were written before the checks were
tried on them; what they showed was mended afterwards, so that their figure of today says that it is mended, and that of
their first run, which stands in their head, what to expect of other texts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import checks, glossary
from compiler_flow.model import Catalog, CheckContext, Severity, Unit

SLIPS = "number, slips"
CORPUS = Path(__file__).parent / "corpus"
TERMS = Path(__file__).parents[1] / "glossary" / "terms.csv"
FAMILIES = {
    "terms": ("term-missing", "term-rejected", "term-count", "first-mention", "latin-mismatch", "name-unknown"),
    "text": (
        "same-as-source",
        "degenerate-draft",
        "half-width-punctuation",
        "unpaired-mark",
        "wrong-interpunct",
        "space-policy",
        "traditional-character",
        "repeated-word",
        "ends-differently",
        "suspicious-length",
        "markup-lost",
        "address-lost",
        "tag-lost",
        "state-changed",
    ),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a corpus: a unit, and the checks that must speak about it."""

    language: str
    source: str
    target: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many findings were right, how many were made, and how many there were to make."""

    right: int
    found: int
    wanted: int
    pairs: int

    @property
    def precision(self) -> float:
        """The share of the findings that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the faults that were found."""
        return self.right / self.wanted if self.wanted else 1.0


def pairs(name: str) -> list[Pair]:
    """The pairs of a corpus, by its name without suffix. ``\\n`` in a field is a line end."""
    lines = (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.replace("\\n", "\n").split("\t") for line in lines[2:] if line and not line.startswith("#"))
    return [
        Pair(language, source, target, frozenset() if label == "-" else frozenset(label.split()))
        for language, source, target, label in rows
    ]


def sets(family: str) -> list[str]:
    """The names of the corpora of a family: the one it was made on, then those kept aside, in their order."""
    return [family, *sorted(path.stem for path in CORPUS.glob(f"{family}_heldout*.tsv"))]


def first_run(name: str) -> str:
    """What the head of a corpus says about its first run; empty for those that the checks were made on."""
    head = (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").partition("\n")[0]
    found = re.search(r"First run: .*", head)
    return found[0] if found else ""


def found(family: str, pair: Pair) -> frozenset[str]:
    """The checks of ``family`` that speak about ``pair``."""
    catalog = Catalog("a", pair.language, units=(Unit("u", pair.source, pair.target),))
    context = _with_terms(pair.language) if family == "terms" else CheckContext()
    return frozenset(finding.check for finding in checks.run(catalog, context, only=FAMILIES[family]))


@functools.cache
def _with_terms(language: str) -> CheckContext:
    matcher = glossary.Matcher((*glossary.load([TERMS]), *glossary.base_terms(language)), language)
    return CheckContext(
        matcher.source,
        matcher.target,
        unknown_names=functools.partial(glossary.unknown_names, matcher),
        all_source_terms=matcher.sources,
        not_plainly_rendered=matcher.not_plainly_rendered,
        naming_unknown=functools.partial(glossary.naming_unknown, matcher),
    )


def number(pair: Pair) -> frozenset[str]:
    """The label that the number check gives: ``error``, ``dropped``, or none."""
    catalog = Catalog("a", pair.language, units=(Unit("u", pair.source, pair.target),))
    severities = {finding.severity for finding in checks.run(catalog, CheckContext(), only=["number"])}
    return frozenset(["error"] if Severity.ERROR in severities else ["dropped"] if severities else [])


def scores() -> Iterator[tuple[str, Score]]:
    """Each corpus by its name, with the score of its checks. Of numbers it only counts whether they are reported."""
    for family in FAMILIES:
        for name in sets(family):
            yield name, _score(pairs(name), functools.partial(found, family))
    for name in sets("number"):
        labelled = [
            Pair(p.language, p.source, p.target, p.expected - {"ok"} and frozenset(["wrong"])) for p in pairs(name)
        ]
        yield name, _score(labelled, lambda pair: number(pair) and frozenset(["wrong"]))
    yield SLIPS, _score(list(slips()), lambda pair: number(pair) and frozenset(["wrong"]))


def slips() -> Iterator[Pair]:
    """The right pairs of numbers with one slip each: two digits that changed places, 万 for 亿, one more or less."""
    for pair in (pair for name in sets("number") for pair in pairs(name) if pair.expected == {"ok"}):
        for match in _SLIPS.finditer(pair.target) if "://" not in pair.target else ():
            start, end = match.span()
            target = pair.target[:start] + _slipped(match[0]) + pair.target[end:]
            if target != pair.target:
                yield Pair(pair.language, pair.source, target, frozenset(["wrong"]))


_SLIPS = re.compile(r"\d+(?:\.\d+)?(?=.)|(?<=\d)[万亿]|(?<![一-九])[三四五六七八](?=[名个人家年月次艘架座国])")


def _slipped(text: str) -> str:
    digits = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1] != "0"]
    if digits:
        at = digits[-1]
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text.translate(str.maketrans("万亿三四五六七八", "亿万四五六七八九"))


def _score(corpus: list[Pair], judge: Callable[[Pair], frozenset[str]]) -> Score:
    judged = [(judge(pair), pair.expected) for pair in corpus]
    return Score(
        right=sum(len(said & expected) for said, expected in judged),
        found=sum(len(said) for said, _expected in judged),
        wanted=sum(len(expected) for _said, expected in judged),
        pairs=len(corpus),
    )


if __name__ == "__main__":
    for name, score in scores():
        note = "one number changed in each right pair" if name == SLIPS else first_run(name) or "made on these"
        print(f"{name:16} {score.pairs:4} pairs  precision {score.precision:.3f}  recall {score.recall:.3f}  {note}")
