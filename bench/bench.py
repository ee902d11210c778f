"""How fast pages are read (`make bench`): pages and statements a second, beside the libraries alone.

    python bench/bench.py FOLDER [--rounds N]

The same pages are read N times in one process, after one round that loads the models. The first ratio is
the time of the whole reading to that of what no reader could do without: trafilatura on the HTML pages, and
the grammar model on the text that was kept. The second is that of reading statements from clean text to the
grammar model alone on the same text. Each pair is timed in the same run, so it does not hang on the machine.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from onrecord.language import analyse, installed_languages
from onrecord.language._analysis import pipeline
from onrecord.pages import Page, UnreadablePage, read_page
from onrecord.statements import read_statements

LANGUAGES = installed_languages()


def timed(work: Callable[[], object], rounds: int) -> float:
    """Seconds that `work` takes: the best of `rounds`, after one that is not counted."""
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def readable(paths: list[Path]) -> list[tuple[bytes, Page]]:
    """The bytes and the page of every file that can be read."""
    found = []
    for path in paths:
        data = path.read_bytes()
        try:
            found.append((data, read_page(data, str(path), languages=LANGUAGES)))
        except UnreadablePage as error:
            print(f"left out: {path}: {error}", file=sys.stderr)
    return found


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    pages = readable(sorted(path for path in args.folder.rglob("*") if path.is_file()))
    if not pages:
        print(f"no page to read in {args.folder}", file=sys.stderr)
        return 1
    words = sum(len(page.text.split()) for _, page in pages)
    count = 0

    def whole() -> None:
        nonlocal count
        count = 0
        for data, page in pages:
            reading = read_statements(analyse(read_page(data, page.locator, languages=LANGUAGES)))
            count += len(reading.statements)

    def alone() -> None:
        for data, page in pages:
            if page.locator.endswith((".html", ".htm")):
                trafilatura.extract(data)
            if page.language:
                list(pipeline(page.language).pipe(page.text.split("\n\n")))

    def grammar() -> None:
        for _, page in pages:
            if page.language:
                texts = (page.text[b.start : b.end] for b in page.blocks)
                list(pipeline(page.language).pipe(texts))

    def statements() -> None:
        for _, page in pages:
            read_statements(analyse(page))

    ours, theirs = timed(whole, args.rounds), timed(alone, args.rounds)
    print(f"pages                {len(pages):8}   ({words} words)")
    print(f"statements           {count:8}")
    rates = f"{len(pages) / ours:.1f} pages/s   {count / ours:.1f} statements/s"
    print(f"reading              {ours:8.2f} s   {rates}")
    print(f"libraries alone      {theirs:8.2f} s   {len(pages) / theirs:.1f} pages/s")
    print(f"ratio                {ours / theirs:8.2f}")
    clean, bare = timed(statements, args.rounds), timed(grammar, args.rounds)
    print(f"from clean text      {clean:8.2f} s")
    print(f"grammar alone        {bare:8.2f} s")
    print(f"ratio                {clean / bare:8.2f}")
    # Linux counts kibibytes here, macOS bytes (getrusage(2)).
    unit = 2**20 if sys.platform == "darwin" else 2**10
    print(f"peak memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:8.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
