"""Names among the nouns of German, which all have capitals.

Two capitals in a row are a name; one alone is only where something besides the capital says so: letters that German
does not have, or a preposition without an article before it (in Rukla) and none of the endings that German makes nouns
with. What is missed here is found all the same once the compilers have set 译名（原文） beside it.
"""

from __future__ import annotations

from compiler_flow.glossary.words import Words
from compiler_flow.text import lazy_pattern

LANGUAGES = frozenset({"de", "lb", "nds"})
_FOREIGN = lazy_pattern(r"[^\W\d_A-Za-zÄÖÜäöüß]")
_BEFORE = lazy_pattern(r"(?<![^\W\d_])(?:in|nach|aus|bei|von|zwischen|um|Stadt|Region)\s$")
# Duden, “Wortbildung: Substantivsuffixe”; plurals with them.
_NOUN = lazy_pattern(
    r"(?:ung|heit|keit|igkeit|schaft|tion|sion|tät|ment|mus|nis|tum|ling|chen|lein|anz|enz|ist|eur|age|ade|ei|er|el|"
    r"ik|ur|ium|zeit|kraft|fall|gang|satz|stand|bau|teil|land)(?:e|en|n|s|es|er|ern|sen)?$"
)


def is_name(text: str, start: int, name: str) -> bool:
    """Whether ``name``, capitalised words at ``text[start:]``, is the name of something."""
    if " " in name or name.isupper() or any(char.isupper() for char in name[1:]):
        return True
    if _FOREIGN.search(name):
        return True
    return bool(_BEFORE.search(text[:start])) and not _NOUN.search(name)


def without_title(name: str, known: Words) -> str:
    """``name`` less the titles it begins with: Bundeskanzler Olaf Scholz."""
    words = name.split(" ")
    while len(words) > 1 and known.is_title(words[0].lower()):
        words = words[1:]
    return " ".join(words)
