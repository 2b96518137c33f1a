"""How often the right form of a name comes first, how fast, and what CLDR's transforms say of the same names."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from machine import Row

sys.path.insert(0, str(Path(__file__).parent.parent / "names"))
import scores

_SPEED, _SURNAME, _WHOLE, _OF_THREE = 10_000, 0.80, 0.65, 0.90
# ICU's names of CLDR's transforms; the tool comes with ICU (Debian: icu-devtools).
_TRANSFORMS = {"ru": "ru-zh", "es": "es-zh"}


def rows(count: int) -> Iterator[Row]:
    """Figures over all languages and of each, on the known names and on those kept aside; ``count`` names timed."""
    for title in ("known", "kept_aside"):
        known = scores.read(title)
        label = title.replace("_", " ")
        # What is promised holds for the tool as it is; the tables without the list of surnames are printed beside.
        for how, lists, least in (
            ("tables and given names", scores.WITH_GIVEN, 0.0),
            ("all lists", scores.ALL, _OF_THREE),
        ):
            surname, whole, of_three, _whole = scores.by_language(known, lists)["all"].shares()
            told = f"{len(known)} names"
            yield Row(f"names {label}, {how}: surname", told, "", surname, _SURNAME, "≥", "")
            yield Row(f"names {label}, {how}: whole name", told, "", whole, _WHOLE, "≥", "")
            yield Row(f"names {label}, {how}: surname among three", told, "", of_three, least, "≥", "")
    yield from _guessed()
    everything = (*scores.read("known"), *scores.read("kept_aside"))
    for language, one in scores.by_language(everything, scores.WITH_GIVEN).items():
        if language != "all":
            surname, whole, of_three, _whole = one.shares()
            told = f"whole {whole:.2f}, of three {of_three:.2f}"
            # Printed, not promised: what is promised holds over all languages.
            yield Row(f"names {language}: surname of {one.names}", told, "", surname, 0.0, "≥", "")
    yield from _beside_cldr(everything)
    yield _speed(everything, count)


def _guessed() -> Iterator[Row]:
    """The names kept aside as an English paper has them: their language is guessed, the article's country known."""
    from compiler_flow import names
    from compiler_flow.names.guess import guesses
    from compiler_flow.names.heads import head

    known = scores.read("kept_aside")
    right = whole = 0
    for name in known:
        country = min(head(name.language).countries)
        right += guesses(name.source, country=country, language="en")[0].language == name.language
        found = names.suggest(name.source, country=country, article_language="en").proposals
        whole += bool(found) and found[0].target == name.target
    told = f"{len(known)} names"
    yield Row("names kept aside: language guessed", told, "", right / len(known), 0.0, "≥", "")
    yield Row("names kept aside, language guessed: whole name", told, "", whole / len(known), _WHOLE, "≥", "")


def _beside_cldr(known: tuple[scores.KnownName, ...]) -> Iterator[Row]:
    tool = shutil.which("uconv")
    if tool is None:
        sys.stderr.write("names: CLDR is not compared, there is no uconv (Debian: icu-devtools)\n")
        return
    for language, transform in _TRANSFORMS.items():
        ours = [name for name in known if name.language == language]
        words = "\n".join(name.source.split(" ")[-1] for name in ours)
        command = [tool, "-x", transform, "-f", "utf-8", "-t", "utf-8"]
        made = subprocess.run(command, input=words, capture_output=True, text=True, encoding="utf-8", check=True)
        theirs = sum(
            line == scores.surname_of(name, name.target)
            for line, name in zip(made.stdout.splitlines(), ours, strict=True)
        )
        right = scores.by_language(ours, scores.ALONE)[language].surname
        yield Row(
            f"names {language}: surnames right, tables alone",
            f"{right} of {len(ours)}",
            f"CLDR {transform} {theirs}",
            right / theirs,
            1.0,
            "≥",
        )


def _speed(known: tuple[scores.KnownName, ...], count: int) -> Row:
    """Different whole names, made of the given names and surnames of each language, in seconds of the processor."""
    from compiler_flow import names

    by_language: dict[str, list[list[str]]] = {}
    for name in known:
        by_language.setdefault(name.language, []).append(name.source.split(" "))
    draw = random.Random(8)  # noqa: S311 (no secret)
    mixed: dict[tuple[str, str], None] = {}
    while len(mixed) < count:
        language = draw.choice(list(by_language))
        first, last = draw.choice(by_language[language]), draw.choice(by_language[language])
        mixed[f"{first[0]} {last[-1]}", language] = None
    for language in by_language:
        names.suggest("Anna", language=language)
    began = time.process_time()
    for name, language in mixed:
        names.suggest(name, language=language)
    each = count / (time.process_time() - began)
    return Row("names a second", f"{each:,.0f}", f"{count:,} different names", each, _SPEED, "≥", "/s")
