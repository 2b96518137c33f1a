"""Every format gives back what it was given, and a file that says the same is left alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from bilingual_catalogs import ARTICLE, PROPERTY, catalogs, segments
from hypothesis import given

from compiler_flow import bilingual
from compiler_flow.errors import ChangedOnDiskError, FormatError, UsageError
from compiler_flow.model import Catalog, Unit

NAMES = {"po": "zh_CN.po", "xliff": "zh_CN.xlf", "xliff12": "zh_CN.xlf"}


@pytest.mark.parametrize("form", sorted(bilingual.FORMATS))
@PROPERTY
@given(catalog=catalogs())
def test_what_is_written_is_read_again(form: str, catalog: Catalog) -> None:
    part = bilingual.FORMATS[form]
    data = part.serialize(catalog)
    read = part.parse(data, Path(NAMES[form]))
    assert read == catalog
    numbered = part.renumber(catalog, data)
    assert [unit.line for unit in read.units] == [unit.line for unit in numbered.units]
    assert [unit.line for unit in read.obsolete] == [unit.line for unit in numbered.obsolete]


@pytest.mark.parametrize("form", sorted(bilingual.FORMATS))
def test_what_is_saved_is_loaded_again(form: str, tmp_path: Path) -> None:
    path = tmp_path / NAMES[form]
    saved = bilingual.save(translated(small(), "会谈结束。"), path, form=form)
    loaded = bilingual.load(path)
    assert loaded == saved == translated(small(), "会谈结束。")
    assert (loaded.path, loaded.stamp) == (saved.path, saved.stamp)


def small() -> Catalog:
    return bilingual.update(None, ARTICLE, segments("Talks ended.", "They will go on."))


def translated(catalog: Catalog, text: str) -> Catalog:
    first, *rest = catalog.units
    return dataclasses.replace(catalog, units=(dataclasses.replace(first, target=text), *rest))


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.po"
    ours = bilingual.save(small(), path)
    bilingual.save(translated(bilingual.load(path), "会谈结束。"), path)
    with pytest.raises(ChangedOnDiskError, match="changed by somebody else"):
        bilingual.save(translated(ours, "别的译文"), path)
    assert bilingual.load(path).units[0].target == "会谈结束。"


def test_a_file_that_we_did_not_read_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.po"
    bilingual.save(translated(small(), "会谈结束。"), path)
    with pytest.raises(ChangedOnDiskError):
        bilingual.save(small(), path)
    bilingual.save(small(), path, overwrite=True)
    assert bilingual.load(path) == small()


def test_a_saved_catalog_can_be_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.po"
    first = bilingual.save(small(), path)
    second = bilingual.save(translated(first, "会谈结束。"), path)
    third = bilingual.save(translated(second, "谈判结束。"), path)
    assert bilingual.load(path) == third


@pytest.mark.parametrize("spelling", ["crlf", "bom", "wrapped"])
def test_a_file_that_says_the_same_stays_byte_for_byte(tmp_path: Path, spelling: str) -> None:
    path = tmp_path / "zh_CN.po"
    bilingual.save(small(), path)
    data = path.read_bytes()
    other = {
        "crlf": data.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + data,
        "wrapped": data.replace(b'msgid "Talks ended."', b'msgid ""\n"Talks "\n"ended."'),
    }[spelling]
    assert other != data
    path.write_bytes(other)
    saved = bilingual.save(bilingual.load(path), path, headers={"PO-Revision-Date": "2024-10-31 10:00+0800"})
    assert path.read_bytes() == other
    assert saved == small()


def test_headers_are_set_when_something_changed(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.po"
    catalog = bilingual.save(small(), path)
    bilingual.save(translated(catalog, "会谈结束。"), path, headers={"PO-Revision-Date": "2024-10-31 10:00+0800"})
    assert ("PO-Revision-Date", "2024-10-31 10:00+0800") in bilingual.load(path).headers


def test_a_version_1_2_file_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.xlf"
    catalog = bilingual.save(small(), path, form="xliff12")
    bilingual.save(translated(catalog, "会谈结束。"), path)
    assert b'version="1.2"' in path.read_bytes()


def test_an_unknown_suffix_is_refused_with_what_would_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.po"):
        bilingual.load(tmp_path / "zh_CN.docx")


@pytest.mark.parametrize("name", ["a.po", "a.xlf"])
@pytest.mark.parametrize("data", [b"", b"\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"hello\n"])
def test_what_is_no_bilingual_file_is_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FormatError, match=name):
        bilingual.load(path)


def test_texts_that_files_cannot_carry_are_mended_on_the_way_out(tmp_path: Path) -> None:
    unit = Unit("a", "one\u2028two\vthree\r\nfour", "一\x07二\u0085三")
    for name in ("a.po", "a.xlf"):
        bilingual.save(Catalog("a", "en", units=(unit,)), tmp_path / name)
        (loaded,) = bilingual.load(tmp_path / name).units
        assert (loaded.source, loaded.target) == ("one\ntwo\nthree\nfour", "一二\n三")
