"""Whole numbers for the measurements: the sample copied, and invented ones of as many articles as wanted."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import texts

from compiler_flow import project
from compiler_flow.bilingual import po
from compiler_flow.model import Catalog, Issue, Metadata, Role, Section, Spot, Unit
from compiler_flow.text import digest

_COUNTRIES = ("AM", "AZ", "BY", "EE", "GE", "KG", "KP", "KZ", "LT", "LV", "MD", "PL", "RO", "TJ", "UA", "UZ")
# The sample number has 15 units an article and one feature among its 11 articles.
_UNITS = 15
_ONE_FEATURE_IN = 11


def copy_sample(root: Path, folder: Path) -> Path:
    """The sample's workspace copied from ``root`` to ``folder``, without what was built; its issue's folder."""
    folder.mkdir()
    shutil.copy(root / project.SETTINGS_FILE, folder)
    for name in ("glossary", "rules", "projects"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("out"))
    return project.open_workspace(folder).issues()[0]


def write(folder: Path, articles: int) -> Path:
    """A workspace with 1,000 names and one finished number of ``articles`` articles; the issue's folder."""
    workspace = project.create_workspace(folder)
    texts.write_glossary(folder / "glossary" / "names.csv", 1000)
    issue = project.create_issue(workspace, Issue("archive", "欧亚观察", "1", dt.date(2024, 10, 31)))
    units = texts.catalog(articles * (_UNITS - 1), 1000).units
    for number in range(articles):
        at = number * (_UNITS - 1)
        _write_article(issue / f"a{number:05}", number, units[at : at + _UNITS - 1])
    return issue


def write_long(folder: Path, units: int) -> Path:
    """A workspace with 1,000 names and a number of one finished article of ``units`` units; the issue's folder."""
    workspace = project.create_workspace(folder)
    texts.write_glossary(folder / "glossary" / "names.csv", 1000)
    issue = project.create_issue(workspace, Issue("long", "欧亚观察", "1", dt.date(2024, 10, 31)))
    _write_article(issue / "long", 1, texts.catalog(units, 1000).units)
    return issue


def _write_article(folder: Path, number: int, units: tuple[Unit, ...]) -> None:
    title, *body = units
    facts = Metadata(
        title=title.source,
        site="The Steppe Review",
        url=f"https://steppe-review.example/{number}",
        date=dt.date(2024, 10, number % 28 + 1),
        language="en",
        country=_COUNTRIES[number % len(_COUNTRIES)],
        section=Section.NEWS if number % _ONE_FEATURE_IN else Section.FEATURE,
        compilers=("张三",),
        reviewers=("王五",),
    )
    headline = replace(title, id=digest(f"title {title.source}"), spot=Spot(Role.TITLE, 0))
    placed = (replace(unit, spot=Spot(Role.TEXT, place // 4 + 1)) for place, unit in enumerate(body))
    folder.mkdir()
    catalog = Catalog(folder.name, "en", units=(headline, *placed))
    (folder / "source.md").write_text("\n".join(unit.source for unit in body) + "\n", encoding="utf-8")
    (folder / "zh_CN.po").write_bytes(po.serialize(catalog))
    (folder / project.ARTICLE_FILE).write_bytes(project.render_metadata(facts))


def write_pdf(path: Path, pages: int) -> Path:
    """A PDF file of so many full pages in two columns, with running heads and notes."""
    import typst

    path.write_bytes(typst.compile(_BOOK.replace("PAGES", str(pages)).encode()))
    return path


_BOOK = """
#set page(columns: 2, header: [Harbour Letters #h(1fr) No. 7], numbering: "1")
#set text(lang: "en", hyphenate: true, size: 10pt)
#set par(justify: true, first-line-indent: 1em)
#for n in range(PAGES) [
  = Chapter #n
  #for m in range(6) [
    The port of Ventspils handled #(n * 7 + m) ships in week #m, and its administration expects more.#footnote[Week #m.]
    #lorem(100)

  ]
  #pagebreak()
]
"""
