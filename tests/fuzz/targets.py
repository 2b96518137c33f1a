"""What is fuzzed: every parser, with bytes to begin from.

A target takes any bytes. It may say that they are bad (``CompilerFlowError``), it must not end in another exception,
and what it did read must be sound: a file that was written back is read as the same.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from compiler_flow import checks, glossary, inline, project
from compiler_flow.bilingual import po, xliff
from compiler_flow.checks.base import shown
from compiler_flow.checks.numbers import read_source, read_target
from compiler_flow.errors import CompilerFlowError
from compiler_flow.flow import house, style
from compiler_flow.ingest import READERS, from_markdown, listing, to_markdown
from compiler_flow.memory import tmx
from compiler_flow.model import Catalog, CheckContext, Term, TermKind, Unit

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "ingest"), str(ROOT / "tests" / "extraction")]

import told  # noqa: E402 (found through the line above)
import twenty  # noqa: E402

SAMPLE = ROOT / "projects" / "2024-10-31"
NAMES = (
    Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON, aliases=("Ханно Певкур",), reject=("佩夫库",)),
    Term("COP29", "COP29", TermKind.EVENT, first="COP29（第29届联合国气候变化大会）", note="一行"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A parser behind one call; ``seeds`` are good inputs, ``others`` good ones of another parser."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    others: tuple[bytes, ...] = ()


def _glossary(name: str) -> Target:
    form = glossary.FORMATS[name]

    def run(data: bytes) -> None:
        terms = form.loads(data, Path(f"g{form.suffixes[0]}"))
        tuple(glossary.lint(terms))
        again = form.loads(form.dumps(terms), Path("again"))
        assert len(again) <= len(terms)
        assert form.loads(form.dumps(again), Path("again")) == again

    further = _seeds(f"*.{name}")
    return Target(
        run, (form.dumps(NAMES), *further, form.dumps(glossary.load([ROOT / "tests" / "glossary" / "terms.csv"])[:6]))
    )


@contextmanager
def _folder(name: str, data: bytes) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        yield folder
    finally:
        shutil.rmtree(folder)


def _issue(data: bytes) -> None:
    with _folder(project.ISSUE_FILE, data) as folder:
        project.read_issue(folder)
        style.load(project.Workspace(folder), folder)


def _article(data: bytes) -> None:
    with _folder(project.ARTICLE_FILE, data) as folder:
        metadata, stamp = project.read_metadata(folder)
        project.write_metadata(folder, metadata, stamp=stamp)
        assert project.read_metadata(folder)[0] == metadata


def _settings(data: bytes) -> None:
    with _folder(project.SETTINGS_FILE, data) as folder:
        workspace = project.open_workspace(folder)
        house.switches(workspace)
        for name in ("target_language", "projects", "glossaries", "memory", "memory_url", "packages", "engine"):
            getattr(workspace, name)


def _rules(data: bytes) -> None:
    with _folder("rules/a.toml", data) as folder:
        rules = house.rules(project.Workspace(folder))
        catalog = Catalog("a", "en", units=(Unit("1", "Read more: they met.", "他说：“北韩。”我国于 2024年……"),))
        tuple(checks.run(catalog, CheckContext(rules=rules), only=["house-rule"]))


def _po(data: bytes) -> None:
    catalog = po.parse(data, Path("a.po"))
    written = po.serialize(catalog)
    again = po.parse(written, Path("a.po"))
    assert again == catalog
    assert po.serialize(again) == written


def _xliff(data: bytes) -> None:
    catalog = xliff.parse(data, Path("a.xlf"))
    tuple(checks.run(catalog, CheckContext()))


def _source(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    blocks = from_markdown(text)
    assert from_markdown(to_markdown(blocks)) == blocks
    for line in text.splitlines():
        inline.spans(line)
        assert len(shown(line).text) <= len(line)


def _reader(name: str, suffix: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        article = READERS[name](data, Path(f"a{suffix}"))
        assert from_markdown(to_markdown(article.blocks)) == article.blocks

    return run


def _tmx(data: bytes) -> None:
    with _folder("a.tmx", data) as folder:
        tuple(tmx.read(folder / "a.tmx", "en", "zh-CN"))


def _number(data: bytes) -> None:
    """The first line is a source, the second its translation; the language is what the first byte says."""
    text = data.decode("utf-8", "replace")
    language = ("en", "ru", "ko", "lt", "lv", "pl", "ro", "et", "uk", "xx")[data[0] % 10 if data else 0]
    source, _end, target = text.partition("\n")
    for quantity in (*read_source(source, language), *read_target(target)):
        assert quantity.start < quantity.end
    catalog = Catalog("a", language, units=(Unit("1", source, target),))
    for finding in checks.run(catalog, CheckContext(), only=["number"]):
        if finding.span:
            assert 0 <= finding.span[0] <= finding.span[1] <= len(getattr(finding, finding.side))


def _numbers() -> tuple[bytes, ...]:
    lines = (ROOT / "tests" / "checks" / "corpus" / "number.tsv").read_text(encoding="utf-8").splitlines()[2::9]
    return tuple("\n".join(line.split("\t")[1:3]).encode() for line in lines)


def _files(pattern: str, folder: Path = SAMPLE) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(folder.glob(pattern)))


def _seeds(pattern: str) -> tuple[bytes, ...]:
    return _files(pattern, Path(__file__).parent / "seeds")


def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("A title", 1)
    document.add_paragraph("They met in the town.").add_run(" They spoke.").bold = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _listing(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx", "a.txt", "a.xml", "a.url"):
        with contextlib.suppress(CompilerFlowError):
            for entry in listing.read(data, Path(name)) or ():
                # Of a row without an address its line is told.
                assert entry.place or entry.line


def _made(pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((ROOT / "tests" / "ingest" / "made").glob(pattern)))


_RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item><title>Owls</title>
<link>https://example.org/owls</link><pubDate>Thu, 24 Oct 2024 08:00:00 GMT</pubDate></item></channel></rss>"""
_TABLE = b"address;section;country\nhttps://example.org/a;news;EE\n"
_MAIL = b"""From: Post <a@example.org>\nSubject: =?utf-8?q?Owls?=\nDate: Thu, 24 Oct 2024 08:00:00 +0600
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nThey came.\n--b
Content-Type: text/html; charset=utf-8\n\n<h1>Owls</h1><p>They came at <b>night</b>.</p>\n--b--\n"""


def targets() -> dict[str, Target]:
    """All targets by name."""
    known = _targets()
    # What a user picks by mistake: well-formed, and something else.
    packed = tuple(known[name].seeds[0] for name in ("xlsx", "docx"))
    marked = tuple(seed for name in ("tbx", "xliff", "tmx", "html") for seed in known[name].seeds)
    plain = tuple(known[name].seeds[0] for name in ("csv", "tab", "po", "issue", "source"))
    for name, target in known.items():
        others = packed if name in ("xlsx", "docx") else (*marked, *plain)
        known[name] = replace(target, others=tuple(seed for seed in others if seed not in target.seeds))
    return known


def _targets() -> dict[str, Target]:
    return {
        **{name: _glossary(name) for name in ("csv", "tab", "tbx", "xlsx")},
        "issue": Target(_issue, (SAMPLE.joinpath(project.ISSUE_FILE).read_bytes(),)),
        "article": Target(_article, _files("*/article.toml")),
        "settings": Target(_settings, ((ROOT / project.SETTINGS_FILE).read_bytes(), b'[checks]\nspaces = "any"\n')),
        "rules": Target(_rules, ((ROOT / "rules" / "house.toml").read_bytes(),)),
        "po": Target(_po, _files("*/zh_CN.po")),
        "xliff": Target(_xliff, _seeds("*.xlf")),
        "source": Target(_source, _files("*/source.md")),
        "number": Target(_number, _numbers()),
        "tmx": Target(_tmx, _seeds("*.tmx")),
        "html": Target(_reader("html", ".html"), _seeds("*.html")),
        "docx": Target(_reader("docx", ".docx"), (_docx(),)),
        "odt": Target(_reader("odt", ".odt"), _made("*.odt")),
        "pdf": Target(_reader("pdf", ".pdf"), _made("*.pdf")),
        "epub": Target(_reader("epub", ".epub"), (twenty.book(told.STORIES["bridge"]),)),
        "mail": Target(_reader("mail", ".eml"), (_MAIL,)),
        "listing": Target(_listing, (_RSS, _TABLE)),
    }
