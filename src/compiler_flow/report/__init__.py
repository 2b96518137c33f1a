"""The findings of a run → a file: for programs, for code hosts, for people. One form, one file here, one line below.

Forms are pure: the same report gives the same bytes on every machine.
"""

from __future__ import annotations

from compiler_flow.report.base import Form, Offer, Report, Rule, Sample
from compiler_flow.tables import Table

__all__ = ["REPORTS", "Form", "Offer", "Report", "Rule", "Sample"]

REPORTS: Table[Form] = Table(
    "report form",
    {
        "json": "compiler_flow.report.json:JSON",
        "sarif": "compiler_flow.report.sarif:SARIF",
        "html": "compiler_flow.report.html:HTML",
    },
)
