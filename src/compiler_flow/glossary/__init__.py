"""The house glossary: entries from files, one matcher for all of them, and what keeps a glossary sound.

::

    load(paths)                  files or folders → entries          base_terms(language)   the built-in layer (CLDR)
    Matcher(terms, language)     entries in sources, renderings in translations
    lint(terms)                  faults of the glossary itself       find(terms, query)     look-up for people
    candidates(catalogs, …)      names that no entry covers yet            unknown_names   the same for one text
    pairs(catalog, known)        译名（原文） in translations, without the names that ``known`` finds
"""

from compiler_flow.glossary.base import base_terms
from compiler_flow.glossary.candidates import Candidate, candidates, naming_unknown, pairs, unknown_names
from compiler_flow.glossary.csv_table import row_csv, terms_csv
from compiler_flow.glossary.formats import FORMATS, load, save
from compiler_flow.glossary.lint import lint
from compiler_flow.glossary.lookup import find
from compiler_flow.glossary.matcher import Matcher

__all__ = [
    "FORMATS",
    "Candidate",
    "Matcher",
    "base_terms",
    "candidates",
    "find",
    "lint",
    "load",
    "naming_unknown",
    "pairs",
    "row_csv",
    "save",
    "terms_csv",
    "unknown_names",
]
