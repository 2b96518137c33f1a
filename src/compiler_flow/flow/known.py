"""Which articles the workspace has already: by address, by the bytes received, and by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compiler_flow import project
from compiler_flow.ingest import phrases
from compiler_flow.ingest.addresses import same
from compiler_flow.project import Workspace
from compiler_flow.text import is_in_words, lazy_pattern

# Sentences shorter than this stand in many articles; from this share on, two articles are one.
_SENTENCE = 24
_ALIKE = 0.7
# An article that is so much longer than another may quote it, but is not it.
_LONGER = 2.5
_ENDS = lazy_pattern(r"[.!?…։。！？\n]+")
_URL = lazy_pattern(r'(?m)^url\s*=\s*(?:"([^"\n]*)"|\'([^\'\n]*)\')')


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that is there already: its folder, and how much of the text is the same (1.0: the same file or
    address)."""

    folder: Path
    share: float = 1.0

    @property
    def name(self) -> str:
        """``issue/article``."""
        return f"{self.folder.parent.name}/{self.folder.name}"


@dataclass(slots=True)
class Known:
    """The articles of a workspace; what is added meanwhile is noted."""

    _addresses: dict[str, Path] = field(default_factory=dict)
    _sizes: dict[int, list[Path]] = field(default_factory=dict)
    _texts: dict[Path, int] = field(default_factory=dict)
    _sentences: dict[Path, dict[int, int]] = field(default_factory=dict)

    def by_address(self, address: str) -> Twin | None:
        """The article that came from this web address, however it is spelled; a page of a paper may have several."""
        folder = self._addresses.get(same(address)) if address and not is_in_words(address) else None
        return Twin(folder) if folder else None

    def by_bytes(self, data: bytes) -> Twin | None:
        """The article that was received as these very bytes."""
        for original in self._sizes.get(len(data), ()):
            if original.read_bytes() == data:
                return Twin(original.parent)
        return None

    def by_text(self, text: str) -> Twin | None:
        """The article that says mostly the same: the one with most sentences in common, if they are most of both."""
        ours = _sentences(text)
        whole, long = sum(ours.values()), len(text.encode())
        best: Twin | None = None
        for folder, size in self._texts.items():
            if not whole or not long / _LONGER <= size <= long * _LONGER:
                continue
            theirs = self._of(folder)
            common = sum(length for sentence, length in ours.items() if sentence in theirs)
            share = common / max(1, min(whole, sum(theirs.values())))
            if share >= _ALIKE and (best is None or share > best.share):
                best = Twin(folder, min(share, 1.0))
        return best

    def _of(self, folder: Path) -> dict[int, int]:
        if folder not in self._sentences:
            source = project.source_path(folder)
            text = source.read_text(encoding="utf-8", errors="replace") if source.is_file() else ""
            self._sentences[folder] = _sentences(text)
        return self._sentences[folder]

    def note(self, folder: Path) -> None:
        """Take an article's folder in."""
        article = folder / project.ARTICLE_FILE
        match = _URL.search(article.read_text(encoding="utf-8", errors="replace"))
        if match and (address := match[1] or match[2]):
            self._addresses.setdefault(same(address), folder)
        if original := project.original_of(folder):
            self._sizes.setdefault(original.stat().st_size, []).append(original)
        source = project.source_path(folder)
        if source.is_file():
            self._texts[folder] = source.stat().st_size


def of(workspace: Workspace, issue: Path) -> Known:
    """What the workspace has; the articles of ``issue`` come first, so that they are the ones that are named."""
    known = Known()
    for folder in _issues(workspace, issue):
        for article in project.articles(folder):
            known.note(article)
    return known


def _issues(workspace: Workspace, issue: Path) -> Iterator[Path]:
    yield issue
    yield from (folder for folder in workspace.issues() if folder.resolve() != issue.resolve())


def _sentences(text: str) -> dict[int, int]:
    """The sentences of a text as numbers, with their lengths in letters; the same sentence counts once."""
    found: dict[int, int] = {}
    for sentence in _ENDS.split(text):
        letters = phrases.letters(sentence)
        if len(letters) >= (_SENTENCE if letters.isascii() or not _is_wide(letters) else _SENTENCE // 3):
            found[hash(letters)] = len(letters)
    return found


def _is_wide(letters: str) -> bool:
    return "\u3040" <= letters[0] <= "\ud7a3"
