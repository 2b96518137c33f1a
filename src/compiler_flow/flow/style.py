"""How the house wants its numbers: ``[typography]``, ``[assemble]`` and ``[themes]`` of the settings.

They stand in ``compiler-flow.toml``; the same tables in ``issue.toml`` change single keys for one number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler_flow import countries, project, typography
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace

FIRST_MENTIONS = ("off", "article", "number")
COUNTRY_ORDERS = ("iso", "pinyin", "hand")
# The kind of file that a renderer's theme is, so that ``--theme FILE`` finds its renderers.
THEMES = {
    "html": ".css",
    "wechat": ".css",
    "epub": ".css",
    "bilingual": ".css",
    "docx": ".docx",
    "bilingual-docx": ".docx",
    "pdf": ".typ",
}


@dataclass(frozen=True, slots=True)
class Style:
    """The switches with their defaults.

    ``spaces`` between Han and Latin are ``none``, ``thin`` or ``space``. ``first_mentions`` are left as they are
    (``off``) or put right once an ``article`` or once a ``number``. ``names`` adds 译名对照表, ``source_titles`` the
    original titles. ``country_order`` is ``iso``, ``pinyin``, or ``hand``: those of the issue's list, then as the
    articles come. ``themes`` are files by renderer.
    """

    spaces: str = "none"
    first_mentions: str = "off"
    names: bool = False
    source_titles: bool = False
    country_order: str = "iso"
    themes: Mapping[str, str] = field(default_factory=dict)

    def order(self, country_name: Callable[[str], str]) -> Callable[[str], str]:
        """What to sort the codes of countries by."""
        if self.country_order == "pinyin":
            return lambda code: countries.pinyin_key(country_name(code))
        return countries.order_key if self.country_order == "iso" else lambda _code: ""

    def theme(self, renderer: str, named: str) -> str:
        """The theme for a renderer: ``named`` on the command line if it is one of its kind, else that of the settings.

        A name without a suffix is one of the themes that come along, which the web page has.
        """
        suffix = THEMES.get(renderer, "")
        is_name = not Path(named).suffix and renderer == "html"
        # A style sheet named by hand is the web page's; the other pages have elements of their own.
        is_file = Path(named).suffix.lower() == suffix and (suffix != ".css" or renderer == "html")
        return named if named and (is_name or is_file) else self.themes.get(renderer, "")


def load(workspace: Workspace, issue: Path) -> Style:
    """The switches for an issue. Raises ``FormatError`` for a value that is none of those a switch has."""
    own = project.read_toml(issue / project.ISSUE_FILE)[0]
    assembling = _Table("assemble", workspace, issue, own)
    return Style(
        spaces=_Table("typography", workspace, issue, own).choice("spaces", tuple(typography.SPACES)),
        # The checks ask the workspace too, so that a number cannot have it differently.
        first_mentions=_Table("assemble", workspace, issue, {}).choice("first_mentions", FIRST_MENTIONS),
        names=assembling.choice("names", (False, True)),
        source_titles=assembling.choice("source_titles", (False, True)),
        country_order=assembling.choice("country_order", COUNTRY_ORDERS),
        themes=_Table("themes", workspace, issue, own).files(tuple(THEMES)),
    )


class _Table:
    """A table of the settings, the issue's keys before the workspace's."""

    def __init__(self, name: str, workspace: Workspace, issue: Path, own: Mapping[str, Any]) -> None:
        self._name = name
        house, here = workspace.settings.get(name, {}), own.get(name, {})
        self._root = workspace.root
        self._places = ((here, issue / project.ISSUE_FILE), (house, workspace.root / project.SETTINGS_FILE))
        for table, path in self._places:
            if not isinstance(table, Mapping):
                raise FormatError(_("[{name}] must be a table.").format(name=name), path=path)

    def choice(self, key: str, known: tuple[Any, ...]) -> Any:
        """One of ``known``, the first if nothing is set."""
        for table, path in self._places:
            if key in table:
                value = table[key]
                if not any(value is one or (isinstance(value, str) and value == one) for one in known):
                    shown = ", ".join(str(one).lower() if isinstance(one, bool) else f'"{one}"' for one in known)
                    raise FormatError(
                        _("{key} in [{name}] must be one of: {known}.").format(key=key, name=self._name, known=shown),
                        path=path,
                    )
                return value
        return known[0]

    def files(self, known: tuple[str, ...]) -> dict[str, str]:
        """The files named in the table, from the workspace's root; its keys must be among ``known``."""
        found: dict[str, str] = {}
        for table, path in reversed(self._places):
            for key, value in table.items():
                if key not in known or not isinstance(value, str):
                    raise FormatError(
                        _("{key} in [{name}] must be a file's name, for one of: {known}.").format(
                            key=key, name=self._name, known=", ".join(known)
                        ),
                        path=path,
                    )
                found[key] = str(self._root / value)
        return found
