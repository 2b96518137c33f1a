"""Sentences in any number for the translation memory: invented words with the statistics of written language.

Words are as frequent as Zipf's law has it (Mandelbrot's form), some hundred short ones make up half of every text, each
word has others that like to follow it, and one sentence in four is a formula of which only a few words change: that is
what makes fuzzy matches hard to find. Sentences have 16 words and 100 characters on the average. The same seed gives
the same sentences; the language itself (``_SPEECH``) is the same for all of them.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

_SPEECH = 20241031
_WORDS = 30_000
_SHORT = (
    "the of and to in a is that for it was on are as with his they at be this from have or by one had not but what all "
    "were when we there can an your which their said if do will each about how up out them then she many some so these "
    "would other into has more her two like him see could no make than first been its who now people my made over did "
    "down only way find use may after before under between through during against until while where because such both"
).split()
_SYLLABLES = "ka lo mi ren ta vi so de pra ne gul sta bor ti an che mor li fa zu hel on dri pe tor ya sin ver".split()
_FORMULAS = 4000


class Speech:
    """A language: its words, how frequent each is, and what likes to follow it."""

    def __init__(self) -> None:
        dice = random.Random(_SPEECH)  # noqa: S311 (the same language every time)
        words = dict.fromkeys(_SHORT)
        while len(words) < _WORDS:
            words["".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3, 3, 4, 4))))] = None
        self.words = list(words)
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(_WORDS)))
        followers = iter(self.draw(dice, _WORDS * 6))
        self._followers = {word: tuple(itertools.islice(followers, 6)) for word in self.words}
        self._formulas = [self._fresh(dice) for _number in range(_FORMULAS)]

    def draw(self, dice: random.Random, count: int) -> list[str]:
        """So many words, each as often as it is spoken."""
        return dice.choices(self.words, cum_weights=self._weights, k=count)

    def _fresh(self, dice: random.Random) -> list[str]:
        length = min(45, max(4, round(dice.lognormvariate(2.7, 0.4))))
        words = self.draw(dice, length)
        for place in range(1, length):
            chance = dice.random()
            if chance < 0.45 and not words[place - 1].isdigit():
                words[place] = self._followers[words[place - 1]][int(chance / 0.45 * 2.45) ** 2]
            elif chance > 0.97:
                words[place] = str(dice.randrange(2, 3000))
        return words

    def sentence(self, dice: random.Random) -> str:
        """A sentence of its own, or a formula with a few words changed."""
        if dice.random() < 0.25:
            words = list(dice.choice(self._formulas))
            for word in self.draw(dice, dice.choice((1, 2, 2, 3, 4))):
                words[dice.randrange(len(words))] = word
        else:
            words = self._fresh(dice)
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."

    def sentences(self, seed: int, count: int) -> Iterator[str]:
        """``count`` different sentences."""
        dice = random.Random(seed)  # noqa: S311
        seen: set[int] = set()
        while len(seen) < count:
            text = self.sentence(dice)
            if (mark := hash(text)) not in seen:
                seen.add(mark)
                yield text

    def edited(self, dice: random.Random, text: str) -> str:
        """``text`` with one to four words replaced, put in or taken out."""
        words = text.split()
        for word in self.draw(dice, dice.choice((1, 1, 2, 2, 3, 4))):
            place, chance = dice.randrange(len(words)), dice.random()
            if chance < 0.6:
                words[place] = word
            elif chance < 0.8:
                words.insert(place, word)
            elif len(words) > 2:
                del words[place]
        return " ".join(words)
