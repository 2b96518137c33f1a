"""The SRX rules as OmegaT 3 to 5 keep them in a project: ``segmentation.conf``, for java.beans.XMLDecoder.

OmegaT 6 reads SRX itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from compiler_flow.segment import srx

# With an older version OmegaT mixes its own defaults in.
_VERSION = "0.2.2"


def serialize(languages: Iterable[str]) -> bytes:
    """``segmentation.conf`` with the rules of ``languages`` in this order, UTF-8; ``""`` stands for all others."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<java version="1.8.0" class="java.beans.XMLDecoder">',
        '<object class="org.omegat.core.segmentation.SRX">',
        '<void property="mappingRules">',
    ]
    for name in languages:
        lines += [
            '<void method="add">',
            '<object class="org.omegat.core.segmentation.MapRule">',
            _text("language", name or "default"),
            _text("pattern", srx.pattern(name)),
            '<void property="rules">',
            '<object class="java.util.ArrayList">',
        ]
        for rule in srx.rules(name):
            lines += [
                '<void method="add">',
                '<object class="org.omegat.core.segmentation.Rule">',
                _text("beforebreak", rule.before),
                _text("afterbreak", rule.after),
                f'<void property="breakRule"><boolean>{str(rule.cuts).lower()}</boolean></void>',
                "</object></void>",
            ]
        lines += ["</object></void>", "</object></void>"]
    lines += ["</void>", _text("version", _VERSION), "</object>", "</java>", ""]
    return "\n".join(lines).encode("utf-8")


def _text(name: str, value: str) -> str:
    return f'<void property="{name}"><string>{escape(value)}</string></void>'
