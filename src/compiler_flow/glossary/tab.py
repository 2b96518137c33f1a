"""OmegaT's glossary form: source, tab, rendering, tab, comment, one entry a line, ``#`` for remarks.

Kinds and variants have no place in it; the comment is our note (OmegaT manual, "Glossaries", file format).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from compiler_flow.errors import FormatError
from compiler_flow.files import decode
from compiler_flow.glossary.formats import Format
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term
from compiler_flow.text import clean, fold_spaces


def loads(data: bytes, path: Path) -> tuple[Term, ...]:
    """The entries of a tab file. Raises ``FormatError`` for a line without a tab."""
    terms = []
    for number, line in enumerate(clean(decode(data, path=path)).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 2:
            raise FormatError(
                _("The line has no tab."),
                path=path,
                line=number,
                hint=_("Each line is the source, a tab, the rendering and, if wanted, a tab and a comment."),
            )
        note = " ".join(cells[2:]).strip()
        terms.append(Term(cells[0], cells[1], note=note, path=str(path), line=number))
    return tuple(terms)


def dumps(terms: Iterable[Term]) -> bytes:
    """Entries and, because the form knows no variants, one more line for each alias."""
    lines = [
        "\t".join(map(fold_spaces, (source, term.target, *filter(None, (term.note,)))))
        for term in terms
        for source in (term.source, *term.aliases)
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


FORMAT = Format((".tab", ".utf8", ".txt"), loads, dumps)
