"""What the house itself decides about checking: ``[checks]`` of ``compiler-flow.toml``, and ``rules/*.toml``."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, cast

from compiler_flow import project
from compiler_flow.errors import FormatError
from compiler_flow.files import read_text
from compiler_flow.i18n import gettext as _
from compiler_flow.model import HouseRule, Severity
from compiler_flow.project import Workspace
from compiler_flow.text import lazy_pattern

_SIDES = ("target", "source")
_TEXTS = ("pattern", "message", "on", "severity", "fix")
_KEYS = frozenset({*_TEXTS, "except_quoted"})
_RULE = lazy_pattern(r"\s*\[\[\s*rule\s*\]\]")


def switches(workspace: Workspace | None) -> Mapping[str, object]:
    """The table ``[checks]``, and what other tables mean for checks.

    Raises ``FormatError`` for a value that a switch does not have.
    """
    from compiler_flow.checks.space_policy import POLICIES

    found = workspace.setting("checks", default={}) if workspace else {}
    path = workspace.root / project.SETTINGS_FILE if workspace else ""
    if not isinstance(found, Mapping):
        raise FormatError(_("[{name}] must be a table.").format(name="checks"), path=path)
    if found.get("spaces", POLICIES[0]) not in POLICIES:
        raise FormatError(_must_be("spaces", POLICIES, "checks"), path=path)
    if workspace and workspace.setting("assemble", "first_mentions", default="off") != "off":
        # The assembly writes the originals: people need not.
        found = {**found, "first-mention-written": True}
    return found


def rules(workspace: Workspace | None) -> tuple[HouseRule, ...]:
    """The house's own rules, in the order of the files' names.

    Raises ``FormatError`` with the line for what is no TOML, no rule, or no regular expression.
    """
    return tuple(rule for path in (workspace.rules if workspace else ()) for rule in read_rules(path))


def read_rules(path: Path) -> Iterator[HouseRule]:
    """The rules of one file, see ``rules``."""
    table = project.read_toml(path)[0]
    found = table.pop("rule", [])
    if table or not isinstance(found, list) or not all(isinstance(rule, dict) for rule in found):
        other = next(iter(table), "rule")
        raise FormatError(
            _("A file of rules has nothing but [[rule]] tables; this is none: {key}.").format(key=other), path=path
        )
    lines = read_text(path)[0].splitlines()
    starts = [number for number, line in enumerate(lines, 1) if _RULE.match(line)]
    # Rules may also be written as one inline array: then there is no line to name.
    places = starts if len(starts) == len(found) else [0] * len(found)
    for rule, line in zip(found, places, strict=True):
        yield _rule(rule, path, line)


def _rule(rule: Mapping[str, Any], path: Path, line: int) -> HouseRule:
    for key, value in rule.items():
        if key not in _KEYS:
            raise FormatError(
                _("A rule has no key called {key}.").format(key=key),
                path=path,
                line=line,
                hint=_("Known: {names}.").format(names=", ".join(sorted(_KEYS))),
            )
        if not isinstance(value, str if key in _TEXTS else bool):
            kind = _("a text") if key in _TEXTS else _("true or false")
            raise FormatError(_("{key} must be {kind}.").format(key=key, kind=kind), path=path, line=line)
    for key in ("pattern", "message"):
        if not rule.get(key, "").strip():
            raise FormatError(_("The rule lacks its {key}.").format(key=key), path=path, line=line)
    side, severity = rule.get("on", _SIDES[0]), rule.get("severity", Severity.WARNING)
    for key, value, known in (("on", side, _SIDES), ("severity", severity, tuple(Severity))):
        if value not in known:
            raise FormatError(_must_be(key, known, "[rule]"), path=path, line=line)
    _compile(rule["pattern"], path, line)
    return HouseRule(
        rule["pattern"],
        rule["message"].strip(),
        on=cast("Literal['target', 'source']", side),
        severity=Severity(severity),
        except_quoted=rule.get("except_quoted", False),
        fix=rule.get("fix", ""),
        path=path.as_posix(),
        line=line,
    )


def _must_be(key: str, known: tuple[str, ...], name: str) -> str:
    return _("{key} in [{name}] must be one of: {known}.").format(key=key, name=name, known=", ".join(known))


def _compile(pattern: str, path: Path, line: int) -> None:
    import regex

    try:
        with warnings.catch_warnings():
            # What may mean something else in a later version of the library says nothing to an editor.
            warnings.simplefilter("ignore", FutureWarning)
            found = regex.compile(pattern)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise FormatError(
            _("This is no regular expression: {reason}.").format(reason=str(error)), path=path, line=line
        ) from error
    if found.search("", timeout=1):
        raise FormatError(_("The pattern also matches where nothing stands."), path=path, line=line)
