"""A name in, ranked proposals out: established forms first, then the table of the name's own language (名从主人)."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from compiler_flow.i18n import gettext as _
from compiler_flow.names import established, guess
from compiler_flow.names.established import look_up
from compiler_flow.names.parts import FullName, Kind, NamePart, cleaned, fault, split
from compiler_flow.names.table import load
from compiler_flow.names.transcribe import has_womans_ending, readings
from compiler_flow.text import lazy_pattern

INTERPUNCT = "·"
MOST = 5
# Where a form comes from: what ``Proposal.source`` may say, beside ``table:<language>``.
GLOSSARY, USED, ESTABLISHED, TABLE = "glossary", "used-before", "established", "table:"
_SURE = {GLOSSARY: 0.99, USED: 0.9, ESTABLISHED: 0.95}
_DOUBTFUL = 0.15
# A table that got every known surname right may still miss the next: lists go before it.
_NEVER_SURER = 0.88
_NEAR = 0.35
# From so many parts on, forms are not combined with each other.
_MANY = 4
# What established given names end with where a consonant does.
_CONSONANTS = frozenset("尔夫克特德斯姆普布格茨赫什奇")
_SUFFIX = lazy_pattern("(?:[ое]вич|[ое]вна|[oe]vich|[oe]vna)$")
LISTS = frozenset({"given", "surnames"})


@dataclass(frozen=True, slots=True)
class Known:
    """A form that this house has used: ``source`` is ``GLOSSARY`` or ``USED``, ``where`` says in what."""

    target: str
    source: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A Chinese form for a name. ``reason`` is for people, in their language; ``source`` for programs: ``glossary``,
    ``used-before``, ``established`` or ``table:<language>``, of several the weakest. ``confidence`` is from 0 to 1:
    for a table's first choice the share of known surnames that the table gets right."""

    target: str
    reason: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What can be said about ``name``: proposals, best first, or a ``note`` why there are none.

    ``language`` is that of the best proposal's table; ``characters`` says that the name is written in Han characters,
    which somebody has to look up.
    """

    name: str
    proposals: tuple[Proposal, ...] = ()
    note: str = ""
    language: str = ""
    characters: bool = False


@dataclass(frozen=True, slots=True)
class _Choice:
    """One form of one part. ``cost`` orders the forms of a part; ``sure`` from 0 to 1."""

    text: str
    cost: float
    sure: float
    source: str
    why: str


def suggest(
    name: str,
    *,
    language: str = "",
    woman: bool | None = None,
    article_language: str = "",
    country: str = "",
    known: Mapping[str, Known] | None = None,
    lists: Collection[str] = LISTS,
) -> Suggestion:
    """Proposals for ``name``.

    ``language`` (BCP 47) is the name's own, said by a person; without it the article's language and ``country`` help to
    guess. ``woman`` is asked of the given name and the surname's ending where it is not said. ``known`` has the forms
    used in this house, whole names and single parts, by ``established.key``. ``lists`` names the lists of established
    forms to go by, all of ``LISTS`` unless the tables are to be measured alone.

    Never raises for a name, however odd: see ``Suggestion.note``.
    """
    text = cleaned(name)
    characters = guess.han_language(text, language, country)
    wrong = "" if characters else fault(text)
    if wrong:
        return Suggestion(name, note=wrong)
    house = known or {}
    whole = house.get(established.key(text))
    first: tuple[Proposal, ...] = (
        (Proposal(whole.target, _why_known(whole), whole.source, _SURE[whole.source]),) if whole else ()
    )
    if "surnames" in lists:
        full = (one for one in established.surnames().get(established.key(text), ()) if one.kind == "full")
        first += tuple(Proposal(one.target, _("established form"), ESTABLISHED, _SURE[ESTABLISHED]) for one in full)
    if characters:
        said = _("{language}: such names have characters; look them up, they are not transcribed.")
        return Suggestion(name, first, "" if first else said.format(language=characters), characters=True)
    if first and " " in text and INTERPUNCT not in first[0].target:
        # 石破茂: whoever has a name without interpunct is not transcribed either.
        return Suggestion(name, first, characters=True)
    found = list(first)
    tongues = _tongues(text, language, country, article_language)
    if not tongues:
        said = _("There is no table for {language}. Known: {names}.")
        return Suggestion(name, first, said.format(language=language, names=", ".join(guess.known_tags())))
    for place, one in enumerate(tongues):
        less = 0.25 * place
        local = guess.by_hand(article_language) == one.language
        made = _of_language(text, one, woman, house, lists=lists, is_local=local)
        if less:
            made = [replace(each, confidence=max(0.05, round(each.confidence - less, 2))) for each in made]
        found += made
    ranked = sorted(_once(found), key=lambda each: -each.confidence)
    if not ranked:
        return Suggestion(name, note=_("Nothing in it could be read."))
    return Suggestion(name, tuple(ranked[:MOST]), language=tongues[0].language)


def _tongues(text: str, language: str, country: str, article_language: str) -> tuple[guess.Guess, ...]:
    if language:
        chosen = guess.by_hand(language)
        return (guess.Guess(chosen, 9, ""),) if chosen else ()
    return guess.guesses(text, country=country, language=article_language)


def _once(found: list[Proposal]) -> list[Proposal]:
    best: dict[str, Proposal] = {}
    for one in found:
        if one.target not in best or best[one.target].confidence < one.confidence:
            best[one.target] = one
    return list(best.values())


def _why_known(known: Known) -> str:
    if known.source == GLOSSARY:
        return _("in the glossary: {where}").format(where=known.where)
    return _("used before: {where}").format(where=known.where)


def _of_language(
    text: str,
    tongue: guess.Guess,
    woman: bool | None,
    house: Mapping[str, Known],
    *,
    lists: Collection[str],
    is_local: bool,
) -> list[Proposal]:
    full = split(text, tongue.language, is_local=is_local)
    is_woman = _is_woman(full, tongue.language) if woman is None else woman
    choices = []
    for part in full.parts:
        forms = _forms(part, tongue.language, house, woman=is_woman, lists=lists)
        if not forms:
            return []
        choices.append(forms[:MOST])
    made = [_joined(full, one, tongue) for one in _combined(choices)]
    without = tuple(part for part in full.parts if part.kind is not Kind.PATRONYMIC)
    if len(without) < len(full.parts):
        kept = [choice[0] for part, choice in zip(full.parts, choices, strict=True) if part in without]
        short = _joined(FullName(without, full.prefix), kept, tongue)
        reason = _("without the patronymic, as the press mostly writes")
        made.insert(
            1,
            replace(short, reason=_("; ").join((reason, short.reason)), confidence=round(made[0].confidence - 0.01, 2)),
        )
    return made


def _combined(choices: list[list[_Choice]]) -> list[list[_Choice]]:
    """The best few ways to choose a form for every part: the first of all, then what costs least more."""
    if len(choices) == 1:
        return [[one] for one in choices[0][:MOST]]
    firsts = tuple(forms[0] for forms in choices)
    if len(choices) < _MANY:
        ways: list[tuple[_Choice, ...]] = list(itertools.product(*(forms[:3] for forms in choices)))
    else:
        # One part at a time: all ways to choose would be too many.
        ways = [firsts]
        for place, forms in enumerate(choices):
            ways += [(*firsts[:place], one, *firsts[place + 1 :]) for one in forms[1:3]]
    ways.sort(key=lambda way: sum(one.cost - first.cost for one, first in zip(way, firsts, strict=True)))
    return [list(way) for way in ways[:MOST]]


def _joined(full: FullName, chosen: list[_Choice], tongue: guess.Guess) -> Proposal:
    pieces: list[str] = []
    for part, one in zip(full.parts, chosen, strict=True):
        # GB/T 15834-2011, 4.14 and its annex: a point and no interpunct between initials and what follows.
        glued = pieces and pieces[-1].endswith(".")
        pieces.append((pieces.pop() if glued else "") + part.before + one.text)
    sure = min(one.sure for one in chosen)
    sources = [one.source for one in chosen]
    source = next((one for one in sources if one.startswith(TABLE)), "")
    source = source or next((one for one in (ESTABLISHED, USED, GLOSSARY) if one in sources), ESTABLISHED)
    why = [
        _("{part}: {why}").format(part=part.text, why=one.why)
        for part, one in zip(full.parts, chosen, strict=True)
        if one.why
    ]
    reason = chosen[0].why if len(chosen) == 1 else _("; ").join(why)
    if tongue.why and source.startswith(TABLE):
        reason = _("{reason} (language by {evidence})").format(reason=reason, evidence=tongue.why)
    return Proposal(full.prefix + INTERPUNCT.join(pieces), reason, source, round(sure, 2))


def _is_woman(full: FullName, language: str) -> bool:
    """Whether the given name is listed as a woman's, or the surname has a woman's ending."""
    for part in full.parts:
        if part.kind is Kind.GIVEN:
            for one in look_up(established.given_names(), part.text, language):
                return one.gender == "w"
    return any(
        part.kind in {Kind.SURNAME, Kind.PATRONYMIC} and has_womans_ending(part.text, language) for part in full.parts
    )


def _forms(
    part: NamePart, language: str, house: Mapping[str, Known], *, woman: bool, lists: Collection[str]
) -> list[_Choice]:
    """The forms of one part, best first; alternatives of the table stand behind an established form too."""
    if part.apart:
        return [_Choice(part.apart, 0, 1, ESTABLISHED, "")]
    if part.kind is Kind.INITIALS:
        return [_Choice(part.text, 0, 1, ESTABLISHED, "")]
    found: list[_Choice] = []
    used = house.get(established.key(part.text))
    if used is not None:
        found.append(_Choice(used.target, 0, _SURE[used.source], used.source, _why_known(used)))
    for one in _listed(part, language, lists):
        said = _("established given name") if one.kind == "given" else _("established surname")
        found.append(_Choice(one.target, 0.1, _SURE[ESTABLISHED], ESTABLISHED, said))
    if found and part.kind is Kind.GIVEN:
        return found
    if part.kind is Kind.PATRONYMIC and "given" in lists:
        found += _patronymic(part, language, woman=woman)
    table = _by_table(part, language, woman=woman, lists=lists)
    if not found:
        return table
    found += [replace(one, cost=one.cost + 1.0) for one in table[:1]]
    return list({one.text: one for one in reversed(found)}.values())[::-1]


def _patronymic(part: NamePart, language: str, *, woman: bool) -> list[_Choice]:
    """The father's established name with the suffix as the table has it: Владимирович 弗拉基米罗维奇."""
    match = _SUFFIX.search(part.text.lower())
    if match is None:
        return []
    stem, suffix = part.text[: match.start()], match[0]
    for ending in ("", "й", "ь", "i", "y"):
        father = look_up(established.given_names(), stem + ending, language)
        if father:
            name = father[0].target
            # The last consonant of the name goes to the suffix (米尔 + ович: 米罗维奇), but н stays and is said again.
            heads = "" if ending else stem[-1]
            if heads and heads not in "нn" and name[-1] in _CONSONANTS:
                name = name[:-1]
            read = readings(heads + suffix, language, woman=woman, surname=True)
            said = _("patronymic of an established given name")
            return [_Choice(name + read[0].text, 0, _SURE[ESTABLISHED] - 0.05, ESTABLISHED, said)] if read else []
    return []


def _listed(part: NamePart, language: str, lists: Collection[str]) -> list[established.Established]:
    if part.kind is Kind.GIVEN and "given" in lists:
        return list(look_up(established.given_names(), part.text, language)[:1])
    if part.kind is Kind.SURNAME and "surnames" in lists:
        return [one for one in look_up(established.surnames(), part.text, language) if one.kind == "surname"][:1]
    return []


def _by_table(part: NamePart, language: str, *, woman: bool, lists: Collection[str]) -> list[_Choice]:
    """Each hyphened piece on its own, the best readings of all combined."""
    table = load(language)
    said = _("transcription table {language} ({name})").format(language=language, name=table.name)
    pieces = []
    for piece in part.text.split("-"):
        is_listed = part.kind is Kind.GIVEN and "given" in lists and "-" in part.text
        given = look_up(established.given_names(), piece, language) if is_listed else ()
        if given:
            pieces.append([_Choice(given[0].target, 0, _SURE[ESTABLISHED], ESTABLISHED, said)])
            continue
        read = readings(piece, language, woman=woman, surname=part.kind is not Kind.GIVEN)
        if not read:
            return []
        rival = len(read) > 1 and read[1].cost - read[0].cost < _NEAR
        made = []
        for place, one in enumerate(read):
            sure = min(table.trust, _NEVER_SURER) - (_DOUBTFUL if one.doubt else 0) - (0.1 if rival else 0)
            sure = sure if not place else sure / (2.0 + place)
            made.append(_Choice(one.text, one.cost - read[0].cost, max(sure, 0.05), TABLE + language, said))
        pieces.append(made)
    return [
        _Choice(
            "-".join(one.text for one in way),
            sum(one.cost for one in way),
            min(one.sure for one in way),
            TABLE + language,
            said,
        )
        for way in _combined(pieces)
    ]
