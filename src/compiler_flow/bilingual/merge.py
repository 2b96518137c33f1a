"""A file that comes back from a translator, however old, meets the work done here meanwhile.

Units are aligned by text and order, never by position. What only they wrote is taken in. Where both sides wrote, ours
stays and theirs stands beside it as a comment (``冲突（来自 …）：…``) and in the report: nobody guesses who is right.
What belongs to a sentence that is no longer here becomes an obsolete unit, so that it can be found and come back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from compiler_flow.bilingual import aligning
from compiler_flow.bilingual.update import is_copy, is_untouched, with_buried
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CONFLICT, Catalog, Origin, OriginKind, Unit
from compiler_flow.text import base_language, digest, fold_spaces

# A file of which fewer sentences than this are known here belongs to another article.
_KNOWN = 0.2


class Taking(StrEnum):
    """What came in: a translation, the acceptance of a draft, a draft for a changed sentence, or comments."""

    TRANSLATION = "translation"
    ACCEPTED = "accepted"
    DRAFT = "draft"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Taken:
    """Something of theirs that is now in ``unit`` (its id)."""

    unit: str
    source: str
    kind: Taking


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides translated ``unit``: ``mine`` stays, ``theirs`` stands beside it as a comment."""

    unit: str
    source: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The merged catalog and the report.

    ``who`` is whom the file names as its last translator, else its path. ``unknown`` are their translated units for
    which there is no sentence here any more; they are obsolete units of the catalog now.
    """

    catalog: Catalog
    who: str
    taken: tuple[Taken, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unknown: tuple[Unit, ...] = ()


def merge(mine: Catalog, theirs: Catalog, *, base: Catalog | None = None) -> MergeResult:
    """``mine`` with what ``theirs`` has more. Merging the same file again changes nothing.

    ``base`` is the catalog that was sent out, where it is known: what they left as they got it is then no conflict.
    Raises ``FormatError`` where ``theirs`` is of another language pair or another article.
    """
    _check_languages(mine, theirs)
    keys = [fold_spaces(unit.source) for unit in mine.units]
    their_keys = [fold_spaces(unit.source) for unit in theirs.units]
    anchors, moved = aligning.same(their_keys, keys)
    pairs = dict((*anchors, *moved))
    free_theirs = set(range(len(their_keys))) - set(pairs)
    alike = aligning.changed(their_keys, keys, anchors, free_theirs, set(range(len(keys))) - set(pairs.values()))
    _check_article(mine, theirs, len(pairs) + sum(len(link.old) for link in alike))

    merging = _Merging(mine, _who(theirs), _sent(base))
    for theirs_at, mine_at in sorted(pairs.items()):
        merging.same(mine_at, theirs.units[theirs_at])
    for link in alike:
        free_theirs.difference_update(link.old)
        merging.alike(link.new[0], [theirs.units[i] for i in link.old])
    merging.gone([theirs.units[i] for i in sorted(free_theirs)])
    merging.gone(theirs.obsolete, report=False)
    return merging.result()


def _check_languages(mine: Catalog, theirs: Catalog) -> None:
    wanted = (base_language(mine.source_language), base_language(mine.target_language))
    found = (base_language(theirs.source_language), base_language(theirs.target_language))
    if wanted != found:
        raise FormatError(
            _(
                "The file goes from {source} into {target}; this article goes from {mine_source} into {mine_target}."
            ).format(
                source=theirs.source_language,
                target=theirs.target_language,
                mine_source=mine.source_language,
                mine_target=mine.target_language,
            ),
            path=theirs.path,
            hint=_("Look for the article that it belongs to."),
        )


def _check_article(mine: Catalog, theirs: Catalog, known: int) -> None:
    dead = {fold_spaces(unit.source) for unit in mine.obsolete}
    known += sum(fold_spaces(unit.source) in dead for unit in theirs.units)
    if theirs.units and known < _KNOWN * len(theirs.units):
        raise FormatError(
            _("This file belongs to another article ({article}): hardly a sentence of it stands in {name}.").format(
                article=theirs.article, name=mine.article
            ),
            path=theirs.path,
            hint=_("Name the article that it belongs to."),
        )


def _who(theirs: Catalog) -> str:
    headers = dict(theirs.headers)
    return headers.get("Last-Translator") or headers.get("X-Compiler") or theirs.path or theirs.article


def _sent(base: Catalog | None) -> dict[str, Unit]:
    return {} if base is None else {unit.id: unit for unit in base.units}


class _Merging:
    """A merge under way: the live units as they become, what must be buried, and the report."""

    def __init__(self, mine: Catalog, who: str, sent: dict[str, Unit]) -> None:
        self._mine = mine
        self._who = who
        self._sent = sent
        self._units = list(mine.units)
        self._buried: list[Unit] = []
        self._taken: list[Taken] = []
        self._conflicts: list[Conflict] = []
        self._unknown: list[Unit] = []

    def same(self, at: int, their: Unit) -> None:
        """Their unit has the same source as ours."""
        mine = self._units[at]
        text = their.target.strip()
        if not text or is_untouched(their) or self._sent_target(mine) == their.target:
            pass
        elif text == mine.target.strip():
            if mine.fuzzy and not their.fuzzy:
                self._units[at] = dataclasses.replace(mine, fuzzy=False, previous="")
                self._note(mine, Taking.ACCEPTED)
        elif self._may_give_way(mine):
            self._bury_copy(mine)
            previous = mine.previous if their.fuzzy else ""
            self._units[at] = dataclasses.replace(
                mine, target=their.target, fuzzy=their.fuzzy, previous=previous, plural=their.plural or mine.plural
            )
            self._note(mine, Taking.TRANSLATION)
        else:
            self._conflict(at, their.target)
        self._add_comments(at, their.comments)

    def alike(self, at: int, their: list[Unit]) -> None:
        """Their units are for an older wording of ours: a draft where nobody has worked here, else obsolete."""
        mine = self._units[at]
        written = [unit for unit in their if unit.target.strip() and not is_untouched(unit)]
        if len(their) == len(written) == 1 and not mine.target.strip():
            (unit,) = written
            origin = Origin(OriginKind.CHANGED, digest=digest(unit.target))
            self._units[at] = dataclasses.replace(
                mine, target=unit.target, fuzzy=True, previous=unit.source, origin=origin, plural=()
            )
            self._note(mine, Taking.DRAFT)
            self._add_comments(at, unit.comments)
        # The pair as it was is kept as well: the old wording may come back.
        self.gone(their, report=mine.is_done)

    def gone(self, units: Iterable[Unit], *, report: bool = True) -> None:
        """Their sentences are not here any more."""
        for unit in units:
            if unit.target.strip() and not is_untouched(unit) and not self._is_known(unit):
                self._buried.append(unit)
                if report:
                    self._unknown.append(unit)

    def result(self) -> MergeResult:
        catalog = with_buried(dataclasses.replace(self._mine, units=tuple(self._units)), self._buried)
        return MergeResult(catalog, self._who, tuple(self._taken), tuple(self._conflicts), tuple(self._unknown))

    def _may_give_way(self, mine: Unit) -> bool:
        return not mine.target.strip() or is_untouched(mine) or self._sent_target(mine) == mine.target

    def _sent_target(self, mine: Unit) -> str | None:
        return self._sent[mine.id].target if mine.id in self._sent else None

    def _bury_copy(self, mine: Unit) -> None:
        """A draft carried over from an older wording is a person's work; it must not live in that draft alone."""
        if is_copy(mine) and mine.previous:
            name = digest(fold_spaces(mine.previous))
            self._buried.append(dataclasses.replace(mine, id=name, source=mine.previous, previous="", origin=None))

    def _is_known(self, unit: Unit) -> bool:
        key = (fold_spaces(unit.source), unit.target)
        return any((fold_spaces(dead.source), dead.target) == key for dead in self._mine.obsolete)

    def _conflict(self, at: int, text: str) -> None:
        mine = self._units[at]
        self._conflicts.append(Conflict(mine.id, mine.source, mine.target, text))
        line = f"{CONFLICT}{fold_spaces(self._who)}）：{text.strip()}"
        self._units[at] = dataclasses.replace(mine, comments=_with(mine.comments, line.split("\n")))

    def _add_comments(self, at: int, comments: tuple[str, ...]) -> None:
        mine = self._units[at]
        # What was handed out and is not here any more was deleted here, as a conflict's line that is settled.
        gone = self._sent[mine.id].comments if mine.id in self._sent else ()
        more = _with(mine.comments, (line for line in comments if line not in gone))
        if more != mine.comments:
            self._units[at] = dataclasses.replace(mine, comments=more)
            self._note(mine, Taking.COMMENT)

    def _note(self, unit: Unit, kind: Taking) -> None:
        self._taken.append(Taken(unit.id, unit.source, kind))


def _with(comments: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return (*comments, *_new(comments, more))


def _new(comments: tuple[str, ...], more: Iterable[str]) -> Iterator[str]:
    known = {line.rstrip() for line in comments}
    return (line.rstrip() for line in more if line.strip() and line.rstrip() not in known)
