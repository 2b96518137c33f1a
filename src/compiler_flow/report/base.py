"""What every form of the report is made of: the findings of a run, and what a reader needs to know beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from compiler_flow.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Sample:
    """An example of a check: pairs of source and translation, in reading order.

    ``terms`` are the glossary lines it is read with (``source → target``), ``fix`` is what the check offers for it.
    """

    pairs: tuple[tuple[str, str], ...]
    terms: tuple[str, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done about an unknown name: ``row`` is a line for a glossary file, ``proposals`` are (rendering,
    reason), best first."""

    row: str
    proposals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check says about itself; ``scope`` is what it looks at: ``unit``, ``article`` or ``issue``."""

    name: str
    severity: Severity
    scope: str
    summary: str
    explanation: str
    good: tuple[Sample, ...] = ()
    bad: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a run in reading order, and how much was checked.

    ``rules`` are the checks that ran. By the path that findings name, ``people`` has the compilers of an article and
    ``languages`` the BCP 47 tags of its source and its translation. ``offers`` are by path and unknown name.
    ``troubles`` are the articles that could not be read and so were not checked, a line each. ``english`` says that
    the messages are.
    """

    findings: tuple[Finding, ...]
    files: int
    units: int
    rules: tuple[Rule, ...] = ()
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    offers: Mapping[tuple[str, str], Offer] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()
    english: bool = False

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nobody waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that somebody waived with a reason."""
        return tuple(finding for finding in self.findings if finding.waived)

    def counts(self) -> dict[Severity, int]:
        """How many findings stand, by severity."""
        counted = Counter(finding.severity for finding in self.standing)
        return {severity: counted[severity] for severity in Severity}

    def is_clean(self) -> bool:
        """Whether nothing stands but remarks."""
        return not any(finding.severity is not Severity.INFO for finding in self.standing)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the report: ``suffix`` (with its dot) ends the file's name, ``render`` gives the file's bytes."""

    name: str
    suffix: str
    summary: str
    render: Callable[[Report], bytes]
