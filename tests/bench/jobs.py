"""What runs in a process of its own for a measurement: ``python jobs.py NAME …`` prints the seconds the work took
and the highest memory of the process in MiB."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_UPDATED = 2000


def ours(path: Path) -> float:
    """Load a PO file with us and save it under another name."""
    from compiler_flow import bilingual

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        bilingual.save(bilingual.load(path), Path(folder) / "saved.po")
        return time.perf_counter() - began


def polib(path: Path) -> float:
    """The same with polib alone, without the wrapping of lines, which would double its time."""
    import polib as peer

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        peer.pofile(str(path), wrapwidth=0).save(str(Path(folder) / "saved.po"))
        return time.perf_counter() - began


def update(_path: Path) -> float:
    """Carry the translations of an article over to a source in which one paragraph in ten changed or went."""
    import texts

    from compiler_flow import bilingual
    from compiler_flow.model import Article, Block, BlockKind, Metadata
    from compiler_flow.segment import split

    sentences = [unit.source for unit in texts.catalog(_UPDATED, 1000).units]
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    article = Article("news", Metadata(language="en"), blocks)
    old = bilingual.update(None, article, split(article))
    done = tuple(dataclasses.replace(unit, target=f"译文{number}。") for number, unit in enumerate(old.units))
    changed = tuple(
        dataclasses.replace(block, text=block.text.replace(" the ", " that ")) if number % 20 == 7 else block
        for number, block in enumerate(blocks)
        if number % 20 != 17
    )
    corrected = dataclasses.replace(article, blocks=changed)
    segments = split(corrected)
    began = time.perf_counter()
    bilingual.update(dataclasses.replace(old, units=done), corrected, segments)
    return time.perf_counter() - began


def all_forms(issue: Path) -> float:
    """Assemble a number in every format."""
    from compiler_flow import render

    return _assembled(issue, tuple(render.RENDERERS))


def pages(issue: Path) -> float:
    """Assemble a number as Markdown and HTML."""
    return _assembled(issue, ("markdown", "html"))


def _assembled(issue: Path, formats: tuple[str, ...]) -> float:
    from compiler_flow import project
    from compiler_flow.flow import building

    began = time.perf_counter()
    building.assemble(project.need(issue), issue, formats=formats)
    return time.perf_counter() - began


def rebuild(issue: Path) -> float:
    """What ``assemble --watch`` needs from an article's change to the pages that show it, without its wait."""
    from compiler_flow import project
    from compiler_flow.flow import building, watching

    workspace = project.need(issue)
    file = project.catalog_path(project.articles(issue)[0], workspace.target_language)
    looks: list[float] = []

    def change(_seconds: float) -> None:
        looks.append(time.perf_counter())
        if len(looks) > 1:
            raise KeyboardInterrupt
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    def build() -> None:
        building.assemble(project.open_workspace(workspace.root), issue)

    with contextlib.suppress(KeyboardInterrupt):
        watching.watch(workspace, issue, tuple, build, sleep=change)
    return looks[1] - looks[0]


def page(_path: Path) -> float:
    """Milliseconds that one made page takes us, on the average over all; what is loaded once is not counted."""
    from compiler_flow.ingest import read_data

    return _per_page(lambda text: read_data(text.encode(), Path("page.html")))


def trafilatura(_path: Path) -> float:
    """The same with trafilatura alone, metadata included."""
    import trafilatura as peer

    return _per_page(
        lambda text: peer.bare_extraction(text, include_links=True, include_formatting=True, with_metadata=True)
    )


def _per_page(read: Callable[[str], object]) -> float:
    sys.path.insert(0, str(Path(__file__).parent.parent / "extraction"))
    import pages

    texts = [made.html for made in pages.pages()]
    read(texts[0])
    began = time.perf_counter()
    for text in texts:
        read(text)
    return 1000 * (time.perf_counter() - began) / len(texts)


def pdf(path: Path) -> float:
    """Read a PDF file."""
    from compiler_flow import ingest

    began = time.perf_counter()
    ingest.read(path)
    return time.perf_counter() - began


_JOBS: dict[str, Callable[[Path], float]] = {
    "ours": ours,
    "polib": polib,
    "update": update,
    "all": all_forms,
    "pages": pages,
    "rebuild": rebuild,
    "page": page,
    "trafilatura": trafilatura,
    "pdf": pdf,
}


def highest() -> float:
    """The highest memory of this process in MiB; 0 where the system does not tell it without its parent's."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


if __name__ == "__main__":
    seconds = _JOBS[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(f"{seconds} {highest()}\n")
