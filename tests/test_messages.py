"""The catalogue of our own messages: complete, sound, and passed by our own checks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import hatch_build
import polib
import pytest

import messages
from compiler_flow import bilingual, checks
from compiler_flow.model import CheckContext

CATALOGUES = sorted(messages.CATALOGUES.glob("*/LC_MESSAGES/*.po"))
# Messages are no news: commands, options and paths stand in them between spaces and make them long, and they speak
# about the marks of decisions.
CONTEXT = CheckContext(settings={"spaces": "any"})
SENSIBLE = tuple(name for name in checks.CHECKS if name not in {"suspicious-length", "omission-undeclared"})
TELL = "run `make messages`, then translate in {file}:"
_FIELD = re.compile(r"\{[^{}]*\}|%\(\w+\)s")


@pytest.fixture(scope="module")
def source() -> set[tuple[str, str]]:
    return {(message.context or "", _singular(message.id)) for message in messages.template() if message.id}


def _singular(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.fixture(params=CATALOGUES, ids=lambda file: file.parent.parent.name)
def file(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def entries(file: Path) -> polib.POFile:
    return polib.pofile(str(file), encoding="utf-8")


def test_every_message_of_the_source_is_translated(
    file: Path, entries: polib.POFile, source: set[tuple[str, str]]
) -> None:
    done = {(entry.msgctxt or "", entry.msgid) for entry in entries if entry.translated()}
    missing = [f"  {context}: {text}" if context else f"  {text}" for context, text in sorted(source - done)]
    assert not missing, "\n".join([TELL.format(file=file), *missing])


def test_nothing_is_left_of_older_sources(file: Path, entries: polib.POFile, source: set[tuple[str, str]]) -> None:
    known = {(entry.msgctxt or "", entry.msgid) for entry in entries}
    left = [text for _context, text in sorted(known - source)]
    assert not left, "\n".join([TELL.format(file=file), *left])


def test_fields_are_those_of_the_source(entries: polib.POFile) -> None:
    for entry in entries:
        forms = [set(_FIELD.findall(form)) for form in (entry.msgid, entry.msgid_plural) if form]
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            if text:
                assert set(_FIELD.findall(text)) in forms, text


def test_our_own_checks_find_nothing(file: Path) -> None:
    catalog = bilingual.load(file)
    assert len(catalog.units) > 500
    found = [finding for finding in checks.run(catalog, CONTEXT, only=SENSIBLE) if not finding.waived]
    assert not found, "\n".join(f"{file}:{f.line}: {f.check}: {f.message} {f.target}" for f in found)


def test_every_waiver_is_needed(file: Path) -> None:
    catalog = bilingual.load(file)
    waived = {(found.unit, found.check) for found in checks.run(catalog, CONTEXT, only=SENSIBLE) if found.waived}
    declared = {(unit.id, name) for unit in catalog.units for name in checks.base.waivers(unit.comments)}
    assert declared == waived


def test_the_texts_of_checks_commands_and_tables_are_found(source: set[tuple[str, str]]) -> None:
    assert {
        ("", "A unit has neither a translation nor a decision."),
        ("", "Show how far the articles of an issue are."),
        ("", "glossary format"),
        ("", "Show this message and exit."),
        ("role", "reviewer"),
    } <= source
    explained = [text for _context, text in source if text.startswith("Every unit needs a translation")]
    assert explained == [checks.CHECKS["untranslated"].explanation.strip()]


def test_a_refresh_keeps_what_is_done_and_drops_what_is_gone(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "zh_CN" / "LC_MESSAGES" / "compiler_flow.po"
    copy.parent.mkdir(parents=True)
    shutil.copy(file, copy)
    assert not messages.refresh(copy, messages.template())
    before = copy.read_bytes()

    changed = polib.pofile(str(copy), wrapwidth=100)
    changed.append(polib.POEntry(msgid="A message of long ago.", msgstr="很久以前"))
    changed.remove(changed.find("Stopped."))
    changed.save()
    assert messages.refresh(copy, messages.template())
    after = polib.pofile(str(copy))
    assert after.find("A message of long ago.") is None
    assert not after.find("Stopped.").translated()
    assert copy.read_bytes() != before


def test_the_build_compiles_catalogues_for_the_wheel(file: Path, tmp_path: Path) -> None:
    hook = hatch_build.CatalogueHook(str(tmp_path), {}, None, None, "", "wheel")
    copy = tmp_path / file.relative_to(messages.ROOT)
    copy.parent.mkdir(parents=True)
    shutil.copy(file, copy)
    build: dict[str, list[str]] = {"artifacts": []}
    hook.initialize("standard", build)
    (compiled,) = tmp_path.rglob("*.mo")
    assert compiled == copy.with_suffix(".mo")
    assert {entry.msgid for entry in polib.mofile(str(compiled))} == {entry.msgid for entry in polib.pofile(str(copy))}
    assert build["artifacts"] == ["src/compiler_flow/locale/**/*.mo"]
