"""Foreign personal names in Chinese: 约定俗成 first, then 名从主人 by the table of the name's own language.

::

    suggest(name, …)         one name → ranked proposals with reasons, or a note why there are none
    is_personal(name)        whether an unknown name of a text looks like a person's
    person_in(name)          the name without offices before it
    has_characters(name)     whether it is of a language whose names have Han characters
    languages()              the languages that have a table; a file in tables/ is all that one needs
"""

from compiler_flow.names.established import key
from compiler_flow.names.guess import has_characters, is_known, is_personal, known_tags, person_in
from compiler_flow.names.heads import languages, table_name
from compiler_flow.names.proposing import ESTABLISHED, GLOSSARY, TABLE, USED, Known, Proposal, Suggestion, suggest

__all__ = [
    "ESTABLISHED",
    "GLOSSARY",
    "TABLE",
    "USED",
    "Known",
    "Proposal",
    "Suggestion",
    "has_characters",
    "is_known",
    "is_personal",
    "key",
    "known_tags",
    "languages",
    "person_in",
    "suggest",
    "table_name",
]
