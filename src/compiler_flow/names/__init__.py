"""Foreign personal names in Chinese: 约定俗成 first, then 名从主人 by the table of the name's own language.

::

    suggest(name, …)       one name → ranked proposals with reasons, or a note why there are none
    languages()            the languages that have a table; a file in tables/ is all that one needs
"""

from compiler_flow.names.established import key
from compiler_flow.names.proposing import ESTABLISHED, GLOSSARY, TABLE, USED, Known, Proposal, Suggestion, suggest
from compiler_flow.names.table import languages

__all__ = ["ESTABLISHED", "GLOSSARY", "TABLE", "USED", "Known", "Proposal", "Suggestion", "key", "languages", "suggest"]
