"""Our own messages in the user's language, through the gettext catalogues in ``locale/``.

The language is looked up at the first message, not at import; ``language`` says how. Without a catalogue the English of
the source text is shown. Installed packages hold compiled catalogues (``hatch_build.py``); a source tree that has none,
or an older one than its ``.po`` file, compiles it for the one run.
"""

from __future__ import annotations

import contextlib
import functools
import gettext as _gettext
import os
import re
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "compiler_flow"
LOCALE_DIR = Path(__file__).parent / "locale"
OVERRIDE = "COMPILER_FLOW_LANG"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
_UNTRANSLATED = frozenset({"c", "posix", "en"})
# CLDR's likely subtags: Chinese is simplified unless a script or one of the other places says otherwise.
_SIMPLIFIED = re.compile(r"zh(_hans(_\w+)?|_cn|_sg|_my)?")


def gettext(message: str) -> str:
    """The message in the user's language; ``{name}`` fields are left for ``str.format``."""
    return _catalogue(_spoken.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the form that goes with ``number``."""
    return _catalogue(_spoken.get()).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message for one of several meanings of the same English words."""
    return _catalogue(_spoken.get()).pgettext(context, message)


def language() -> str:
    """The catalogue that the user wants, as a folder's name in ``locale/``; empty for English.

    ``COMPILER_FLOW_LANG`` goes before all else. Then it is gettext's order (manual, section 2.3): a locale of C means
    no translation, ``LANGUAGE`` is a list, best first, and goes before ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``. Where
    none is set, as is usual on Windows, the language of the Windows desktop counts.
    """
    for name in _wanted():
        tag = re.split(r"[.@]", name)[0].replace("-", "_").casefold()
        base, _underscore, place = tag.partition("_")
        if base in _UNTRANSLATED:
            break
        for folder in ("zh_CN",) if _SIMPLIFIED.fullmatch(tag) else (f"{base}_{place.upper()}", base):
            if (LOCALE_DIR / folder / "LC_MESSAGES").is_dir():
                return folder
    return ""


def adopt_default_domain() -> None:
    """Let libraries that ask gettext's default domain (click does) find their words in our catalogue.

    It changes the whole process: only a program's entry may call it, before it imports such a library's decorators.
    """
    if name := language():
        # The default domain has no other way to hear of a language than the environment.
        os.environ["LANGUAGE"] = name
        _gettext.bindtextdomain(DOMAIN, str(_root(name)))
        _gettext.textdomain(DOMAIN)


@contextlib.contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Inside, messages are in the language of the BCP 47 ``tag`` if it is Chinese, else in English.

    For what goes into a file: that must not depend on who makes it.
    """
    folder = "zh_CN" if _SIMPLIFIED.fullmatch(tag.replace("-", "_").casefold()) else ""
    before = _spoken.set(folder)
    try:
        yield
    finally:
        _spoken.reset(before)


@functools.cache
def _catalogue(spoken: str | None) -> _gettext.NullTranslations:
    if name := language() if spoken is None else spoken:
        return _gettext.translation(DOMAIN, _root(name), languages=[name], fallback=True)
    return _gettext.NullTranslations()


def _wanted() -> Iterator[str]:
    """Names of languages or locales, best first."""
    if own := os.environ.get(OVERRIDE):
        yield own
        return
    locale = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    several = os.environ.get("LANGUAGE", "")
    if several and locale not in ("C", "POSIX"):
        yield from filter(None, several.split(":"))
    elif locale:
        yield locale
    else:
        yield _desktop()


def _desktop() -> str:
    """The locale in which Windows shows its own menus; empty on other systems, which set variables."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


@functools.cache
def _root(name: str) -> Path:
    """The folder of compiled catalogues: ours, or where that is not up to date a temporary one for this process."""
    inside = Path(name, "LC_MESSAGES", f"{DOMAIN}.mo")
    compiled = LOCALE_DIR / inside
    written = compiled.with_suffix(".po")
    if not written.is_file() or (compiled.is_file() and compiled.stat().st_mtime >= written.stat().st_mtime):
        return LOCALE_DIR
    import atexit
    import shutil
    import tempfile

    import polib

    root = Path(tempfile.mkdtemp(prefix=f"{DOMAIN}-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / inside).parent.mkdir(parents=True)
    polib.pofile(str(written), encoding="utf-8").save_as_mofile(str(root / inside))
    return root
