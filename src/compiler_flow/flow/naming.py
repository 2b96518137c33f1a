"""Proposals for names: what this house has used, joined with the established forms and the tables of ``names``."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import inline, project
from compiler_flow.errors import UsageError
from compiler_flow.files import read_text
from compiler_flow.flow import remembering, terminology
from compiler_flow.flow.terminology import Terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, Finding, Match, Metadata, NameNote, State, Term, TermKind, Unit
from compiler_flow.project import Workspace
from compiler_flow.report import Offer
from compiler_flow.terms import INTERPUNCT
from compiler_flow.text import has_han

if TYPE_CHECKING:
    from compiler_flow.names import Known, Proposal, Suggestion

# What a translator reads beside a unit is Chinese, like the other lines there.
_SAID = {"glossary": "术语表", "used-before": "本工作区用过", "established": "通行译名"}
_LOOK_UP = "查汉字"
_SHOWN = 2
_LISTED = 3


class Namer:
    """Proposals in one workspace (or with the terms of files named by hand), each name asked once.

    ``used`` finds a form that was used before for a whole name; see ``used_before``.
    """

    def __init__(self, terms: Terminology, used: Callable[[str], Known | None] | None = None) -> None:
        self._terms = terms
        self._used = used
        self._house: dict[str, Known] | None = None
        self._asked: dict[tuple[str, str, str], Suggestion] = {}

    def suggest(
        self, name: str, *, language: str = "", woman: bool | None = None, article: str = "", country: str = ""
    ) -> Suggestion:
        """Proposals for ``name``; ``language`` is its own if a person said it, ``article`` the article's."""
        from compiler_flow import names

        if self._house is None:
            self._house = dict(_house(self._terms.terms))
        known: Mapping[str, Known] = self._house
        key = names.key(name)
        ask = functools.partial(
            names.suggest, name, language=language, woman=woman, article_language=article, country=country
        )
        found = ask(known=known)
        used = self._used(name) if self._used is not None and key not in known else None
        if used is None:
            return found
        # What was cut out of a sentence may begin with an office (总统…): a proposal that it ends with is the name.
        target = next((one.target for one in found.proposals if used.target.endswith(one.target)), used.target)
        return ask(known={**known, key: dataclasses.replace(used, target=target)})

    def of_article(self, name: str, catalog: Catalog, metadata: Metadata | None) -> Suggestion:
        """Proposals for a name that stands in an article."""
        key = (name, catalog.source_language, metadata.country if metadata else "")
        if key not in self._asked:
            self._asked[key] = self.suggest(name, article=key[1], country=key[2])
        return self._asked[key]

    def proposed(self, catalog: Catalog, metadata: Metadata | None) -> Callable[[str], str]:
        """For the checks: the proposals for a name of this article, best first, or an empty text."""

        def told(name: str) -> str:
            # Most articles have no unknown name, and the tables take their time to load.
            from compiler_flow import names

            person = names.person_in(name)
            found = self.of_article(person, catalog, metadata) if names.is_personal(person) else None
            return " / ".join(one.target for one in found.proposals[:_SHOWN]) if found else ""

        return told

    def unknown(self, unit: Unit, catalog: Catalog, metadata: Metadata | None) -> Iterator[tuple[str, Suggestion]]:
        """The names of persons in a unit's source that no entry covers, with what is said about each."""
        from compiler_flow import glossary, names

        matcher = self._terms.matcher(catalog.source_language)
        text = inline.plain(unit.source)
        for start, end in glossary.unknown_names(matcher, text, matcher.source(text)):
            name = names.person_in(text[start:end])
            if names.is_personal(name) or names.has_characters(name, country=metadata.country if metadata else ""):
                yield name, self.of_article(name, catalog, metadata)

    def annotate(self, catalog: Catalog, metadata: Metadata | None) -> Catalog:
        """``catalog`` with fresh proposals at every unit: each name once, in the order of the source."""
        units = []
        for unit in catalog.units:
            notes = {name: _note(name, found) for name, found in self.unknown(unit, catalog, metadata)}
            found = tuple(note for note in notes.values() if note is not None)
            units.append(dataclasses.replace(unit, names=found) if found != unit.names else unit)
        return dataclasses.replace(catalog, units=tuple(units))

    def provisional(self, catalogs: Sequence[tuple[Catalog, Metadata]]) -> tuple[Term, ...]:
        """The best proposals for the unknown names of ``catalogs`` as terms, for drafts that a person will verify."""
        found: dict[str, Term] = {}
        for catalog, metadata in catalogs:
            for unit in catalog.units:
                for name, said in self.unknown(unit, catalog, metadata):
                    if said.proposals:
                        target = said.proposals[0].target
                        found.setdefault(name, Term(name, target, TermKind.PERSON, catalog.source_language))
        return tuple(found.values())


def of_workspace(workspace: Workspace, terms: Terminology, *, remembered: bool = False) -> Namer:
    """The proposals of a workspace; ``remembered`` asks its memory too, which takes a moment."""
    return Namer(terms, used_before(workspace, terms) if remembered else None)


def _note(name: str, found: Suggestion) -> NameNote | None:
    if found.proposals:
        targets = " / ".join(one.target for one in found.proposals[:_SHOWN])
        return NameNote(name, targets, reason(found.proposals[0]))
    return NameNote(name, _LOOK_UP, found.note) if found.characters else None


def reason(proposal: Proposal) -> str:
    """Why, in the translators' language: where the form comes from and how sure it is."""
    from compiler_flow import names

    kind, _colon, language = proposal.source.partition(":")
    said = _SAID.get(kind) or f"{names.table_name(language)}译音表"
    return f"{said}，约 {proposal.confidence:.0%}"


def _house(terms: Iterable[Term]) -> Iterator[tuple[str, Known]]:
    """Whole names and single parts of the persons in the glossary; a part that is rendered two ways is left out."""
    from compiler_flow import names

    parts: dict[str, set[str]] = {}
    where: dict[str, Known] = {}
    for term in terms:
        if term.kind is not TermKind.PERSON or term.base or has_han(term.source):
            continue
        place = f"{Path(term.path).name}:{term.line}" if term.path else term.source
        for source in (term.source, *term.aliases):
            yield names.key(source), names.Known(term.target, names.GLOSSARY, place)
            words, pieces = source.split(" "), term.target.split(INTERPUNCT)
            if len(words) == len(pieces) > 1:
                for word, piece in zip(words, pieces, strict=True):
                    parts.setdefault(names.key(word), set()).add(piece)
                    where[names.key(word)] = names.Known(piece, names.GLOSSARY, f"{term.source} ({place})")
    for word, found in parts.items():
        if len(found) == 1:
            yield word, where[word]


def used_before(workspace: Workspace, terms: Terminology) -> Callable[[str], Known | None]:
    """Looks a whole name up in the memory: the rendering of its first 译名（原文） there, the newest first."""
    from compiler_flow import names

    def look_up(name: str) -> Known | None:
        for match in remembering.search(workspace, name):
            for original, rendering in _pairs(match, terms):
                if names.key(original) == names.key(name):
                    return names.Known(rendering, names.USED, match.article)
        return None

    return look_up


def _pairs(match: Match, terms: Terminology) -> Iterator[tuple[str, str]]:
    from compiler_flow import glossary

    unit = Unit("", match.source, match.target)
    if unit.state is State.TRANSLATED:
        yield from glossary.pairs(Catalog("", "en", units=(unit,)), terms.matcher("en").source)


def read_names(file: Path) -> tuple[tuple[str, str], ...]:
    """The names in a text file, one a line, each with the language behind a tab; ``#`` begins a remark.

    Raises ``FileError`` or ``FormatError`` for a file that cannot be read.
    """
    lines = (line.strip() for line in read_text(file)[0].splitlines())
    cells = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return tuple((name.strip(), language.strip()) for name, _tab, language in cells)


def suggest(
    workspace: Workspace | None, asked: Sequence[tuple[str, str]], *, woman: bool | None = None, country: str = ""
) -> tuple[Suggestion, ...]:
    """Proposals for names asked by hand, each with the language that was said with it (or an empty text).

    Inside a workspace its glossary and its memory are asked first. An office before a name (Prime Minister …) is left
    off where the whole is in neither. Raises ``UsageError`` for a language of which nothing is known.
    """
    from compiler_flow import names

    def ask(name: str, language: str) -> Suggestion:
        found = namer.suggest(name, language=language, woman=woman, country=country)
        person = names.person_in(name)
        if person == name or any(one.source in ("glossary", "used-before") for one in found.proposals):
            return found
        return namer.suggest(person, language=language, woman=woman, country=country)

    for _name, language in asked:
        if language and not names.is_known(language):
            raise UsageError(
                _("There is no transcription table for the language {language}.").format(language=language),
                hint=_("Known: {names}.").format(names=", ".join(names.known_tags())),
            )
    terms = terminology.load(workspace)
    namer = of_workspace(workspace, terms, remembered=True) if workspace else Namer(terms)
    return tuple(ask(name, language) for name, language in asked)


def suggestions_csv(found: Iterable[Suggestion]) -> str:
    """Suggestions as rows to paste into a glossary file, with its head; the note has reasons and further forms."""
    from compiler_flow import glossary

    return glossary.terms_csv(_entry(one.name, one) for one in found)


def candidates_csv(workspace: Workspace, folders: Sequence[Path], *, least: int = 1) -> str:
    """The names in these articles that no entry covers, as rows to paste into a glossary file.

    Where the compilers used no form yet, the best proposal for a person stands there, with its reason in the note.
    """
    from compiler_flow import glossary, names

    countries = {folder.resolve().name: project.read_metadata(folder)[0].country for folder in folders}
    known = terminology.load(workspace)
    namer = of_workspace(workspace, known, remembered=True)
    rows: dict[str, Term] = {}
    for one in terminology.candidates(known, terminology.catalogs(workspace, folders), least=least):
        country = next((countries[name] for name in one.articles if countries.get(name)), "")
        person = names.person_in(one.source)
        row = dataclasses.replace(
            one.term(), source=person, accept=one.renderings[1:], note=f"{one.count}× {' '.join(one.articles)}"
        )
        if names.is_personal(person) or names.has_characters(person, country=country):
            row = _with_proposals(row, namer.suggest(person, article=one.lang, country=country))
        else:
            row = dataclasses.replace(row, source=one.source)
        # A name that also stands behind an office is one name; what the compilers wrote for it counts most.
        if row.source not in rows or (one.renderings and not rows[row.source].accept):
            rows[row.source] = row
    return glossary.terms_csv(rows.values())


def _with_proposals(row: Term, found: Suggestion) -> Term:
    entry = _entry(row.source, found)
    note = f"{row.note}；{entry.note}" if entry.note else row.note
    # Compilers' renderings are cut out of sentences and may begin with an office (总统…): the proposal tells.
    proposed = next((one.target for one in found.proposals if row.target.endswith(one.target)), "")
    target = proposed or row.target or entry.target
    return dataclasses.replace(row, target=target, kind=TermKind.PERSON, note=note)


def _entry(name: str, found: Suggestion) -> Term:
    """A glossary entry of the best proposal; 待核 because nobody has looked it up yet."""
    if not found.proposals:
        return Term(name, "", TermKind.PERSON, note=found.note)
    best, *others = found.proposals[:_LISTED]
    further = "".join(f"；又作 {one.target}（{reason(one)}）" for one in others)
    return Term(name, best.target, TermKind.PERSON, note=f"待核：{reason(best)}{further}")


def offers(findings: Iterable[Finding], namer: Namer, catalog: Catalog, metadata: Metadata | None) -> dict[str, Offer]:
    """For every name that a finding says is unknown: a ready row for the glossary, and what is proposed."""
    unknown = [one.source[slice(*one.span)] for one in findings if one.check == "name-unknown" and one.span]
    if not unknown:
        return {}
    from compiler_flow import glossary, names

    made: dict[str, Offer] = {}
    for name in dict.fromkeys(filter(None, unknown)):
        person = names.person_in(name)
        found = namer.of_article(person, catalog, metadata) if names.is_personal(person) else None
        entry = _entry(person, found) if found else Term(name, "")
        shown = tuple((each.target, reason(each)) for each in found.proposals[:_LISTED]) if found else ()
        made[name] = Offer(glossary.row_csv(entry), shown)
    return made
