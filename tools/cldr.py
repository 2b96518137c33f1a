"""Write the names that ``compiler_flow.cldr`` keeps of CLDR: run it after Babel came with a newer one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "src" / "compiler_flow" / "cldr"
# The languages whose numbers the checks can read, and the one that is translated into.
LOCALES = {
    **{tag: tag for tag in ("en", "de", "fr", "ro", "ru", "uk", "be", "pl", "lt", "lv", "et", "ko")},
    "zh": "zh_Hans_CN",
}


def text_of(tag: str) -> str:
    """The file of one language, as JSON with one name a line."""
    locale = Locale.parse(LOCALES[tag])
    found = {kind: dict(getattr(locale, kind)) for kind in ("territories", "languages", "currencies")}
    return json.dumps({"cldr": str(get_cldr_version()), "names": found}, ensure_ascii=False, indent=0) + "\n"


def main() -> None:
    """Write every file."""
    for tag in LOCALES:
        (FOLDER / f"{tag}.json").write_text(text_of(tag), encoding="utf-8")
        sys.stdout.write(f"{tag}\n")


if __name__ == "__main__":
    main()
