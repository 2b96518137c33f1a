"""Our own messages in the user's language, through the gettext catalogues in ``locale/``.

The language is looked up at the first message, not at import: ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG`` in
gettext's own order (gettext manual, section 2.3). Without a catalogue the English of the source text is shown.
"""

from __future__ import annotations

import functools
import gettext as _gettext
from pathlib import Path

DOMAIN = "compiler_flow"
LOCALE_DIR = Path(__file__).parent / "locale"


@functools.cache
def _catalogue() -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, LOCALE_DIR, fallback=True)


def gettext(message: str) -> str:
    """The message in the user's language; ``{name}`` fields are left for ``str.format``."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the form that goes with ``number``."""
    return _catalogue().ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message for one of several meanings of the same English words."""
    return _catalogue().pgettext(context, message)
