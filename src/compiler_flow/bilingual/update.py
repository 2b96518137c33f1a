"""A corrected source meets the work done on the old one: nothing that a person wrote is lost.

* An unchanged sentence keeps everything, wherever it moved; only its place is told anew.
* A changed one keeps its translation as a draft, with the old source as ``previous`` and ``Origin(CHANGED)``. The old
  pair goes to the obsolete units, so that it is there as it was when the old sentence comes back.
* Of a split sentence the first part gets the whole translation as a draft, of merged ones the new sentence gets all
  translations; a note says so. So it is where the same text is cut in other places, as new rules may do.
* A removed one becomes obsolete if it has a translation, and comes back alive with its sentence. A comment on a
  sentence without one moves to the head of the file.

Decisions (``〔略〕`` and the like) are translations as any other here. A machine's draft that nobody touched stays a
machine's draft, so that it can be made anew.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from compiler_flow.bilingual import aligning
from compiler_flow.bilingual.aligning import Link
from compiler_flow.model import DECISIONS, METADATA_ROLES, Article, Catalog, Origin, OriginKind, Role, Segment, Unit
from compiler_flow.text import digest, fold_spaces, shorten

_SPLIT_FIRST = "原句已拆成{count}句，全句译文在此"
_SPLIT_REST = "原句已拆成{count}句，全句译文在上一单元"
_MERGED = "{count}句已并成一句，译文连在一起"
_RECUT_FIRST = "断句已变，以下{count}句的译文都在此"
_RECUT_REST = "断句已变，译文在前面的单元"


def update(
    old: Catalog | None, article: Article, segments: Sequence[Segment], target_language: str = "zh-CN"
) -> Catalog:
    """The catalog of ``article`` as ``segments`` have it now, with all that ``old`` knows.

    The order is that of the segments. Headers, comment, path and stamp are those of ``old``.
    """
    fresh = [_fresh(segment) for segment in segments]
    language = article.metadata.language
    if old is None:
        return Catalog(article.name, language, target_language, tuple(fresh))
    units, buried = _carried(old, fresh)
    obsolete = [unit for unit in buried if unit.target.strip()]
    return dataclasses.replace(
        old,
        article=article.name,
        source_language=language or old.source_language,
        target_language=target_language,
        units=tuple(units),
        obsolete=tuple(obsolete),
        comment=_with_orphans(old.comment, [unit for unit in buried if not unit.target.strip()]),
    )


def _with_orphans(comment: str, units: Iterable[Unit]) -> str:
    """The file's comment with those of removed units that had nothing else: gettext drops such obsolete entries."""
    lines = comment.split("\n") if comment else []
    found = (f"已删原句“{shorten(unit.source, 40)}”的批注：{line}" for unit in units for line in unit.comments if line)
    return "\n".join(dict.fromkeys((*lines, *found)))


def _fresh(segment: Segment) -> Unit:
    references = (f"source.md:{segment.line}",) if segment.line else ()
    return Unit(segment.id, segment.text, spot=segment.spot, references=references)


def _carried(old: Catalog, fresh: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The new live and obsolete units."""
    old_keys, new_keys = [_key(unit) for unit in old.units], [_key(unit) for unit in fresh]
    anchors, moved = aligning.same(old_keys, new_keys)
    origins = _with_work({j: i for i, j in (*anchors, *moved)}, old.units, old_keys)
    units = [_kept(old.units[origins[j]], unit) if j in origins else unit for j, unit in enumerate(fresh)]
    free_old = set(range(len(old.units))) - set(origins.values())
    free_new = set(range(len(fresh))) - set(origins)

    graves = _Graveyard(old.obsolete)
    for j in sorted(free_new):
        grave = graves.take(fresh[j])
        if grave is not None:
            units[j] = _kept(grave, fresh[j])
            free_new.discard(j)

    for kind in (None, *METADATA_ROLES):
        # A title is no older wording of a sentence.
        old_ones = {i for i in free_old if _metadata_role(old.units[i]) is kind}
        new_ones = {j for j in free_new if _metadata_role(fresh[j]) is kind}
        for link in aligning.changed(old_keys, new_keys, anchors, old_ones, new_ones):
            for j, unit in zip(link.new, _changed(old.units, fresh, link), strict=True):
                units[j] = unit
    buried = [*graves.rest(), *(_buried(old.units[i]) for i in sorted(free_old))]
    return units, _without_doubles(units, buried)


def _with_work(origins: dict[int, int], old: Sequence[Unit], keys: Sequence[str]) -> dict[int, int]:
    """New index → old index. Where a sentence stood twice and only one is left, the one that has work in it stays."""
    used = set(origins.values())
    idle: defaultdict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(old):
        if i not in used and _has_work(unit):
            idle[keys[i]].append(i)
    return {
        j: idle[keys[i]].pop(0) if idle.get(keys[i]) and not (_has_work(old[i]) or old[i].comments) else i
        for j, i in origins.items()
    }


def _has_work(unit: Unit) -> bool:
    return bool(unit.target.strip()) and not is_untouched(unit)


def _key(unit: Unit) -> str:
    """What two units must share to be the same sentence. Metadata is like nothing but its own kind."""
    role = _metadata_role(unit)
    return f"{role}\x1f{fold_spaces(unit.source)}" if role else fold_spaces(unit.source)


def _metadata_role(unit: Unit) -> Role | None:
    return unit.spot.role if unit.spot and unit.spot.role in METADATA_ROLES else None


def _kept(unit: Unit, fresh: Unit) -> Unit:
    return dataclasses.replace(
        unit,
        id=fresh.id,
        source=fresh.source,
        spot=fresh.spot,
        references=fresh.references,
        anonymous=False,
        line=0,
    )


# ---------------------------------------------------------------------------------------------- changed ones


def _changed(old: Sequence[Unit], fresh: Sequence[Unit], link: Link) -> list[Unit]:
    """The new units of a link, with the old translations as drafts."""
    before = [old[i] for i in link.old]
    after = [fresh[j] for j in link.new]
    if len(after) > 1:
        return _recut(before, after)
    if len(before) > 1:
        return [_merged(before, after[0])]
    return [_draft(before[0], after[0])]


def _draft(unit: Unit, fresh: Unit, *, note: str = "") -> Unit:
    kept = dataclasses.replace(
        _kept(unit, fresh),
        terms=tuple(term for term in unit.terms if term.source in fresh.source),
        names=tuple(name for name in unit.names if name.source in fresh.source),
        plural=(),
    )
    if not unit.target.strip():
        return kept
    origin = unit.origin if _is_machine_draft(unit) else _changed_origin(unit.target, note)
    # What the translation belongs to is the text it was made for, not the last of several changes.
    previous = unit.previous if is_copy(unit) and unit.previous else unit.source
    return dataclasses.replace(kept, fuzzy=True, previous=previous, origin=origin)


def _recut(units: list[Unit], fresh: list[Unit]) -> list[Unit]:
    """One sentence that became several, or several that are cut in other places: the first has all translations."""
    decisions = {unit.target.strip() for unit in units}
    if len(decisions) == 1 and decisions <= DECISIONS:
        return [_draft(units[0], fresh[0]), *(_draft(dataclasses.replace(units[0], comments=()), f) for f in fresh[1:])]
    count = _counted(len(fresh))
    if len(units) == 1:
        first = _draft(units[0], fresh[0], note=_SPLIT_FIRST.format(count=count))
        note = _SPLIT_REST.format(count=count)
    else:
        first = _merged(units, fresh[0], note=_RECUT_FIRST.format(count=count))
        note = _RECUT_REST
    if not first.target.strip():
        return [first, *fresh[1:]]
    return [first, *(dataclasses.replace(f, origin=_changed_origin("", note)) for f in fresh[1:])]


def _changed_origin(target: str, note: str) -> Origin:
    return Origin(OriginKind.CHANGED, digest=digest(target), note=note)


def _counted(number: int) -> str:
    return "两三四五六七八九十"[number - 2] if number <= 10 else str(number)


def _merged(units: list[Unit], fresh: Unit, *, note: str = "") -> Unit:
    texts = [text for unit in units if (text := unit.target.strip()) and text not in DECISIONS]
    target = "".join(texts) or next((unit.target for unit in units if unit.target.strip()), "")
    draft = _draft(
        dataclasses.replace(units[0], target=target, origin=None),
        fresh,
        note=note or _MERGED.format(count=_counted(len(units))),
    )
    return dataclasses.replace(
        draft,
        previous=" ".join(unit.source for unit in units) if target else "",
        comments=tuple(dict.fromkeys(line for unit in units for line in unit.comments)),
        terms=tuple(dict.fromkeys(term for unit in units for term in unit.terms if term.source in fresh.source)),
        names=tuple(dict.fromkeys(name for unit in units for name in unit.names if name.source in fresh.source)),
        notes=tuple(dict.fromkeys(note for unit in units for note in unit.notes)),
    )


def is_untouched(unit: Unit) -> bool:
    """Whether the text is a draft as it was proposed: nobody has typed in it, nobody has accepted it."""
    return unit.fuzzy and unit.origin is not None and unit.origin.digest == digest(unit.target)


def _is_machine_draft(unit: Unit) -> bool:
    return is_untouched(unit) and unit.origin is not None and unit.origin.kind is not OriginKind.CHANGED


def is_copy(unit: Unit) -> bool:
    """Whether the text only repeats what another unit has: a draft that ``update`` made and nobody touched."""
    return is_untouched(unit) and unit.origin is not None and unit.origin.kind is OriginKind.CHANGED


# --------------------------------------------------------------------------------------------- obsolete ones


class _Graveyard:
    """Obsolete units that may come back alive, by their text."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = dict(enumerate(units))
        self._by_text: defaultdict[str, list[int]] = defaultdict(list)
        for number, unit in self._units.items():
            self._by_text[fold_spaces(unit.source)].append(number)

    def take(self, fresh: Unit) -> Unit | None:
        """The unit for this sentence: the one with its id, or the one that died last."""
        numbers = self._by_text.get(fold_spaces(fresh.source))
        if not numbers:
            return None
        number = next((number for number in numbers if self._units[number].id == fresh.id), numbers[-1])
        numbers.remove(number)
        return self._units.pop(number)

    def rest(self) -> list[Unit]:
        return list(self._units.values())


def with_buried(catalog: Catalog, units: Iterable[Unit]) -> Catalog:
    """The catalog with further obsolete units, as far as they say what is not said there already."""
    obsolete = _without_doubles(catalog.units, (*catalog.obsolete, *map(_buried, units)))
    return dataclasses.replace(catalog, obsolete=tuple(unit for unit in obsolete if unit.target.strip()))


def _buried(unit: Unit) -> Unit:
    return dataclasses.replace(unit, spot=None, references=(), line=0)


def _without_doubles(live: Sequence[Unit], buried: Iterable[Unit]) -> list[Unit]:
    """The obsolete units worth keeping, none with the name and text of another unit (gettext refuses such files)."""
    kept: list[Unit] = []
    taken = {(unit.id, unit.source) for unit in live}
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    copies: list[Unit] = []
    for unit in buried:
        pair = (unit.source, unit.target)
        if not unit.target.strip() and not unit.comments:
            continue
        if is_copy(unit):
            copies.append(unit)
        elif pair not in said or not said[pair].issuperset(unit.comments):
            said[pair].update(unit.comments)
            kept.append(_renamed(unit, taken))
    if copies:
        targets = {unit.target.strip() for unit in (*live, *kept)}
        comments = {line for unit in (*live, *kept) for line in unit.comments}
        lost = [unit for unit in copies if not (comments.issuperset(unit.comments) and _is_said(unit, targets))]
        kept.extend(_renamed(unit, taken) for unit in lost)
    return kept


def _is_said(copy: Unit, targets: set[str]) -> bool:
    """Whether the text stands elsewhere, as a whole or as the texts that it was put together from."""
    text = copy.target.strip()
    parts = {part for part in targets if part and part in text}
    reached = {0}
    for place in range(len(text)):
        if place in reached:
            reached.update(place + len(part) for part in parts if text.startswith(part, place))
    return len(text) in reached


def _renamed(unit: Unit, taken: set[tuple[str, str]]) -> Unit:
    """The unit under a name that no other unit with its text has; a foreign unit without a name keeps none."""
    if unit.anonymous and ("", unit.source) not in taken:
        taken.add(("", unit.source))
        return unit
    base = unit.id.partition(".")[0]
    name, number = unit.id, 1
    while (name, unit.source) in taken:
        number += 1
        name = f"{base}.{number}"
    taken.add((name, unit.source))
    return dataclasses.replace(unit, id=name, anonymous=False) if name != unit.id else unit
