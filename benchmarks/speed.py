"""Text throughput of `kg build --jobs 1` beside bare `nlp.pipe`: same model, same articles, one run, model load excluded.

Bare is the model as `spacy.load` gives it; `kg` makes its own calculate faster (`kg/text/matrices.py`, `ruler.py`).

Both sides take turns, so that a machine whose speed drifts treats them alike; the median of the ratios counts. The
articles are the examples and, where present, the gold articles of ../shared, each once: copies would make events of many
reports, which no real batch has.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import spacy

from kg.config import Settings
from kg.graph.schema import load_ontology
from kg.graph.store import Store
from kg.model import Article, content_hash
from kg.run import Extract
from kg.text.read import read_articles

HERE = Path(__file__).parent
TURNS = 5
BATCH = 200


def distinct() -> list[Article]:
    """Give the articles that there are."""
    folders = [HERE.parent / "examples", *(HERE.parent.parent / "shared" / "data" / name for name in ("train", "dev"))]
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.txt"))]
    return list(read_articles(paths, on_skip=lambda error: sys.exit(str(error))))


def articles(count: int) -> list[Article]:
    """Give so many articles, each with an id of its own."""
    known = distinct()
    many = known * (count // len(known) + 1)
    return [replace(one, id=content_hash(one.id, turn)) for turn, one in enumerate(many[:count])]


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print words a second of both sides and their ratio."""
    found = distinct()
    words = sum(len(article.text.split()) for article in found)
    settings = Settings()
    extract, ontology = Extract(settings).start(), load_ontology()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*\[W095\]")  # trained with an older spaCy; works alike
        bare = spacy.load(settings.model)

    def parse() -> None:
        for _ in bare.pipe(article.text for article in found):
            pass

    def build() -> None:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "kg.store") as store:
            extractions = list(extract(found))
            for start in range(0, len(extractions), BATCH):
                store.add(extractions[start : start + BATCH], ontology=ontology)
            store.refresh(ontology)

    parse()
    build()  # both sides warm
    ratios = []
    print(f"{len(found)} articles, {words} words")
    for turn in range(TURNS):
        alone, whole = timed(parse), timed(build)
        ratios.append(alone / whole)
        print(
            f"turn {turn + 1}: bare {words / alone:,.0f} words/s, build {words / whole:,.0f} words/s, ratio {ratios[-1]:.2f}"
        )
    print(f"median ratio build/bare: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
