"""``source-changed``: the units are not those of ``source.md`` any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Severity, Unit

_TEXTS = ("They met.", "They agreed on 14 points.")
_UNITS = (Unit("a", "They met.", "他们会晤。"), Unit("b", "They agreed on 14 points.", "双方商定14点。"))


def _run(catalog: Catalog, _grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    if context.source_texts is None:
        return
    texts = [unit.source for unit in catalog.units]
    # Where sentences are cut is not compared: another version of the segmenter must not reopen finished articles.
    if _run_together(texts) == _run_together(context.source_texts):
        return
    here, there = Counter(map(_run_together_one, texts)), Counter(map(_run_together_one, context.source_texts))
    lacking, strange = (there - here).total(), (here - there).total()
    if lacking or strange:
        message = _(
            "The units do not fit source.md: {lacking} of its sentences have no unit, {strange} units have no sentence."
            " Run: compiler-flow update {article}"
        )
    else:
        message = _("The units stand in another order than in source.md. Run: compiler-flow update {article}")
    yield Fault(message.format(lacking=lacking, strange=strange, article=catalog.article))


def _run_together(texts: Iterable[str]) -> str:
    return "".join(map(_run_together_one, texts))


def _run_together_one(text: str) -> str:
    return "".join(text.split())


CHECK = Check(
    name="source-changed",
    severity=Severity.ERROR,
    scope="article",
    summary="The units are not those of the article's source.md.",
    explanation=(
        "What is printed comes from the units. A unit that was deleted from the file, moved, or changed by hand, and a "
        "source.md or article.toml that was edited without `compiler-flow update`, would go out unnoticed. Only the "
        "text and its order are compared, not where sentences are cut. `update` mends it and loses nothing."
    ),
    run=_run,
    good=(
        Example(units=_UNITS, source_texts=_TEXTS),
        Example(units=_UNITS, source_texts=("They met. They agreed on 14 points.",)),
        Example(units=_UNITS),
    ),
    bad=(
        Example(units=_UNITS[:1], source_texts=_TEXTS),
        Example(units=_UNITS[::-1], source_texts=_TEXTS),
        Example(units=_UNITS, source_texts=("They met.", "They agreed on 15 points.")),
    ),
)
