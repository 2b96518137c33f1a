"""The grammar of PO files: text to entries and entries to text, without a word about what they mean to us.

Why not polib: it loses ``#~|`` lines and the comments of obsolete entries, stops at ``#=`` and ``#@``, takes strings
that are cut off, does not know in which line a msgid stands, and needs longer than the work below takes in all. The
tests use it (and gettext itself) as the judge of what is read and written here.

Grammar: gettext manual, section 3 (The Format of PO Files); output as ``msgcat --no-wrap`` of gettext 0.21 writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import clean, lazy_pattern

_STRING = r'("(?:[^"\\]++|\\.)*+")'
_QUOTED = lazy_pattern(_STRING)
_STATEMENT = lazy_pattern(rf"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*{_STRING}")
_ESCAPE = lazy_pattern(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "f": "\f", "b": "", "a": "", "\\": "\\", '"': '"'}
_SPECIAL = lazy_pattern(r'["\\\t\n]')


@dataclass(slots=True)
class Entry:
    """One entry. Lists hold lines without their markers; ``line`` is where its msgid stands.

    ``forms`` are the translations: one, or as many as a plural entry has. ``context`` is ``None`` where there is none.
    """

    context: str | None = None
    source: str = ""
    plural: str = ""
    forms: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous: str = ""
    obsolete: bool = False
    line: int = 0


# ------------------------------------------------------------------------------------------------ reading

# The entries that we write ourselves, where no string needs an escape or a second line; all others are read by lines.
# What follows must not go on with the string.
_USUAL = lazy_pattern(
    r'((?:#\. .*\S\n)*)msgctxt "([^"\\\n]+)"\nmsgid "([^"\\\n]+)"\nmsgstr "([^"\\\n]*)"(?:\n\n+(?=[m#](?!~))|\n*\Z)'
)


T = TypeVar("T")


def read(text: str, path: Path, plain: Callable[[list[str], str, str, str, int], T]) -> Iterator[Entry | T]:
    """The entries of ``text`` in file order, the header as any other (msgid empty, no context).

    Of nearly every entry there is no more to know than extracted comments, context, source, translation and line:
    ``plain`` makes of these what is given for it, all others are ``Entry``.

    Markers that gettext does not know (``#@``, ``#=``, ``#x``) make translator comments, as in Poedit. Comments after
    the last entry are counted to it. Raises ``FormatError`` with the line.
    """
    reader = _Reader(path)
    usual, place, number = _USUAL.match, 0, 0
    while place <= len(text):
        if reader.may_begin and (match := usual(text, place)):
            if (done := reader.ended()) is not None:
                yield done
            while match:
                extracted, context, source, form = match.groups()
                notes = extracted[3:-1].split("\n#. ") if extracted else []
                yield plain(notes, context, source, form, number + len(notes) + 2)
                end = match.end()
                number += text.count("\n", place, end)
                place = end
                match = usual(text, place)
            continue
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        number += 1
        if line := text[place:end].strip():
            done = reader.line(line, number)
            if done is not None:
                yield done
        place = end + 1
    yield from reader.rest()


class _Reader:
    """The entry in the making; its methods take a line and give the entry before, where the line begins another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entry = Entry()
        # What a continuation line continues: msgctxt, msgid, msgid_plural, msgstr, "|" (old source), "" (nothing).
        self._open = ""
        self._has_source = False
        self._is_fresh = True

    @property
    def may_begin(self) -> bool:
        """Whether another entry can begin here as the next line: nothing, or a whole entry, was read."""
        return self._is_fresh or bool(self._entry.forms)

    def ended(self) -> Entry | None:
        """The entry before, where there is one that was not given yet."""
        if self._is_fresh:
            return None
        self._is_fresh = True
        return self._next()

    def line(self, line: str, number: int) -> Entry | None:
        """Take any line that is not empty; gives the entry before where this begins another."""
        self._is_fresh = False
        if line[0] != "#":
            return self.statement(line, number)
        if line.startswith("#~"):
            return self.previous(line[3:]) if line[2:3] == "|" else self.statement(line[2:].lstrip(), number, True)
        return self.comment(line)

    def comment(self, line: str) -> Entry | None:
        marker = line[1:2]
        if marker == "|":
            return self.previous(line[2:])
        done = self._next() if self._entry.forms else None
        entry = self._entry
        if marker == ".":
            entry.extracted.append(line[3:] if line[2:3] == " " else line[2:])
        elif marker == ":":
            entry.references += line[2:].split()
        elif marker == ",":
            entry.flags += [flag for part in line[2:].split(",") if (flag := part.strip())]
        else:
            entry.comments.append(line[1:].removeprefix(" "))
        return done

    def previous(self, rest: str) -> Entry | None:
        done = self._next() if self._entry.forms else None
        line = rest.strip()
        statement = _STATEMENT.fullmatch(line)
        if statement is not None:
            self._open = "|" if statement[1] == "msgid" else "|other"
            if self._open == "|":
                self._entry.previous = _unquoted(statement[3])
        elif self._open == "|" and _QUOTED.fullmatch(line):
            self._entry.previous += _unquoted(line)
        return done

    def statement(self, line: str, number: int, obsolete: bool = False) -> Entry | None:
        statement = _STATEMENT.fullmatch(line)
        if statement is None:
            if _QUOTED.fullmatch(line) is None:
                raise self._broken(line, number)
            self._continue(_unquoted(line), line, number)
            return None
        keyword, _index, string = statement.groups()
        ends = self._entry.forms and keyword in ("msgctxt", "msgid")
        done = self._next() if ends else None
        self._begin(keyword, _unquoted(string), line, number)
        if obsolete:
            self._entry.obsolete = True
        return done

    def _begin(self, keyword: str, text: str, line: str, number: int) -> None:
        entry = self._entry
        if keyword == "msgid" and not self._has_source:
            entry.source, entry.line, self._has_source = text, number, True
        elif keyword == "msgctxt" and not self._has_source and entry.context is None:
            entry.context = text
        elif keyword == "msgstr" and self._has_source and (entry.plural or not entry.forms):
            entry.forms.append(text)
        elif keyword == "msgid_plural" and self._has_source and not entry.forms:
            entry.plural = text
        else:
            raise self._broken(line, number)
        self._open = keyword

    def _continue(self, text: str, line: str, number: int) -> None:
        entry = self._entry
        match self._open:
            case "msgid":
                entry.source += text
            case "msgstr":
                entry.forms[-1] += text
            case "msgctxt":
                entry.context = (entry.context or "") + text
            case "msgid_plural":
                entry.plural += text
            case _:
                raise self._broken(line, number)

    def _next(self) -> Entry:
        done, self._entry = self._entry, Entry()
        self._has_source, self._open = False, ""
        return done

    def rest(self) -> Iterator[Entry]:
        entry = self._entry
        if self._has_source and not entry.forms:
            raise FormatError(
                _("The file is cut off: this entry has no msgstr."),
                path=self._path,
                line=entry.line,
                hint=_("Take the last good version, or ask for the file again."),
            )
        if self._has_source:
            yield entry
        elif entry.comments:
            # Nothing follows them, and a person's words are not thrown away.
            yield entry

    def _broken(self, line: str, number: int) -> FormatError:
        return FormatError(
            _("This line is not PO, or not in its place: {line}").format(line=line[:40]),
            path=self._path,
            line=number,
            hint=_("Mend it in a text editor, or take the last good version of the file."),
        )


def _unquoted(string: str) -> str:
    text = string[1:-1]
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_unescaped, text)
    # What a raw text may not hold it may not say by escapes either.
    return clean(text) if not text.isprintable() else text


def _unescaped(match: re.Match[str]) -> str:
    octal, hexadecimal, char = match.groups()
    if char is not None:
        return _ESCAPED.get(char, match[0])
    return chr(int(octal, 8) if octal else int(hexadecimal, 16))


# ------------------------------------------------------------------------------------------------ writing


def write(entry: Entry) -> str:
    """The lines of ``entry`` as ``msgcat --no-wrap`` writes them, ending with a line feed.

    The caller vouches for clean texts: no line ends but ``\\n``, and none in lines of comments.
    """
    lines = [_comment("#", line) for line in entry.comments]
    lines += [_comment("#.", line) for line in entry.extracted]
    if entry.references:
        lines.append(f"#: {' '.join(entry.references)}")
    if entry.flags:
        lines.append(f"#, {', '.join(entry.flags)}")
    dead = "#~ " if entry.obsolete else ""
    if entry.previous:
        lines += _field("#~| msgid" if dead else "#| msgid", entry.previous, "#~| " if dead else "#| ")
    if entry.context is not None:
        lines += _field(f"{dead}msgctxt", entry.context, dead)
    lines += _field(f"{dead}msgid", entry.source, dead)
    if entry.plural:
        lines += _field(f"{dead}msgid_plural", entry.plural, dead)
        for number, form in enumerate(entry.forms):
            lines += _field(f"{dead}msgstr[{number}]", form, dead)
    else:
        lines += _field(f"{dead}msgstr", entry.forms[0], dead)
    lines.append("")
    return "\n".join(lines)


def _comment(marker: str, line: str) -> str:
    # gettext takes a backslash at the end of any line, even of a comment, as a sign that the line goes on.
    return f"{marker} {line} " if line.endswith("\\") else f"{marker} {line}" if line else marker


def _field(name: str, text: str, prefix: str) -> Iterable[str]:
    if _SPECIAL.search(text) is None:
        return (f'{name} "{text}"',)
    escaped = text.replace("\\", r"\\").replace('"', r"\"").replace("\t", r"\t")
    pieces = escaped.split("\n")
    if len(pieces) == 1:
        return (f'{name} "{escaped}"',)
    strings = [f'"{piece}\\n"' for piece in pieces[:-1]]
    if pieces[-1]:
        strings.append(f'"{pieces[-1]}"')
    if len(strings) == 1:
        return (f"{name} {strings[0]}",)
    return (f'{name} ""', *(prefix + string for string in strings))
