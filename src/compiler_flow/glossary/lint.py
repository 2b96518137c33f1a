"""What is wrong with the glossary itself, with file and line.

``glossary-incomplete``, ``-duplicate``, ``-two-renderings`` (one name, several renderings), ``-one-rendering`` (two
names, one rendering), ``-rejected-target``, ``-interpunct``, ``-spaces``, ``-unpaired``, ``-language``. Errors are
what makes checks contradict each other, or an entry useless; the rest are warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.glossary.patterns import spelling
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Finding, Severity, Term, TermKind
from compiler_flow.terms import INTERPUNCT, INTERPUNCTS, fold_rendering
from compiler_flow.text import base_language, fold_spaces, lazy_pattern

# Dots that stand between two characters of a name and are not U+00B7. A full stop does only between Han characters.
_WRONG_DOTS = frozenset(INTERPUNCTS) - {INTERPUNCT} | {"．", "。", ".", "●", "◦"}
_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」", "〔": "〕"}
# BCP 47, as far as a glossary needs it; entries in a language that no article has are never used.
_TAG = lazy_pattern(r"[A-Za-z]{2,3}(?:[-_][A-Za-z\d]{2,8})*")
_NAMES = frozenset({TermKind.PERSON, TermKind.PLACE})


def lint(terms: Iterable[Term]) -> Iterator[Finding]:
    """The faults of a glossary, in the order of its entries; entries of the base layer are passed over."""
    house = [term for term in terms if not term.base]
    complete = [term for term in house if term.source.strip() and term.target.strip()]
    between = [*_same_names(complete), *_same_renderings(complete)]
    for term in house:
        yield from _alone(term)
        yield from (finding for other, finding in between if other is term)


def _alone(term: Term) -> Iterator[Finding]:
    if not term.source.strip() or not term.target.strip():
        yield _finding("incomplete", term, _("The entry has no source or no rendering and is not used."))
        return
    if term.lang and not _TAG.fullmatch(term.lang):
        message = _("“{lang}” is no language: write its tag, such as en, ru or pt-BR.").format(lang=term.lang)
        yield _finding("language", term, message, Severity.ERROR)
    refused = {fold_rendering(text) for text in term.reject}
    for text in (term.target, *term.accept):
        if fold_rendering(text) in refused:
            message = _("The rendering “{text}” is both wanted and rejected.").format(text=text)
            yield _finding("rejected-target", term, message, Severity.ERROR)
    for text in (term.target, *term.accept):
        wrong = _wrong_dot(text)
        if wrong:
            message = _("“{text}” has {mark} (U+{code:04X}) between names; only · (U+00B7) is right.").format(
                text=text, mark=wrong, code=ord(wrong)
            )
            yield _finding("interpunct", term, message, Severity.ERROR, fix=_with_interpuncts(text))
    for text in (term.source, term.target, *term.aliases, *term.accept, *term.reject, term.first):
        if text != fold_spaces(text):
            message = _("Stray spaces stand in or around “{text}”.").format(text=text)
            yield _finding("spaces", term, message, fix=fold_spaces(text))
        if not _is_paired(text):
            message = _("A bracket or quotation mark in “{text}” has no partner.").format(text=text)
            yield _finding("unpaired", term, message)


def _same_names(terms: Iterable[Term]) -> Iterator[tuple[Term, Finding]]:
    """Later entries for a name that an earlier one has: the same entry again, or another rendering."""
    first: dict[str, list[Term]] = {}
    for term in terms:
        forms = dict.fromkeys(spelling(form) for form in (term.source, *term.aliases))
        if term.kind in _NAMES:
            # A name typed without capitals; of other words (Nice, nice) the capitals tell.
            forms |= dict.fromkeys(f"{form.casefold()}\N{NO-BREAK SPACE}" for form in tuple(forms))
        for form in forms:
            earlier = next((other for other in first.get(form, ()) if _same_language(term, other)), None)
            first.setdefault(form, []).append(term)
            if earlier is None or earlier is term:
                continue
            name, place = form.rstrip("\N{NO-BREAK SPACE}"), _place(earlier)
            if fold_rendering(earlier.target) == fold_rendering(term.target):
                message = _("“{name}” already stands at {place}.").format(name=name, place=place)
                yield term, _finding("duplicate", term, message)
            else:
                message = _("“{name}” is “{one}” at {place} and “{two}” here.").format(
                    name=name, one=earlier.target, two=term.target, place=place
                )
                yield term, _finding("two-renderings", term, message, Severity.ERROR)
            break


def _same_renderings(terms: Iterable[Term]) -> Iterator[tuple[Term, Finding]]:
    """Two persons or two places of one language with one rendering: readers could not tell them apart."""
    first: dict[tuple[TermKind, str], list[Term]] = {}
    for term in terms:
        if term.kind not in _NAMES:
            continue
        bearers = first.setdefault((term.kind, fold_rendering(term.target)), [])
        # Without a language a row may be the same name in another one (Токаев, Tokayev): scripts tell.
        other = next((one for one in bearers if _same_language(term, one) and _same_script(term, one)), None)
        bearers.append(term)
        if other is not None and spelling(other.source) != spelling(term.source):
            message = _("“{one}” and “{two}” are both rendered as “{text}”, see {place}.").format(
                one=other.source, two=term.source, text=term.target, place=_place(other)
            )
            yield term, _finding("one-rendering", term, message)


def _same_language(one: Term, other: Term) -> bool:
    return not one.lang or not other.lang or base_language(one.lang) == base_language(other.lang)


def _same_script(one: Term, other: Term) -> bool:
    # Latin reaches to U+024F; one letter is enough to tell the scripts that meet in a glossary.
    return (one.source.strip()[0] <= "\u024f") == (other.source.strip()[0] <= "\u024f")


def _wrong_dot(text: str) -> str:
    for before, char, after in zip(text, text[1:], text[2:], strict=False):
        if char in _WRONG_DOTS and not before.isascii() and not after.isascii():
            return char
    return ""


def _with_interpuncts(text: str) -> str:
    wrong = _wrong_dot(text)
    return _with_interpuncts(text.replace(wrong, INTERPUNCT)) if wrong else text


def _is_paired(text: str) -> bool:
    opened: list[str] = []
    for char in text:
        if char in _PAIRS:
            opened.append(_PAIRS[char])
        elif char in _PAIRS.values() and (not opened or opened.pop() != char):
            return False
    return not opened


def _place(term: Term) -> str:
    return f"{term.path}:{term.line}" if term.path and term.line else term.path or term.source


def _finding(name: str, term: Term, message: str, severity: Severity = Severity.WARNING, *, fix: str = "") -> Finding:
    return Finding(
        check=f"glossary-{name}",
        severity=severity,
        message=message,
        source=term.source,
        target=term.target,
        fix=fix,
        path=term.path,
        line=term.line,
    )
