"""Who answers for what: progress, sign-offs and the gate in front of the final build. Pure; the caller has the clock.

A sign-off holds a digest of what was signed. It falls by itself as soon as a unit's text or state changes, and stands
again if the change is taken back.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from compiler_flow import inline, text
from compiler_flow.errors import GateClosedError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import ngettext
from compiler_flow.model import Catalog, Finding, Issue, Part, Severity, SignOff, State
from compiler_flow.text import lazy_pattern

REVIEWER = "reviewer"
"""The ``SignOff.role`` that opens the gate; other roles may sign too, for the record."""

_TOLD = frozenset({"untranslated", "draft-left"})
_WORDS = lazy_pattern(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
# Scripts written without spaces: a character is counted as a word, as translators' invoices do.
_UNSPACED = lazy_pattern(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a catalog is, in units by state. ``words_to_go`` counts source words of empty and draft units."""

    empty: int = 0
    draft: int = 0
    translated: int = 0
    omitted: int = 0
    merged: int = 0
    words_to_go: int = 0

    @property
    def done(self) -> int:
        """Units a person took responsibility for."""
        return self.translated + self.omitted + self.merged

    @property
    def total(self) -> int:
        """All units."""
        return self.done + self.empty + self.draft

    @property
    def share(self) -> float:
        """Done units as a share of all, 0.0 to 1.0; 0.0 where there are none."""
        return self.done / self.total if self.total else 0.0


class ArticleStatus(StrEnum):
    """Where an article stands, from the first look to the signature."""

    UNTOUCHED = "untouched"
    IN_WORK = "in work"
    TRANSLATED = "translated"
    SIGNED = "signed"
    FALLEN = "signature fallen"


def digest(catalog: Catalog) -> str:
    """16 hex digits over the units in order: id, source, target, state.

    Comments, term notes, provenance, references and lines do not count: Poedit and ``prefill`` may change them
    without anybody's judgement being touched.
    """
    parts = (part for unit in catalog.units for part in (unit.id, unit.source, unit.target, unit.state.value))
    return text.digest(*parts, length=16)


def stands(sign_off: SignOff, catalog: Catalog) -> bool:
    """Whether what was signed is still what is there."""
    return sign_off.digest == digest(catalog)


def progress(catalog: Catalog) -> Progress:
    """Units by state and the source words still to do."""
    counts = Counter(unit.state for unit in catalog.units)
    return Progress(
        empty=counts[State.EMPTY],
        draft=counts[State.DRAFT],
        translated=counts[State.TRANSLATED],
        omitted=counts[State.OMITTED],
        merged=counts[State.MERGED],
        words_to_go=sum(words(unit.source) for unit in catalog.units if not unit.is_done),
    )


def words(source: str) -> int:
    """The words of ``source`` (inline Markdown) as a reader sees it; without spaces, each character is one."""
    visible = inline.plain(source)
    return len(_UNSPACED.findall(visible)) + len(_WORDS.findall(_UNSPACED.sub(" ", visible)))


def article_status(catalog: Catalog, sign_offs: Iterable[SignOff] = ()) -> ArticleStatus:
    """The status of an article with these sign-offs.

    Drafts are the machine's, so an article that has only drafts is untouched. A reviewer's signature that fell is told
    even while units are open, because somebody has to sign again.
    """
    reviews = [sign_off for sign_off in sign_offs if sign_off.role == REVIEWER]
    now = progress(catalog)
    if now.total and now.done == now.total and any(stands(review, catalog) for review in reviews):
        return ArticleStatus.SIGNED
    if reviews:
        return ArticleStatus.FALLEN
    if not now.done:
        return ArticleStatus.UNTOUCHED
    return ArticleStatus.TRANSLATED if now.done == now.total else ArticleStatus.IN_WORK


def sign(catalog: Catalog, findings: Iterable[Finding], *, by: str, role: str, at: dt.datetime) -> SignOff:
    """``by`` (in ``role``, at the time ``at``) answers for the catalog as it is.

    ``findings`` are those of the checks on this catalog. Raises ``GateClosedError`` with one reason for each
    obstacle where units are unfinished or an error stands that nobody waived, ``UsageError`` without a name.
    """
    if not by.strip():
        raise UsageError(_("A sign-off needs the name of the person who signs."))
    if in_the_way := reasons(catalog, findings):
        raise GateClosedError(
            _("{article} cannot be signed yet.").format(article=catalog.article),
            reasons=in_the_way,
            path=catalog.path,
            hint=_("See where with: compiler-flow check {article}").format(article=catalog.article),
        )
    return SignOff(by.strip(), role, at, digest(catalog))


def reasons(catalog: Catalog, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Why ``catalog`` cannot be signed, a line each; empty where it can. ``findings`` as for ``sign``."""
    errors = [finding for finding in findings if finding.article in ("", catalog.article)]
    return (*_unfinished(catalog), *_standing_errors(errors))


def credited(part: Part) -> Part:
    """``part`` with its reviewers named: those of ``article.toml``, else everybody whose signature stands.

    Whoever answers for a text is credited for it even where nobody thought of filling in the line.
    """
    if any(name.strip() for name in part.metadata.reviewers):
        return part
    signed = (one.by for one in part.metadata.sign_offs if one.role == REVIEWER and stands(one, part.catalog))
    return replace(part, metadata=replace(part.metadata, reviewers=tuple(dict.fromkeys(signed))))


def obstacles(issue: Issue, parts: Sequence[Part], findings: Iterable[Finding]) -> tuple[str, ...]:
    """What keeps the final build shut: one line each, empty where it may go out.

    ``findings`` are those of all checks on the number, each with its ``article`` (empty: the number as a whole).
    """
    by_article: dict[str, list[Finding]] = {}
    for finding in findings:
        by_article.setdefault(finding.article, []).append(finding)
    names = [part.name for part in parts]
    lines = [] if parts else [_("{issue}: there are no articles").format(issue=issue.name)]
    lines += [
        _("{issue}: the feature {article} is not among the articles").format(issue=issue.name, article=name)
        for name in issue.features
        if name not in names
    ]
    for part in parts:
        told = (
            *_unfinished(part.catalog),
            *_unsigned(part),
            *_standing_errors(by_article.pop(part.name, ())),
        )
        lines += [_("{article}: {reason}").format(article=part.name, reason=reason) for reason in told]
    rest = [finding for group in by_article.values() for finding in group]
    lines += [_("{article}: {reason}").format(article=issue.name, reason=reason) for reason in _standing_errors(rest)]
    return tuple(lines)


def _unfinished(catalog: Catalog) -> Iterator[str]:
    now = progress(catalog)
    if not now.total:
        yield _("there are no units")
    if now.empty:
        yield ngettext("{count} unit is untranslated", "{count} units are untranslated", now.empty).format(
            count=now.empty
        )
    if now.draft:
        yield ngettext("{count} unit is still a draft", "{count} units are still drafts", now.draft).format(
            count=now.draft
        )


def _unsigned(part: Part) -> Iterator[str]:
    reviews = [sign_off for sign_off in part.metadata.sign_offs if sign_off.role == REVIEWER]
    if not reviews:
        yield _("not signed by a reviewer")
    elif not any(stands(review, part.catalog) for review in reviews):
        last = max(reviews, key=lambda review: review.at.isoformat())
        yield _("changed since {by} signed it on {date}").format(by=last.by, date=last.at.date().isoformat())


def _standing_errors(findings: Iterable[Finding]) -> Iterator[str]:
    # Open units and drafts are told already, and counted rightly.
    counts = Counter(
        finding.check
        for finding in findings
        if finding.severity is Severity.ERROR and not finding.waived and finding.check not in _TOLD
    )
    for check, count in sorted(counts.items()):
        yield ngettext("{count} error: {check}", "{count} errors: {check}", count).format(count=count, check=check)
