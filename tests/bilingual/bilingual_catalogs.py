"""Catalogs as hypothesis makes them, and the real programs that judge our files."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from compiler_flow.model import (
    Article,
    BlockKind,
    Catalog,
    Metadata,
    Origin,
    OriginKind,
    Role,
    Segment,
    Spot,
    TermNote,
    Unit,
)
from compiler_flow.text import clean, digest, fold_spaces

# Generating catalogs is slow on a busy machine, and the folder of a test is only where its file lies.
PROPERTY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)

PIECES = st.sampled_from(
    [
        "Talks in Astana ended",
        "会谈在阿斯塔纳结束。",
        "“引号”",
        '"',
        "\\",
        "\\n",
        "\t",
        "\n",
        "<b>&amp;</b>",
        "]]>",
        "**Background:**",
        "*в Риге*",
        "_emphasis_",
        "`code`",
        "[a **bold** link](https://example.org/a_(b)?c=1&d=2)",
        "[link](https://example.org/x)",
        "🇪🇪👩‍👩‍👧 𠮷",
        "שלום עולם",
        "é",
        "%s 100%",
        "〔略〕",
        "…",
        " ",
        "x" * 500,
    ]
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=12)
TEXTS = st.lists(PIECES | WORDS, max_size=5).map("".join).map(clean)
SOURCES = TEXTS.filter(lambda text: bool(text.strip()))
LINES = TEXTS.map(fold_spaces).filter(lambda line: line[:3] not in ("位置：", "初稿：", "术语："))
TOKENS = st.from_regex(r"[a-z][a-z0-9_.-]{0,8}", fullmatch=True)
DIGESTS = st.from_regex(r"[0-9a-f]{10}", fullmatch=True)
REMARKS = LINES.map(lambda line: fold_spaces(line.replace("·", "").replace("→", "")))
NAMES = REMARKS.filter(bool)
SPOTS = st.one_of(
    st.none(),
    st.builds(Spot, st.sampled_from([Role.TITLE, Role.AUTHOR, Role.AUTHOR_ROLE, Role.SITE])),
    st.builds(Spot, st.just(Role.HEADING), st.integers(1, 99), st.just(BlockKind.HEADING), st.integers(1, 6)),
    st.builds(
        Spot,
        st.sampled_from([Role.TEXT, Role.LABEL]),
        st.integers(1, 99),
        st.sampled_from([BlockKind.PARAGRAPH, BlockKind.QUOTE]),
    ),
    st.builds(
        Spot,
        st.sampled_from([Role.TEXT, Role.LABEL]),
        st.integers(1, 99),
        st.just(BlockKind.ITEM),
        st.integers(1, 3),
        st.sampled_from(["-", "1."]),
    ),
)
ORIGINS = st.one_of(
    st.none(),
    st.builds(Origin, st.just(OriginKind.ENGINE), TOKENS, TOKENS | st.just(""), digest=DIGESTS, note=REMARKS),
    st.builds(Origin, st.just(OriginKind.MEMORY), TOKENS, score=st.integers(50, 101), digest=DIGESTS, note=REMARKS),
    st.builds(Origin, st.just(OriginKind.CHANGED), digest=DIGESTS, note=REMARKS),
)
FLAGS = st.sampled_from([(), (), (), ("c-format",), ("no-python-brace-format", "range: 0..9", "no-wrap")])


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """A unit in the normal form of files; its id is made later."""
    target = draw(TEXTS)
    plural = ()
    if draw(st.integers(0, 9)) == 0:
        plural = (draw(SOURCES), target, *draw(st.lists(TEXTS, max_size=2)))
    return Unit(
        id="",
        source=draw(SOURCES),
        target=target,
        fuzzy=draw(st.booleans()) and bool(target.strip()),
        spot=draw(SPOTS),
        origin=draw(ORIGINS),
        terms=tuple(draw(st.lists(st.builds(TermNote, NAMES, NAMES), max_size=2))),
        comments=tuple(draw(st.lists(LINES, max_size=3))),
        notes=tuple(draw(st.lists(LINES, max_size=2))),
        references=tuple(f"source.md:{n}" for n in draw(st.lists(st.integers(1, 99), max_size=2, unique=True))),
        flags=draw(FLAGS),
        previous=draw(TEXTS),
        plural=plural,
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog as ``update`` and translators leave it, with repeated sentences."""
    live = draw(st.lists(units(), max_size=6))
    if live and draw(st.booleans()):
        live.append(dataclasses.replace(live[0], target=draw(TEXTS), fuzzy=False, plural=()))
    counts: dict[str, int] = {}
    named = []
    # gettext leaves ranges out of obsolete entries, and drops those without a translation.
    dead = [
        dataclasses.replace(unit, flags=unit.flags[:1]) for unit in draw(st.lists(units(), max_size=2)) if unit.target
    ]
    for unit in (*live, *dead):
        name = digest(fold_spaces(unit.source))
        counts[name] = counts.get(name, 0) + 1
        named.append(dataclasses.replace(unit, id=name if counts[name] == 1 else f"{name}.{counts[name]}"))
    headers = draw(st.dictionaries(st.sampled_from(["X-Compiler", "X-Generator", "X-Reviewer"]), NAMES))
    return Catalog(
        article=draw(TOKENS | st.just("托卡耶夫的战略")),
        source_language=draw(st.sampled_from(["en", "ru", "lt", "pt-BR"])),
        units=tuple(named[: len(live)]),
        obsolete=tuple(named[len(live) :]),
        headers=tuple(sorted(headers.items())),
        comment="\n".join(draw(st.lists(LINES.filter(bool), max_size=2))),
    )


ARTICLE = Article("tokayev", Metadata(language="en"), ())


def segments(*texts: str, first_line: int = 1) -> tuple[Segment, ...]:
    """Sentences with ids as ``segment`` gives them, one paragraph each."""
    counts: dict[str, int] = {}
    made = []
    for number, text in enumerate(texts):
        name = digest(fold_spaces(clean(text)))
        counts[name] = counts.get(name, 0) + 1
        made.append(
            Segment(
                name if counts[name] == 1 else f"{name}.{counts[name]}",
                text,
                Spot(Role.TEXT, number + 1),
                line=first_line + 2 * number,
            )
        )
    return tuple(made)


def program(name: str) -> str:
    """The path of a real client. In CI a missing one is a failure, elsewhere the test is skipped."""
    found = shutil.which(name)
    if found is None:
        message = f"{name} is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def gettext_tool(name: str, data: bytes, tmp_path: Path, *options: str) -> bytes:
    """What a gettext program makes of a PO file."""
    path = tmp_path / "judged.po"
    path.write_bytes(data)
    done = subprocess.run([program(name), *options, str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr, done.stderr.decode()
    return done.stdout
