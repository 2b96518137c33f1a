"""``make fuzz SECONDS=60``: good inputs, damaged by hypothesis, for every parser in turn.

``python tests/fuzz/fuzz.py SECONDS [TARGET…]`` spends that much processor time, a slice for each target after the
other, and prints how many inputs each has seen. An input that ends in a traceback is made as small as hypothesis can
and kept in the folder for temporary files; its target rests, the others go on, and the run ends with 1.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from targets import Target, targets

from compiler_flow.errors import CompilerFlowError
from compiler_flow.text import digest

_WORDS = r"""" \ ' , ; | # = [ ] { } ( ) < > & - * _ ` ! : / 0 9 1e999 -1 inf nan 2024-13-45 million half
msgid msgstr msgctxt "" fuzzy #. #~ #| [[ ]] &lt; &#0; ]]> <![CDATA[ <!-- 〔略〕 〔并〕 ， 。 ： · “ ” （ ） 万 亿 千
百 十 零 两 半 几 % ％ 年 月 日 第 成 倍 约"""
_MARKS = "\0|\r|\n|\r\n|\t| |\u2028|\x85|\ufeff|\u202e|e\u0301"
_TOKENS = (*(text.encode() for text in (*_WORDS.split(), *_MARKS.split("|"))), b"\xff", b"\xed\xa0\x80", b"")
_SLICE = 50
_LAST: list[bytes] = []


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with up to eight wounds: a piece cut out, doubled, replaced, or a token put in."""
    data = draw(st.sampled_from(seeds))
    if len(data) > 4000 and not data.startswith(b"PK"):
        start = draw(st.integers(0, len(data) - 4000))
        data = draw(st.sampled_from([data[:4000], data[start : start + 4000]]))
    for _wound in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200])))
        put = draw(st.one_of(st.sampled_from(_TOKENS), st.binary(max_size=4), st.just(data[start:end] * 2)))
        data = data[:start] + put + data[end:]
    return data


@st.composite
def repacked(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A ZIP whose members are damaged: damage to the archive itself never gets past its checksum."""
    whole = draw(st.sampled_from(seeds))
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as archive, zipfile.ZipFile(stream, "w") as copy:
        names = archive.namelist()
        wounded = draw(st.sampled_from(names))
        for name in names:
            data = archive.read(name)
            copy.writestr(name, draw(damaged((data,))) if name == wounded else data)
    return stream.getvalue()


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """What a target is given: damaged seeds, and now and then any bytes."""
    packed = target.seeds[0].startswith(b"PK")
    wounded = st.one_of(repacked(target.seeds), damaged(target.seeds)) if packed else damaged(target.seeds)
    others = tuple(data for data in target.others if data.startswith(b"PK"))
    mistaken = repacked(others) if packed and others else damaged(target.others)
    return st.one_of(wounded, wounded, wounded, mistaken, st.binary(max_size=60))


def feed(target: Target, data: bytes) -> None:
    """Run ``target`` once; only an error that a user can act on is no fault."""
    with contextlib.suppress(CompilerFlowError):
        target.run(data)


def attack(target: Target, number: int, seed: int) -> None:
    """Give ``target`` ``number`` inputs. Raises what a bad one raises, after making it small."""

    @seeded(seed)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(target))
    def test(data: bytes) -> None:
        _LAST[:] = [data]
        feed(target, data)

    test()


def main(arguments: list[str]) -> int:
    """Fuzz for the seconds asked; 1 if something was found."""
    warnings.simplefilter("ignore")
    limit = float(arguments[0]) if arguments else 60.0
    known = targets()
    chosen = {name: known[name] for name in (arguments[1:] or known)}
    counts, spent = dict.fromkeys(chosen, 0), dict.fromkeys(chosen, 0.0)
    found = 0
    while spent and time.process_time() < limit:
        # The target that had the least time so far is next.
        name = min(spent, key=lambda each: spent[each])
        start, seed = time.process_time(), random.SystemRandom().randrange(1 << 32)
        try:
            attack(chosen[name], _SLICE, seed)
        except Exception as error:
            report(name, error)
            found += 1
            del spent[name]
        else:
            spent[name] += time.process_time() - start
        counts[name] += _SLICE
    for name, count in counts.items():
        print(f"{name:10} {count:8} inputs")
    print(f"{found} targets with a traceback in {time.process_time():.0f} s of processor time")
    return min(found, 1)


def report(name: str, error: Exception) -> None:
    """Print the traceback and keep the input that hypothesis tried last, which is the smallest."""
    kept = Path(tempfile.gettempdir()) / f"fuzz-{name}-{digest(repr(error))}"
    kept.write_bytes(_LAST[0])
    # Without hypothesis's own note, which is the whole input.
    error.__notes__ = []
    traceback.print_exception(error, limit=-12)
    print(f"FOUND in {name}: the input is {kept}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
