"""Whether a word of a source may be a case of a name as dictionaries have it: Токаевым of Токаев, Kulebos of Kuleba.

A check of originals in brackets needs it: they are written in the nominative, the source has them in any case. Words
come folded, without case and diacritics.
"""

from __future__ import annotations

from compiler_flow.text import lazy_pattern

# What a nominative may end in where other cases have something else.
_NOMINATIVES = {
    "lt": frozenset({"", "as", "is", "us", "ys", "ius", "ias", "a", "e", "i", "o"}),
    "lv": frozenset({"", "s", "is", "us", "a", "e", "o", "i"}),
}
_SLAVIC = frozenset({"", *"аяоеиіїйьыєaoeiy", "ий", "ый", "ій", "ой", "ая", "яя", "ia", "ie"})
_ROMANIAN = frozenset({"", "a", "u", "e", "ea"})
_ANY = frozenset({"", "a", "e", "i", "o", "u", "n", "ne"})
_BY_LANGUAGE = {"ro": _ROMANIAN, "et": _ANY, "fi": _ANY, "hu": _ANY}
# Words that take any ending, one behind the other.
_JOINING = frozenset({"et", "fi", "hu"})
_CASE = lazy_pattern(r"(?:[aeiouyаеёиоуыэюяіїєьй].{0,4}|)")
_BALTIC = lazy_pattern(r"(?:[aeiouy].{0,4}|s|m|ms|)")
# Polish and Czech soften before -e and -i: Duda, Dudzie.
_SOFTENED = lazy_pattern(r"(?:z|rz|dz|sc|c)?i?e")
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїє")
_LONGEST = 5
# Ольга, Ользі; Рига, Ризі.
_CHANGES = {"га": ("зі", "зе"), "ка": ("ці", "це"), "ха": ("сі", "се"), "ga": ("dze",), "ka": ("ce",)}


def is_form_of(form: str, name: str, language: str) -> bool:
    """Whether ``form`` may be a case of ``name`` in ``language`` (primary subtag), which inflects names."""
    shared = 0
    for one, other in zip(form, name, strict=False):
        if one != other:
            break
        shared += 1
    ending, nominative = form[shared:], name[shared:]
    if shared < min(3, len(name)) or len(ending) > _LONGEST:
        return False
    if form[shared - 1 :] in _CHANGES.get(name[shared - 1 :], ()) or ending in _CHANGES.get(nominative, ()):
        return True
    if len(nominative) == len("ел") and nominative[0] in _VOWELS and ending[:1] == nominative[1]:
        return True  # Павел, Павла; Marek, Marka
    # What both have of an ending is part of it: Варшаве of Варшава shares nothing more.
    known = _NOMINATIVES.get(language) or _BY_LANGUAGE.get(language, _SLAVIC)
    if nominative not in known:
        return False
    if language in _JOINING:
        return True
    case = _BALTIC if language in _NOMINATIVES else _CASE
    return bool(case.fullmatch(ending) or (language in ("pl", "cs", "sk") and _SOFTENED.fullmatch(ending)))
