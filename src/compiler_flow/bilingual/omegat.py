"""What a translator takes away besides a PO or XLIFF file: an OmegaT project, a TMX of the work so far.

OmegaT empties every fuzzy unit that nobody accepts (version 3.6, and 6 by default), so drafts do not go into its source
file: they stand in ``tm/drafts.tmx``, where it offers them as matches. What comes back from ``target/`` is merged.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from compiler_flow import __version__
from compiler_flow.bilingual import po
from compiler_flow.model import Catalog, State, Term, Unit
from compiler_flow.text import clean, fold_spaces

_FOLDERS = ("source", "target", "tm", "glossary", "dictionary", "omegat")


def project(catalog: Catalog, terms: Iterable[Term] = ()) -> Mapping[str, bytes]:
    """The files of a ready OmegaT project, path → content; a path that ends with ``/`` is a folder to be made.

    The PO file in ``source/`` has what a person finished; drafts are in ``tm/``; ``terms`` become the glossary.
    """
    drafts = [unit for unit in catalog.units if unit.state is State.DRAFT]
    files = {f"{folder}/": b"" for folder in _FOLDERS}
    files["omegat.project"] = _settings(catalog).encode("utf-8")
    files[f"source/{catalog.article}.po"] = po.serialize(
        dataclasses.replace(catalog, units=tuple(map(_without_draft, catalog.units)), obsolete=())
    )
    files["glossary/glossary.txt"] = _glossary(terms).encode("utf-8")
    if drafts:
        files["tm/drafts.tmx"] = _tmx(catalog, drafts)
    return files


def tmx(catalog: Catalog) -> bytes:
    """What a person translated in this catalog, as TMX 1.4b, without decisions (``〔略〕`` translates nothing)."""
    return _tmx(catalog, [unit for unit in catalog.units if unit.state is State.TRANSLATED])


def _without_draft(unit: Unit) -> Unit:
    if unit.state is not State.DRAFT:
        return unit
    return dataclasses.replace(unit, target="", fuzzy=False, previous="", plural=())


def _settings(catalog: Catalog) -> str:
    """``omegat.project`` (project version 1.0, read by OmegaT 3 and later)."""
    folders = "".join(f"    <{name}_dir>__DEFAULT__</{name}_dir>\n" for name in ("source", "target", "tm", "glossary"))
    # The units are sentences already, and the same sentence may need two translations.
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<omegat>\n  <project version="1.0">\n'
        f"{folders}"
        "    <glossary_file>__DEFAULT__</glossary_file>\n"
        "    <dictionary_dir>__DEFAULT__</dictionary_dir>\n"
        f"    <source_lang>{escape(catalog.source_language.upper())}</source_lang>\n"
        f"    <target_lang>{escape(catalog.target_language.upper())}</target_lang>\n"
        "    <sentence_seg>false</sentence_seg>\n"
        "    <support_default_translations>false</support_default_translations>\n"
        "    <remove_tags>false</remove_tags>\n"
        "  </project>\n</omegat>\n"
    )


def _glossary(terms: Iterable[Term]) -> str:
    """OmegaT's glossary: source, target, comment, separated by tabs; a line for every form that a text may use."""
    lines = []
    for term in terms:
        lines += [
            "\t".join(fold_spaces(clean(cell)) for cell in (form, term.target, term.note))
            for form in (term.source, *term.aliases)
        ]
    return "".join(f"{line.rstrip()}\n" for line in dict.fromkeys(lines))


def _tmx(catalog: Catalog, units: Iterable[Unit]) -> bytes:
    source, target = catalog.source_language or "und", catalog.target_language
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f'<header creationtool="compiler-flow" creationtoolversion={quoteattr(__version__)} segtype="sentence"'
        f' o-tmf="compiler-flow" adminlang="en" srclang={quoteattr(source)} datatype="plaintext"/>',
        "<body>",
    ]
    for unit in units:
        lines.append("<tu>")
        for language, text in ((source, unit.source), (target, unit.target)):
            lines.append(f"<tuv xml:lang={quoteattr(language)}><seg>{escape(clean(text))}</seg></tuv>")
        lines.append("</tu>")
    return "\n".join([*lines, "</body>", "</tmx>", ""]).encode("utf-8")
