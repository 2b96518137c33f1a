"""What of a bilingual file survives which program: the table of ARCHITECTURE.md, as data.

The gettext and OmegaT columns are tested in ``test_survival.py``, Poedit's in ``tests/clients``; the rest was measured
with Poedit 3.2.2 and OmegaT 3.6. ``kept`` says nothing else than that; every other cell says what happens.
"""

from __future__ import annotations

HEAD = ("what", "PO: gettext tools", "PO: Poedit", "PO: OmegaT", "XLIFF 2.0: Poedit", "XLIFF 1.2: Poedit")
KEPT = "kept"

TABLE = (
    ("source and translation", KEPT, KEPT, KEPT, KEPT, KEPT),
    ("id (`msgctxt`, unit id)", KEPT, KEPT, KEPT, KEPT, KEPT),
    (
        "draft",
        KEPT,
        "kept; typing accepts it",
        "**emptied** unless accepted: the export has drafts as TMX",
        "kept; typing accepts it",
        "kept; typing accepts it, `approved` stays as it was",
    ),
    ("place, origin, terms, proposed names, notes (`#.`)", KEPT, KEPT, KEPT, KEPT, KEPT),
    (
        "people's comments (`# `)",
        KEPT,
        "kept; empty lines of an edited one go",
        KEPT,
        "kept; none can be added",
        "kept; none can be added",
    ),
    ("references (`#:`)", KEPT, KEPT, KEPT, KEPT, KEPT),
    ("previous source (`#|`)", KEPT, "kept while a draft", KEPT, KEPT, KEPT),
    (
        "obsolete units",
        "kept; those without a translation go",
        "kept until purged",
        KEPT,
        "kept, hidden",
        "kept, hidden",
    ),
    ("own headers (`X-…`)", KEPT, "kept; `X-Generator` is Poedit's", KEPT, KEPT, KEPT),
    ("gettext's own flags", "kept; `range` of obsolete units goes", KEPT, KEPT, KEPT, KEPT),
    ("other flags", "**lost** in every unit: we write none", "**lost** in every unit", KEPT, "–", "–"),
    ("plural forms", KEPT, KEPT, KEPT, KEPT, KEPT),
)


def as_markdown() -> str:
    """The table as it stands in ARCHITECTURE.md."""
    rows = [HEAD, ("---",) * len(HEAD), *TABLE]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)
