"""OmegaT cuts a text with our exported rules as we cut it; what SRX cannot say is listed in ``tests/segment``."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import case_files
import pytest
from lxml import etree

from compiler_flow.flow import segmenting
from compiler_flow.segment import srx

pytestmark = pytest.mark.clients("omegat", "java")

_DIFFERENT = (Path(case_files.__file__).parent / "srx_differs.txt").read_text(encoding="utf-8").splitlines()
_SETTINGS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>{language}</source_lang><target_lang>ZH-CN</target_lang>
<sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


def _segments(root: Path, texts: list[str], language: str) -> set[str]:
    """What OmegaT makes of a text file with a paragraph for each of ``texts``: the sources of a pseudo translation."""
    project = root / "project"
    for folder in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (project / folder).mkdir(parents=True)
    (project / "source" / "text.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    (project / "omegat.project").write_text(_SETTINGS.format(language=language), encoding="utf-8")
    for name, data in segmenting.omegat_rules(language).items():
        (project / name).write_bytes(data)
    done = subprocess.run(
        [
            "omegat",
            str(project),
            "--mode=console-createpseudotranslatetmx",
            f"--pseudotranslatetmx={root}/pseudo.tmx",
            "--pseudotranslatetype=equal",
            f"--config-dir={root}/home/",
            "--disable-project-locking",
            "--disable-location-save",
            "--no-team",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(root / "home"), "LANG": "C.UTF-8"},
    )
    printed = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, printed[-2000:]
    assert "SEG_RULES" not in printed, printed[-2000:]
    units = etree.parse(str(root / "pseudo.tmx")).iter("tu")
    return {"".join(unit.find("tuv").find("seg").itertext()) for unit in units}


@pytest.mark.parametrize("language", ["en", "ru", "hy"])
def test_omegat_cuts_the_cases_as_we_do(tmp_path: Path, language: str) -> None:
    cases = case_files.read("cases", language)
    found = _segments(tmp_path, [case.text for case in cases], language.upper())
    wrong = {" ‖ ".join(case.sentences) for case in cases if not found.issuperset(case.sentences)}
    assert wrong == set(_DIFFERENT) & {" ‖ ".join(case.sentences) for case in cases}


def test_our_srx_is_valid_by_the_schema_that_omegat_has(tmp_path: Path) -> None:
    with zipfile.ZipFile("/usr/share/omegat/OmegaT.jar") as jar:
        for name in ("schemas/srx20.xsd", "schemas/xml.xsd"):
            jar.extract(name, tmp_path)
    schema = etree.parse(str(tmp_path / "schemas" / "srx20.xsd"))
    for imported in schema.getroot().findall("{http://www.w3.org/2001/XMLSchema}import"):
        imported.set("schemaLocation", "xml.xsd")
    etree.XMLSchema(schema).assertValid(etree.fromstring(srx.serialize()))
