"""Reading any encoding; writing whole, never over somebody else's work."""

import contextlib
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import files
from compiler_flow.errors import ChangedOnDiskError, FileError, FormatError

CHINESE = "爱沙尼亚国防部长在布鲁塞尔签署路线图，规定了未来几年的合作。\n"
RUSSIAN = "Министр обороны Эстонии подписал в Брюсселе соглашение о сотрудничестве на ближайшие годы.\n" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_chinese_is_read_in_every_encoding_an_editor_sends(encoding: str) -> None:
    assert files.decode(CHINESE.encode(encoding)) == CHINESE


def test_russian_in_windows_1251_is_not_taken_for_chinese() -> None:
    assert files.decode(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_a_declared_encoding_wins_and_gb2312_means_its_superset() -> None:
    assert files.decode("镕基".encode("gb18030"), declared="gb2312") == "镕基"
    assert files.decode("é".encode("latin-1"), declared="latin-1") == "é"
    assert files.decode("é".encode(), declared="no-such-encoding") == "é"


def test_binary_rubbish_is_refused_with_its_path() -> None:
    with pytest.raises(FormatError, match=r"page\.html: This is a binary file"):
        files.decode(bytes(range(256)) * 4, path="page.html")


def test_a_lying_mark_names_the_line() -> None:
    with pytest.raises(FormatError) as caught:
        files.decode(b"\xef\xbb\xbfone\ntw\xff\n", path="x.po")
    assert caught.value.where == "x.po:2"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_clear_error(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        assert isinstance(files.decode(data, path="x"), str)


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        files.read_bytes(tmp_path / "nothing")
    with pytest.raises(FileError, match="folder"):
        files.read_bytes(tmp_path)


def test_a_file_changed_since_it_was_read_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "zh_CN.po"
    stamp = files.write_text(path, "mine\n", stamp="")
    path.write_text("saved in Poedit\n", encoding="utf-8")
    with pytest.raises(ChangedOnDiskError):
        files.write_text(path, "mine again\n", stamp=stamp)
    assert path.read_text(encoding="utf-8") == "saved in Poedit\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["zh_CN.po"]


def test_a_new_file_is_not_put_over_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    with pytest.raises(ChangedOnDiskError):
        files.write_text(tmp_path / "a", "new", stamp="")


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX")
def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(real)
    files.write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "zh_CN.po"
    path.write_text("old", encoding="utf-8")

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(FileError, match="No space left"):
        files.write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["zh_CN.po"]


def test_what_a_killed_process_left_behind_is_swept_away_when_it_is_surely_nobodys(tmp_path: Path) -> None:
    path, old, fresh = tmp_path / "a.po", tmp_path / ".a.po.x1.tmp", tmp_path / ".a.po.x2.tmp"
    other = tmp_path / ".b.po.x3.tmp"
    for left in (old, fresh, other):
        left.write_bytes(b"half")
    for left in (old, other):
        os.utime(left, (1, 1))
    files.write_text(path, "whole")
    assert set(tmp_path.iterdir()) == {path, fresh, other}
