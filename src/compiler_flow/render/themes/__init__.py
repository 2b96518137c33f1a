"""Themes: how a number looks, as data. ``<name>.css`` in this folder, or any CSS file an editor names by its path."""

from __future__ import annotations

import difflib
from importlib.resources import files
from pathlib import Path

from compiler_flow.errors import FileError, FormatError, UsageError
from compiler_flow.i18n import gettext as _

DEFAULT = "default"


def css(theme: str = "", default: str = DEFAULT) -> str:
    """The style sheet of a theme: by name, by path (with ``.css`` or a folder in it), or the one named ``default``.

    Raises ``UsageError`` for an unknown name, ``FileError`` for a file that cannot be read and ``FormatError`` for one
    that is not UTF-8.
    """
    if theme.lower().endswith(".css") or len(Path(theme).parts) > 1:
        return _own_file(Path(theme))
    folder = files(__name__)
    names = sorted(entry.name.removesuffix(".css") for entry in folder.iterdir() if entry.name.endswith(".css"))
    name = theme or default
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1) or names
        raise UsageError(
            _("There is no theme called {name}.").format(name=name),
            hint=_("Known: {names}. A file of your own is named by its path, ending in .css.").format(
                names=", ".join(near)
            ),
        )
    return folder.joinpath(f"{name}.css").read_text(encoding="utf-8")


def _own_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(
            _("The theme cannot be read: {why}.").format(why=error.strerror or str(error)), path=path
        ) from error
    except UnicodeDecodeError as error:
        raise FormatError(
            _("The theme is not UTF-8 text."), path=path, hint=_("Save it as UTF-8 and try again.")
        ) from error
