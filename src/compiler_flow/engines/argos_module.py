"""The door to the ``argostranslate`` module, whose import has side effects that ours must not have.

Importing it makes folders in the user's home and reads settings from there (argos-translate, ``settings.py``). Only its
``package`` module is needed here, and nothing of those settings, so it is shown an empty place for the moment of the
import. A program that imported ``argostranslate`` before keeps what it has.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from compiler_flow.errors import EngineError
from compiler_flow.i18n import gettext as _

_LOCK = threading.Lock()
_HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")


def load_package(folder: Path) -> Any:
    """The ``argostranslate.package.Package`` in ``folder``. Raises ``EngineError``."""
    try:
        package = _package_module().Package(folder)
    except (OSError, ValueError, AttributeError) as error:
        raise EngineError(_("The package cannot be opened: {reason}.").format(reason=error), path=folder) from error
    if not hasattr(package, "tokenizer"):
        raise EngineError(_("The tokenizer is missing."), path=folder)
    return package


def _package_module() -> Any:
    with _LOCK:
        if "argostranslate.package" not in sys.modules:
            _import_quietly()
    return sys.modules["argostranslate.package"]


def _import_quietly() -> None:
    hidden = {name: value for name, value in os.environ.items() if name in _HOMES or name.startswith("ARGOS_")}
    with tempfile.TemporaryDirectory(prefix="compiler-flow-") as place:
        try:
            for name in hidden:
                del os.environ[name]
            os.environ.update({name: str(Path(place) / name.lower()) for name in _HOMES})
            import argostranslate.package  # noqa: F401 (found in sys.modules)
        except ImportError as error:
            raise EngineError(
                _("The argostranslate module cannot be loaded: {reason}.").format(reason=error),
                hint=_("Install it: pip install argos-translate-lt"),
            ) from error
        finally:
            for name in _HOMES:
                os.environ.pop(name, None)
            os.environ.update(hidden)
