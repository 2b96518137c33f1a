"""Compiles the catalogues in ``src/compiler_flow/locale`` when a wheel is built or the tree is installed editable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``.mo`` beside each ``.po``, and hands the ``.mo`` files, which git ignores, to the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Compile; an entry that is fuzzy or empty is left out, so that its English is shown."""
        for written in Path(self.root, "src", "compiler_flow", "locale").glob("*/LC_MESSAGES/*.po"):
            polib.pofile(str(written), encoding="utf-8").save_as_mofile(str(written.with_suffix(".mo")))
        build_data["artifacts"].append("src/compiler_flow/locale/**/*.mo")
