"""Every error that compiler-flow raises on purpose.

::

    CompilerFlowError            what went wrong, where, and what to do next
    ├── UsageError               a name, option or combination that does not exist
    ├── WorkspaceError           no workspace here, or its files contradict each other
    ├── FileError                a file that is missing, unreadable, or cannot be written
    │   ├── FormatError          a file that is not what it claims to be (has a line where one is known)
    │   ├── FetchError           an address that cannot be fetched, or must not be
    │   └── ChangedOnDiskError   somebody saved the file since we read it: nothing was written
    ├── EngineError              a translation engine, its model or its server cannot work
    │   └── ModelMissingError    no model is installed for a language pair
    ├── DuplicateError           the article is there already; ``--again`` takes it in nevertheless
    └── GateClosedError          the work is not ready for what was asked (signing, the final build)

Bad *text* is never an error, it is a finding. The command line catches ``CompilerFlowError`` in one place,
prints ``str(error)`` and exits with ``exit_code``.
"""

from __future__ import annotations

from pathlib import Path


class CompilerFlowError(Exception):
    """Something the user can act on.

    ``message`` says what is wrong, ``path`` and ``line`` (1-based, 0 if unknown) say where, ``hint`` says what to
    do next.
    """

    exit_code = 2

    def __init__(self, message: str, *, path: Path | str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = str(path)
        self.line = line
        self.hint = hint

    @property
    def where(self) -> str:
        """``path:line``, ``path``, or an empty string."""
        return f"{self.path}:{self.line}" if self.path and self.line else self.path

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        if not self.hint:
            return text
        if text.endswith(("。", "？", "！", "：")):
            return f"{text}{self.hint}"
        # A message may end in words of a file: the hint must not read on from them.
        return f"{text} {self.hint}" if text.endswith((".", "?", "!", ":")) else f"{text}. {self.hint}"


class UsageError(CompilerFlowError):
    """A name, option or combination of them that does not exist."""


class WorkspaceError(CompilerFlowError):
    """There is no workspace here, or its files contradict each other."""


class FileError(CompilerFlowError):
    """A file is missing, unreadable, or cannot be written."""


class FormatError(FileError):
    """A file is not what it claims to be."""


class FetchError(FileError):
    """An address cannot be fetched, or must not be."""


class ChangedOnDiskError(FileError):
    """Somebody saved the file since it was read; nothing was written."""


class EngineError(CompilerFlowError):
    """A translation engine, its model or its server cannot work."""


class ModelMissingError(EngineError):
    """No model is installed for a language pair."""


class DuplicateError(CompilerFlowError):
    """The article is there already: nothing is wrong, and somebody may want it twice.

    ``exact`` says that it is the same file or address; otherwise the texts are alike.
    """

    exit_code = 1

    def __init__(self, message: str, *, exact: bool = True, path: Path | str = "", hint: str = "") -> None:
        super().__init__(message, path=path, hint=hint)
        self.exact = exact


class GateClosedError(CompilerFlowError):
    """The work is not ready for what was asked; ``reasons`` holds one line for each obstacle."""

    exit_code = 1

    def __init__(self, message: str, *, reasons: tuple[str, ...] = (), path: Path | str = "", hint: str = "") -> None:
        super().__init__(message, path=path, hint=hint)
        self.reasons = reasons

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {reason}" for reason in self.reasons)])
