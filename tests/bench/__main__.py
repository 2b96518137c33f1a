"""``make bench``: the figures we promise, measured beside our peers in one run.

``python tests/bench [--quick] [NAME …]``; the names are those of the functions in ``_BENCHES``. Every comparison runs
both sides in turn, several rounds, and compares the medians, so that a busy machine is busy for both. Exit code 1
says that a figure was not reached. Texts and glossaries are made anew in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import archives
import drafting
import machine
import texts
from machine import Row, Took

from compiler_flow import project

ROOT = Path(__file__).parent.parent.parent
FEATURE = ROOT / "projects" / "2024-10-31" / "kz-corridor"
_FLOW = [sys.executable, "-m", "compiler_flow"]
_MEMORY = [sys.executable, str(Path(__file__).parent / "remembering.py")]
_JOB = [sys.executable, str(Path(__file__).parent / "jobs.py")]


class Desk:
    """The folder with the texts, and how much of them is wanted."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self._folder = folder
        self.quick = quick
        self.units = 10_000 if quick else 100_000
        self.articles = 1000 if quick else 10_000
        self.rounds = 3
        # What takes part of a second is repeated more often.
        self.many = 5 if quick else 11

    def po(self, units: int, known: int = 10_000) -> Path:
        """A PO file of ``units`` units about ``known`` names."""
        path = self._folder / f"{units}-{known}.po"
        return path if path.exists() else texts.write_po(path, units, known)

    def glossary(self, terms: int) -> Path:
        """A glossary of ``terms`` entries."""
        path = self._folder / f"{terms}.csv"
        return path if path.exists() else texts.write_glossary(path, terms)

    def sample(self) -> Path:
        """The sample number, in a workspace of its own."""
        folder = self._folder / "sample"
        return project.open_workspace(folder).issues()[0] if folder.exists() else archives.copy_sample(ROOT, folder)

    def number(self, articles: int) -> Path:
        """A finished number of ``articles`` articles."""
        folder = self._folder / f"number-{articles}"
        return project.open_workspace(folder).issues()[0] if folder.exists() else archives.write(folder, articles)

    def folder(self, name: str) -> Path:
        """An empty folder."""
        path = self._folder / name
        path.mkdir()
        return path

    def long(self, units: int) -> Path:
        """A finished number of one article of ``units`` units."""
        folder = self._folder / f"long-{units}"
        return project.open_workspace(folder).issues()[0] if folder.exists() else archives.write_long(folder, units)

    def scratch(self, name: str) -> str:
        """A path to write to."""
        return str(self._folder / name)


def _check(file: Path, glossary: Path) -> Took:
    return machine.process([*_FLOW, "check", str(file), "--glossary", str(glossary), "--format", "json"])


def _inside(took: Took) -> Took:
    """The time that the process itself measured, without its start, and its memory."""
    seconds, memory = took.output.split()
    return Took(float(seconds), float(memory))


def _whole(took: Took) -> Took:
    """The time of the whole process, its start included, and the memory that it measured."""
    return Took(took.seconds, _inside(took).memory)


def checks(desk: Desk) -> Iterator[Row]:
    """All checks with 10,000 terms against pofilter with its default tests, start-up and output included."""
    file, glossary = desk.po(desk.units), desk.glossary(10_000)
    peer = shutil.which("pofilter", path=str(Path(sys.executable).parent)) or "pofilter"
    ours, theirs = machine.in_turn(
        desk.rounds,
        lambda: _check(file, glossary),
        lambda: machine.process([peer, "--progress=none", str(file), desk.scratch("filtered.po")]),
    )
    yield Row(
        f"all checks, 10,000 terms, {desk.units:,} units",
        f"{desk.units / ours.seconds:,.0f} units/s",
        f"pofilter {desk.units / theirs.seconds:,.0f} units/s",
        theirs.seconds / ours.seconds,
        10,
        "≥",
    )


def growth(desk: Desk) -> Iterator[Row]:
    """Time by units and by terms."""
    tenth, file = desk.po(desk.units // 10), desk.po(desk.units)
    glossary = desk.glossary(10_000)
    few, many = machine.in_turn(desk.rounds, lambda: _check(tenth, glossary), lambda: _check(file, glossary))
    yield Row(
        f"checks: {desk.units // 10:,} to {desk.units:,} units",
        f"{many.seconds:.2f} s",
        f"{few.seconds:.2f} s",
        many.seconds / few.seconds,
        11,
        "≤",
    )
    known = desk.po(desk.units, 1000)
    some, all_terms = desk.glossary(1000), desk.glossary(50_000)
    few, many = machine.in_turn(desk.rounds, lambda: _check(known, some), lambda: _check(known, all_terms))
    yield Row(
        f"checks: 1,000 to 50,000 terms, {desk.units:,} units",
        f"{many.seconds:.2f} s",
        f"{few.seconds:.2f} s",
        many.seconds / few.seconds,
        1.5,
        "≤",
    )


def start(desk: Desk) -> Iterator[Row]:
    """What a person waits for: one article checked, and a page of help."""
    machine.process([*_FLOW, "check", str(FEATURE)])
    bare, article, page = machine.in_turn(
        desk.many,
        lambda: machine.process([sys.executable, "-c", "pass"]),
        lambda: machine.process([*_FLOW, "check", str(FEATURE)]),
        lambda: machine.process([*_FLOW, "--help"]),
    )
    python = f"bare Python {bare.seconds:.3f} s"
    yield Row("check of one article", f"{article.seconds:.3f} s", python, article.seconds, 0.5, "≤", " s")
    yield Row("--help", f"{page.seconds:.3f} s", python, page.seconds, 0.15, "≤", " s")


def po(desk: Desk) -> Iterator[Row]:
    """Loading and saving a PO file against polib alone, and how memory grows."""
    file = desk.po(desk.units)
    ours, theirs = machine.in_turn(
        desk.rounds,
        lambda: _inside(machine.process([*_JOB, "ours", str(file)])),
        lambda: _inside(machine.process([*_JOB, "polib", str(file)])),
    )
    yield Row(
        f"PO load and save, {desk.units:,} units",
        f"{ours.seconds:.2f} s",
        f"polib {theirs.seconds:.2f} s",
        ours.seconds / theirs.seconds,
        1.3,
        "≤",
    )
    sizes = [desk.units // 10, desk.units // 2, desk.units]
    low, middle, high = (_inside(machine.process([*_JOB, "ours", str(desk.po(size))])).memory for size in sizes)
    first, second = (middle - low) / (sizes[1] - sizes[0]), (high - middle) / (sizes[2] - sizes[1])
    if first > 0:
        yield Row(
            "memory a unit: second half against first",
            f"{second * 1024:.2f} KiB",
            f"{first * 1024:.2f} KiB",
            second / first,
            1.3,
            "≤",
        )


def update(desk: Desk) -> Iterator[Row]:
    """An article of 2,000 units whose source changed in one paragraph of ten."""
    (took,) = machine.in_turn(desk.rounds, lambda: _inside(machine.process([*_JOB, "update", "-"])))
    yield Row("update of 2,000 units", f"{took.seconds:.2f} s", "", took.seconds, 1.0, "≤", " s")


def assembly(desk: Desk) -> Iterator[Row]:
    """The finished number: the sample and 200 articles in every format, an archive as pages, one article changed."""
    sample, large = desk.sample(), desk.number(200)
    (took,) = machine.in_turn(desk.rounds, lambda: _whole(machine.process([*_JOB, "all", str(sample)])))
    yield Row("the sample in all formats", f"{took.seconds:.2f} s", "", took.seconds, 5, "≤", " s")
    (took,) = machine.in_turn(desk.rounds, lambda: _inside(machine.process([*_JOB, "rebuild", str(sample)])))
    yield Row("the sample after a change", f"{took.seconds:.2f} s", "", took.seconds, 1, "≤", " s")
    took = _whole(machine.process([*_JOB, "all", str(large)]))
    yield Row("200 articles in all formats", f"{took.seconds:.1f} s", "", took.seconds, 60, "≤", " s")
    yield Row("200 articles in all formats: memory", f"{took.memory:.0f} MiB", "", took.memory, 1024, "≤", " MiB")


def page(desk: Desk) -> Iterator[Row]:
    """The review page in Chromium: how soon an article shows, and how soon an edit is saved and checked again."""
    import review_page

    for units in (200, 5000):
        seen = review_page.measured(desk.long(units), rounds=desk.many)
        if seen is None:
            sys.stderr.write("There is no Chromium: the page is not measured.\n")
            return
        what = f"review page, {units:,} units"
        yield Row(f"{what}: first paint", f"{seen.paint:.3f} s", "", seen.paint, 1, "≤", " s")
        yield Row(f"{what}: edit saved and checked", f"{seen.edit:.3f} s", "", seen.edit, 0.3, "≤", " s")


def archive(desk: Desk) -> Iterator[Row]:
    """Markdown and HTML of as many articles as an archive has, beside a tenth of them."""
    tenth, whole = desk.number(desk.articles // 10), desk.number(desk.articles)
    few, many = machine.in_turn(
        1,
        lambda: _whole(machine.process([*_JOB, "pages", str(tenth)])),
        lambda: _whole(machine.process([*_JOB, "pages", str(whole)])),
    )
    what = f"Markdown and HTML: {desk.articles // 10:,} to {desk.articles:,} articles"
    yield Row(what, f"{many.seconds:.1f} s", f"{few.seconds:.1f} s", many.seconds / few.seconds, 11, "≤")
    yield Row(
        f"Markdown and HTML of {desk.articles:,} articles", f"{many.seconds:.1f} s", "", many.seconds, 60, "≤", " s"
    )


def memory(desk: Desk) -> Iterator[Row]:
    """An archive of sentences in the translation memory: learnt, asked, and held against comparing with all of them.

    Languages of their own are made up for it (``prose.py``); the numbers inside ``memory`` were chosen on other texts.
    """
    count, queries = desk.units * 10, 400 if desk.units < 100_000 else 2000
    file, path, answers = desk.scratch("archive.txt"), desk.scratch("archive.sqlite"), desk.scratch("answers.jsonl")
    machine.process([*_MEMORY, "write", file, str(count), "20261125"])
    built = json.loads(machine.process([*_MEMORY, "build", file, path]).output)
    asked = json.loads(machine.process([*_MEMORY, "ask", path, answers, str(queries), "611"]).output)
    truth = json.loads(machine.process([*_MEMORY, "compare", path, answers]).output)
    what = f"memory of {built['count']:,} sentences"
    per_second = built["count"] / built["seconds"]
    size = f"{built['size']:.0f} MiB on disk, processor alone {built['count'] / built['busy']:,.0f}/s"
    yield Row(f"{what}: learning", f"{built['seconds']:.1f} s", size, per_second, 20_000, "≥", "/s")
    yield Row(f"{what}: exact, p95", f"{asked['exact']} queries", "", asked["exact95"], 1, "≤", " ms")
    fuzzy = f"{asked['fuzzy']} queries"
    all_compared = f"comparing with all: {truth['all50']:,.0f} ms"
    yield Row(f"{what}: fuzzy, p50", fuzzy, all_compared, asked["fuzzy50"], 15, "≤", " ms")
    alone = f"processor alone: p50 {asked['busy50']:.1f}, p95 {asked['busy95']:.1f} ms"
    yield Row(f"{what}: fuzzy, p95", fuzzy, alone, asked["fuzzy95"], 60, "≤", " ms")
    right = f"{truth['right']} of {truth['asked']}"
    yield Row(f"{what}: best match found", right, "comparing with all", truth["right"] / truth["asked"], 0.98, "≥", "")
    highest = max(built["memory"], asked["memory"])
    yield Row(f"{what}: highest memory", f"asking {asked['memory']:.0f} MiB", "", highest, 400, "≤", " MiB")


def labelled(_desk: Desk) -> Iterator[Row]:
    """Precision and recall on the labelled pairs."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "checks"))
    import corpora

    for name, score in corpora.scores():
        yield Row(f"{name}: precision", f"{score.pairs} pairs", "", score.precision, 0.98, "≥", "")
        yield Row(f"{name}: recall", f"{score.pairs} pairs", "", score.recall, 0.97, "≥", "")


def segmentation(desk: Desk) -> Iterator[Row]:
    """Sentences: right cuts and speed against sentencex, pysbd and syntok."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "segment"))
    import cutting

    yield from cutting.quality(desk.folder("golden"))
    yield from cutting.speed(desk.sample())


def extraction(desk: Desk) -> Iterator[Row]:
    """Articles from the made pages beside trafilatura alone, the time a page takes, and a PDF file of 300 pages."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "extraction"))
    import extraction_scores as scores
    import kept_aside
    import pages

    for kind, made in (("", pages), (" kept aside", kept_aside)):
        ours, theirs = ([judge(page) for page in made.pages()] for judge in (scores.ours, scores.peer))
        peer = f"trafilatura {scores.mean_f1(theirs):.3f}, {scores.right(theirs):.3f}"
        yield Row(f"pages{kind}: F1 of the text", f"{len(ours)} pages", peer, scores.mean_f1(ours), 0.97, "≥", "")
        yield Row(f"pages{kind}: metadata right", f"{len(ours)} pages", peer, scores.right(ours), 0.95, "≥", "")
    ours, theirs = machine.in_turn(
        desk.rounds,
        lambda: _inside(machine.process([*_JOB, "page", "-"])),
        lambda: _inside(machine.process([*_JOB, "trafilatura", "-"])),
    )
    yield Row(
        "one page", f"{ours.seconds:.0f} ms", f"trafilatura {theirs.seconds:.0f} ms", ours.seconds, 100, "≤", " ms"
    )
    book = archives.write_pdf(Path(desk.scratch("300.pdf")), 300)
    took = _whole(machine.process([*_JOB, "pdf", str(book)]))
    yield Row("a PDF file of 300 pages", f"{took.seconds:.1f} s", "", took.seconds, 30, "≤", " s")
    yield Row("a PDF file of 300 pages: memory", f"{took.memory:.0f} MiB", "", took.memory, 500, "≤", " MiB")


def names(desk: Desk) -> Iterator[Row]:
    """Chinese forms of names: right ones, beside CLDR, and a second."""
    import names_bench

    yield from names_bench.rows(desk.units // 5)


def drafts(desk: Desk) -> Iterator[Row]:
    """How fast drafts are made, beside Argos Translate and the model alone."""
    rounds = 1 if desk.quick else 3
    yield from drafting.speed(Path(desk.scratch("drafts")), rounds=rounds, sentences=80 if desk.quick else 400)
    yield from drafting.pivoting(Path(desk.scratch("drafts")), rounds=rounds)


def workers(desk: Desk) -> Iterator[Row]:
    """Drafts by more workers, and what they cost besides the model."""
    yield from drafting.keeping(Path(desk.scratch("workers")))
    yield from drafting.workers(Path(desk.scratch("workers")), rounds=1 if desk.quick else 3, sentences=80)


def quality(desk: Desk) -> Iterator[Row]:
    """How good drafts are with glossary and memory."""
    yield from drafting.quality(Path(desk.scratch("quality")))


_BENCHES: dict[str, Callable[[Desk], Iterator[Row]]] = {
    bench.__name__: bench
    for bench in (
        labelled,
        segmentation,
        extraction,
        names,
        start,
        update,
        assembly,
        page,
        archive,
        memory,
        po,
        drafts,
        workers,
        quality,
        checks,
        growth,
    )
}


def main() -> int:
    """Run the benches and print the table; 0 if every figure was reached."""
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the units: a minute or two")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(_BENCHES)} (default: all)")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - set(_BENCHES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    sys.stdout.write(f"{machine.described()}\n")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), quick=chosen.quick)
        for name, bench in _BENCHES.items():
            if not chosen.names or name in chosen.names:
                sys.stderr.write(f"{name} …\n")
                for row in bench(desk):
                    # A long run that is stopped has said by then what it knows.
                    sys.stderr.write(f"  {row.what}: {row.figure:.3g}{row.unit} ({row.ours}; {row.peer})\n")
                    rows.append(row)
    sys.stdout.write(f"{machine.table(rows)}\n")
    if not chosen.names or {"drafts", "workers", "quality"} & set(chosen.names):
        sys.stdout.write(f"{drafting.described()}\n")
    return 0 if all(row.is_reached for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
