"""Score what `kg` extracts against the gold articles and corpora in ../shared, where they are present.

    python benchmarks/quality.py            print every figure
    python benchmarks/quality.py --check    also fail where a figure is below its floor (floors.toml)

The articles go through `kg build` and `kg export` like a user's; the scorers are those of ../shared/score.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from types import ModuleType

from kg.cli import main

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
GOLD = ("seed", "dev", "train")
CORPORA = {"plv": "plv_train.jsonl", "coped": "coped_train.jsonl", "links": "gum_news_dev.jsonl"}


def gold_articles(name: str) -> Iterator[dict[str, str]]:
    """Give the gold articles of a set as records for `kg build`; the first line of each file is its title."""
    for path in sorted((SHARED / "data" / name).glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        title, _, text = path.with_name(gold["id"] + ".txt").read_text("utf-8").partition("\n")
        meta = {key: gold[key] for key in ("published", "publisher") if gold.get(key)}
        yield {"id": gold["id"], "title": title, "text": text, **meta}


def kg(*arguments: str | Path) -> None:
    """Run a `kg` command quietly, in this process, so that the model is loaded once; its failure is ours."""
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            main(list(map(str, arguments)))
    except SystemExit as end:
        if end.code:
            sys.exit(f"kg {arguments[0]} failed: {said.getvalue().strip()}")


def score_gold(name: str, folder: Path) -> dict[str, object]:
    """Give the figures of `score_events.py` for one set of gold articles."""
    articles, store, events = folder / f"{name}.jsonl", folder / f"{name}.store", folder / f"{name}.events.jsonl"
    articles.write_text("".join(json.dumps(row) + "\n" for row in gold_articles(name)), "utf-8")
    kg("build", articles, "--store", store)
    kg("export", "--store", store, "--format", "jsonl", "-o", events)
    found = _scorer("score_events.py", str(SHARED / "data" / name), "--pred", str(events), "--json")
    figures: dict[str, object] = json.loads(found)
    return figures


def score_corpus(task: str, folder: Path) -> str:
    """Give what `score_corpora.py` prints for one corpus."""
    corpus = SHARED / "data" / CORPORA[task]
    articles, store, pred = folder / f"{task}.jsonl", folder / f"{task}.store", folder / f"{task}.pred.jsonl"
    articles.write_text(_scorer("score_corpora.py", "articles", str(corpus)), "utf-8")
    if task == "links":
        kg("annotate", articles, "-o", pred)
    else:
        kg("build", articles, "--store", store)
        kg("export", "--store", store, "--format", "jsonl", "-o", pred)
    return _scorer("score_corpora.py", task, str(corpus), "--pred", str(pred))


def _scorer(script: str, *arguments: str) -> str:
    command = [sys.executable, str(SHARED / "score" / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def corpus_figures(printed: str) -> dict[str, object]:
    """Give what `score_corpora.py` printed, a name and a number or several a line, as `score_events.py` gives its figures."""
    found = (re.fullmatch(r"(\S+(?: \S+)*?) +(\{.*\}|[\d.]+)", line) for line in printed.splitlines())
    return {match[1].replace(" ", "-"): ast.literal_eval(match[2]) for match in found if match}


def scorer() -> ModuleType:
    """Give the scorer of ../shared as a module."""
    sys.path.insert(0, str(SHARED / "score"))
    return importlib.import_module("score_events")


def reliability(events: Path, name: str) -> list[str]:
    """Give a line for each fifth of the confidence scale: reports in it, what they say of themselves, what holds.

    A report holds if the class and participants of its event are exactly those of a gold event.
    """
    score_events = scorer()
    gold = {doc["id"]: doc for doc in score_events.load_gold([str(SHARED / "data" / name)])}
    bins: dict[int, list[tuple[float, bool]]] = {}
    for event in map(json.loads, events.read_text("utf-8").splitlines()):
        for one in event["evidence"]:
            doc = gold[score_events.article_key(one)]
            holds = any(
                score_events.right_type(other, event) and score_events.is_strict(other, event, doc["entities"])
                for other in doc["events"]
            )
            bins.setdefault(min(int(one["confidence"] * 5), 4), []).append((one["confidence"], holds))
    lines = []
    for number, rows in sorted(bins.items()):
        said, held = (sum(column) / len(rows) for column in zip(*rows, strict=True))
        lines.append(
            f"{number / 5:.1f}-{number / 5 + 0.2:.1f}: {len(rows):4} reports, said {said:.2f}, held {held:.2f}"
        )
    return lines


def flatten(figures: dict[str, object]) -> dict[str, float]:
    """Give nested figures by dotted names: `event.f1`, `qualifiers.date`."""
    flat: dict[str, float] = {}
    for key, value in figures.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": number for inner, number in flatten(value).items()}
        elif isinstance(value, int | float):
            flat[key] = float(value)
    return flat


def below_floor(name: str, figures: dict[str, object]) -> list[str]:
    """Give a line for each figure that is below its floor (for noise: above its ceiling)."""
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8")).get(name, {})
    found = flatten(figures)
    bad = []
    for key, floor in flatten(floors).items():
        if found[key] > floor if key == "noise" else found[key] < floor:
            bad.append(f"{name}: {key} is {found[key]}, its floor is {floor}")
    return bad


def report() -> int:
    """Print all figures; give 1 where `--check` finds one below its floor."""
    if not SHARED.is_dir():
        print("no gold data beside the project (../shared), nothing to score")
        return 0
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for gold in GOLD:
            figures = score_gold(gold, folder)
            bad += below_floor(gold, figures)
            print(f"\n{gold}")
            for key, value in figures.items():
                print(f"  {key:11} {value}")
            print("  confidence", *reliability(folder / f"{gold}.events.jsonl", gold), sep="\n    ")
        for task, file in CORPORA.items():
            printed = score_corpus(task, folder)
            bad += below_floor(task, corpus_figures(printed))
            print(f"\n{file}\n" + printed.rstrip())
    if "--check" in sys.argv:
        print("\n" + ("\n".join(bad) or "every figure is at its floor or better"))
        return bool(bad)
    return 0


if __name__ == "__main__":
    sys.exit(report())
