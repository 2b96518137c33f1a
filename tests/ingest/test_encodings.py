"""Every text reader takes every encoding that articles come in, declared or not."""

from __future__ import annotations

from pathlib import Path

import pytest
import twenty
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.ingest import read_data

TRADITIONAL = """額爾古納河邊境口岸恢復客運

額爾古納河上的邊境口岸星期一恢復了客運，這是五年來的第一次。當天上午有四十二名旅客乘坐渡輪過河。

口岸管理處說，渡輪每天往返六次，票價三十元。旅客需要帶護照，貨物不得超過五十公斤。
"""
LITHUANIAN = """Klaipėdoje tiesiamas kabelis

Klaipėdoje pirmadienį pradėtas tiesti naujas jūrinis kabelis, kuris sujungs vėjo parkus su krante statoma pastote.

Žvejai prašo kompensacijų ir nori, kad kabelis būtų įkastas giliau. Savivaldybė žada atsakyti iki mėnesio pabaigos.
"""
TEXTS = {
    "gbk": twenty.CHINESE,
    "gb18030": twenty.CHINESE,
    "big5": TRADITIONAL,
    "cp1251": twenty.RUSSIAN,
    "koi8-r": twenty.RUSSIAN.replace("«", '"').replace("»", '"'),
    "euc-kr": twenty.KOREAN,
    "utf-16": twenty.RUSSIAN,
    "utf-16-le": twenty.CHINESE,
    "utf-16-be": twenty.KOREAN,
    "utf-8-sig": twenty.ARMENIAN,
}


def as_file(text: str, suffix: str, declared: str = "") -> str:
    if suffix != ".html":
        return text
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    meta = f'<meta charset="{declared}">' if declared else ""
    return (
        f"<html><head>{meta}<title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def last(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[-1].split())


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("encoding", TEXTS)
def test_a_text_that_declares_nothing(encoding: str, suffix: str) -> None:
    text = TEXTS[encoding]
    article = read_data(as_file(text, suffix).encode(encoding), Path(f"a{suffix}"))
    assert article.blocks[-1].text == last(text)


@pytest.mark.parametrize("encoding", ["gbk", "big5", "cp1251", "koi8-r", "euc-kr"])
def test_a_page_that_declares_its_encoding(encoding: str) -> None:
    text = TEXTS[encoding]
    declared = {"cp1251": "windows-1251", "gbk": "gb2312"}.get(encoding, encoding)
    article = read_data(as_file(text, ".html", declared).encode(encoding), Path("a.html"))
    assert article.blocks[-1].text == last(text)


def test_a_page_in_baltic_windows_letters_must_say_so() -> None:
    # Central European letters stand on the same codes: undeclared, a short text is anybody's guess.
    data = as_file(LITHUANIAN, ".html", "windows-1257").encode("cp1257")
    assert read_data(data, Path("a.html")).blocks[-1].text == last(LITHUANIAN)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_what_a_server_declares_counts_most(suffix: str) -> None:
    # Short, and in an encoding that looks like others; the page itself is wrong about it.
    text = "Ночью\n\nПаром ушёл.\n" if suffix != ".html" else twenty.RUSSIAN
    data = as_file(text, suffix, "koi8-r").encode("cp1251")
    article = read_data(data, Path(f"a{suffix}"), charset="windows-1251")
    assert article.blocks[-1].text == last(text)


@pytest.mark.parametrize("charset", ["utf-8", "no-such-charset", "ascii"])
def test_a_server_that_is_wrong_about_it_does_no_harm(charset: str) -> None:
    article = read_data(twenty.RUSSIAN.encode("cp1251"), Path("a.txt"), charset=charset)
    assert article.blocks[-1].text == last(twenty.RUSSIAN)


SENTENCES = st.lists(st.sampled_from([line for text in TEXTS.values() for line in text.split("\n\n")[1:]]), min_size=1)


@given(SENTENCES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_any_mixture_survives_what_can_hold_it(paragraphs: list[str], encoding: str) -> None:
    text = "Title\n\n" + "\n\n".join(paragraphs)
    if encoding == "gb18030" or encoding.endswith(("le", "be")):
        # Without a mark these are only taken for what they are where they look like it.
        text = "题目\n\n" + twenty.CHINESE
    article = read_data(text.encode(encoding), Path("a.txt"))
    assert article.blocks[-1].text == last(text)
