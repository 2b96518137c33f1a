"""``make screenshot``: docs/poedit.png, one of the sample's files as a translator sees it half-way.

The article is the real one of the sample number; what lies behind the selected unit is put back to drafts and nothing.
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
from pathlib import Path

from poedit_driver import Desktop, Poedit

from compiler_flow import bilingual
from compiler_flow.model import Catalog, Origin, OriginKind, Unit
from compiler_flow.text import digest

_ROOT = Path(__file__).parent.parent.parent
_ARTICLE = _ROOT / "projects" / "2024-10-31" / "kz-corridor" / "zh_CN.po"
_SELECTED = "through a pipeline across Russia."
_DRAFT = "哈萨克斯坦的铀产量约占全球五分之二，每年开采石油近9000万吨，其中大部分经由穿越俄罗斯的管道外运。"


def _half_way(catalog: Catalog) -> Catalog:
    here = next(number for number, unit in enumerate(catalog.units) if unit.source.endswith(_SELECTED))
    drafts = [
        _draft(catalog.units[here], _DRAFT),
        *(_draft(unit, unit.target) for unit in catalog.units[here + 1 :][:2]),
    ]
    empty = (dataclasses.replace(unit, target="") for unit in catalog.units[here + 3 :])
    return dataclasses.replace(catalog, units=(*catalog.units[:here], *drafts, *empty))


def _draft(unit: Unit, text: str) -> Unit:
    origin = Origin(OriginKind.MEMORY, "az-cop29-countdown", "", 87, digest(text))
    return dataclasses.replace(unit, target=text, fuzzy=True, origin=origin)


def main() -> None:
    """Take the picture; its path is the only argument."""
    (picture,) = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, Desktop(Path(folder) / "home") as desktop:
        desktop.settings()
        path = Path(folder) / "kz-corridor" / "zh_CN.po"
        catalog = _half_way(bilingual.load(_ARTICLE))
        bilingual.save(catalog, path)
        poedit = Poedit(desktop, path, catalog.units[0].target)
        poedit.go_to(_DRAFT)
        # A window needs few colours, and no dots that stand for others.
        few = ("-strip", "+dither", "-colors", "256")
        desktop.ask("import", "-window", "root", *few, f"png8:{Path(picture).resolve()}")
        poedit.quit()
    if not Path(picture).exists():
        sys.exit("ImageMagick's import took no picture.")


if __name__ == "__main__":
    main()
