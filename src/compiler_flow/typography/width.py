"""AutoCorrect, the one place that knows it: half-width marks between Han characters become full-width.

Its configuration belongs to the process, so it is set before every first use here and nobody else may call it. All
rules about spaces are off: ours know the house's switch.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable

from compiler_flow.text import lazy_pattern

_RULES = {
    "space-word": 0,
    "space-punctuation": 0,
    "space-bracket": 0,
    "space-backticks": 0,
    "space-dash": 0,
    "space-dollar": 0,
    "no-space-fullwidth": 0,
    "no-space-fullwidth-quote": 0,
    "fullwidth": 1,
    "halfwidth-word": 1,
    "halfwidth-punctuation": 0,
    "spellcheck": 0,
}
# A full stop right between Han characters may be a stop or the dot of a name (汉诺.佩夫库尔): nobody can tell, so it
# is kept from AutoCorrect, which takes it for a stop. So is a full-width space, which stands for itself.
_KEPT = lazy_pattern(r"((?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])|\s+)")


@functools.cache
def _format() -> Callable[[str], str]:
    import autocorrect_py

    # The package's stub leaves this function out.
    autocorrect_py.load_config(json.dumps({"rules": _RULES}))  # type: ignore[attr-defined]
    return autocorrect_py.format


def widen(text: str) -> str:
    """``text`` with half-width punctuation among Han characters made full-width."""
    pieces = _KEPT.split(text)
    return "".join(piece if index % 2 else _format()(piece) for index, piece in enumerate(pieces) if piece)
