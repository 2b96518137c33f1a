"""``space-policy``: spaces between Chinese characters and Latin letters or digits, as the house wants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import ngettext
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import lazy_pattern

# The values of ``spaces``, the default first.
POLICIES = ("none", "space", "any")

_HAN, _FOREIGN, _SPACES = r"\u3400-\u9fff", r"A-Za-zÀ-ɏЀ-ӿ0-9", " \u00a0\u2009\u202f\u3000"
_SPACED = lazy_pattern(rf"(?<=[{_HAN}])[{_SPACES}]+(?=[{_FOREIGN}])|(?<=[{_FOREIGN}])[{_SPACES}]+(?=[{_HAN}])")
# The same for a search over much text, behind its first space.
_BETWEEN = rf"(?:(?<=[{_HAN}].)[{_SPACES}]*[{_FOREIGN}]|(?<=[{_FOREIGN}].)[{_SPACES}]*[{_HAN}])"
_TOUCHING = lazy_pattern(rf"[{_HAN}](?=[{_FOREIGN}])|[{_FOREIGN}](?=[{_HAN}])")
# What is spelled as its owner spells it, and the number of a list item or heading.
_OWN = lazy_pattern(r"《[^》]*》|`[^`]*`|^\s*\d{1,3}\s")


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    policy = context.settings.get("spaces", POLICIES[0])
    if policy == "any":
        return ()
    return stretch.rendered(_TOUCHING) if policy == "space" else stretch.rendered_having(_SPACES, _BETWEEN)


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    policy = context.settings.get("spaces", POLICIES[0])
    text = group.rendered.text
    if policy == "any":
        return
    own = [match.span() for match in _OWN.finditer(group.target)]
    pattern = _TOUCHING if policy == "space" else _SPACED
    spots = [
        match.span()
        for match in pattern.finditer(text)
        if _counts(match.span(), group, own, touching=policy == "space")
    ]
    if not spots:
        return
    # With the neighbours, so that a missing space has a spot too.
    first, last = (spots[0][0], spots[0][1] + 1) if policy == "space" else (spots[0][0] - 1, spots[0][1] + 1)
    start, end = group.rendered.span(first, last)
    between = " " if policy == "space" else ""
    yield Fault(
        _message(str(policy), len(spots)),
        span=(start, end),
        # Marks of emphasis between the two would be lost.
        fix=text[first] + between + text[last - 1] if end - start == last - first else "",
    )


def _counts(span: tuple[int, int], group: Group, own: list[tuple[int, int]], *, touching: bool) -> bool:
    start, end = group.rendered.span(*span)
    if any(first <= start < last for first, last in own):
        return False
    # Where an address stood, the shown text has a space that the translation may not have.
    return touching or group.target[start:end].isspace()


def _message(policy: str, count: int) -> str:
    if policy == "space":
        return ngettext(
            "The house puts a space between Chinese characters and Latin letters or digits.",
            "The house puts a space between Chinese characters and Latin letters or digits: {count} are missing.",
            count,
        ).format(count=count)
    return ngettext(
        "The house puts no space between Chinese characters and Latin letters or digits.",
        "The house puts no space between Chinese characters and Latin letters or digits: there are {count}.",
        count,
    ).format(count=count)


_WANTED = {"spaces": "space"}

CHECK = Check(
    name="space-policy",
    severity=Severity.WARNING,
    scope="unit",
    summary="A space between Chinese and Latin text is not as the house wants it.",
    explanation=(
        "The switch is `spaces` in `[checks]` of `compiler-flow.toml`: `none` (the default) wants no space between "
        "Chinese characters and Latin or Cyrillic letters or digits, `space` wants one, `any` looks at none. Titles in "
        "《》, code, addresses and the number before a list item are left as they are. One finding a unit, at its "
        "first spot."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("In 2024 NATO agreed.", "2024年，北约（NATO）同意了。"),
        Example("See Time and 24 Hours.", "见《时代 Time》和《24 小时》。"),
        Example("See https://example.org/a for it", "见https://example.org/a 全文"),
        Example("1 Aims", "1 目标"),
        Example("In 2024 NATO agreed.", "2024 年，北约同意了。", settings=_WANTED),
        Example("COP29 and COP 29", "COP29大会和COP 29 大会", settings={"spaces": "any"}),
    ),
    bad=(
        Example("In 2024 they met.", "他们于 2024 年会晤。", spot="于 2", fix="于2"),
        Example("the F-35 fighter", "F-35 战斗机", spot="5 战", fix="5战"),
        Example("In 2024 they met.", "他们于2024 年会晤。", spot="于2", fix="于 2", settings=_WANTED),
    ),
)
