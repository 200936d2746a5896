"""Fit the weights by which a report is trusted (`kg/text/lexicon/confidence.toml`) to the gold articles for tuning.

    python benchmarks/calibrate.py

A report is right if its class and its actors and recipients are exactly those of a gold event (the scorer's strict
measure). The weights are those of a logistic regression with an L2 penalty, so that rare features stay near 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from quality import SHARED, gold_articles, scorer

from kg.config import Settings
from kg.graph.schema import load_ontology
from kg.model import Article, Ontology, Report
from kg.pipeline import Pipeline
from kg.text.blocks import make_article, paragraphs
from kg.text.decide import Decision, RuleJudge
from kg.text.extract import Candidate
from kg.text.lexicon import Lexicon

WEIGHTS = Path(__file__).parent.parent / "kg" / "text" / "lexicon" / "confidence.toml"
PENALTY = 2.0
STEPS = 50
HEADER = """# Log-odds by which a report is trusted, by feature (kg/text/decide.py, features_of).
# Fitted by benchmarks/calibrate.py to the gold articles for tuning; write nothing here by hand.

[weights]
"""

Sample = tuple[Mapping[str, float], bool]


class Recorder(RuleJudge):
    """Decides as the rules do, and keeps the features of each decision by its block, trigger and class."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        super().__init__(ontology, lexicon)
        self.seen: dict[tuple[str, int, str], Mapping[str, float]] = {}

    def decide(self, candidate: Candidate) -> Decision | None:
        """Decide, and remember of what."""
        decision = super().decide(candidate)
        if decision is not None:
            start = candidate.block.offset + candidate.trigger.idx
            self.seen[candidate.block.article.id, start, candidate.type] = decision.features
        return decision


def articles(name: str) -> list[Article]:
    """Give the gold articles of a set."""
    found = []
    for row in gold_articles(name):
        text = f"{row['title']}\n{row['text']}"
        day = row.get("published")
        found.append(make_article(text, tuple(paragraphs(text)), source=row["id"], titled=True, meta={}, published=day))
    return found


def samples(name: str) -> list[Sample]:
    """Give the features of each report of a set, and whether it is right."""
    score_events = scorer()
    ontology = load_ontology()
    judge = Recorder(ontology, Lexicon.load(ontology))
    gold = {doc["id"]: doc for doc in score_events.load_gold([str(SHARED / "data" / name)])}
    found: list[Sample] = []
    for extraction in Pipeline(Settings(), judge=judge).extract(articles(name)):
        doc = gold[extraction.article.source]
        for report in extraction.reports:
            event = as_event(report)
            right = any(
                score_events.right_type(one, event) and score_events.is_strict(one, event, doc["entities"])
                for one in doc["events"]
            )
            found.append((judge.seen[extraction.article.id, report.trigger.start, report.type], right))
    return found


def as_event(report: Report) -> dict[str, object]:
    """Give a report as the scorer reads an event."""
    roles: dict[str, list[dict[str, str]]] = {}
    for filler in report.fillers:
        roles.setdefault(filler.role, []).append(
            {"id": filler.entity.id if filler.entity else "", "label": filler.label}
        )
    return {"type": report.type, "roles": roles}


def fit(found: list[Sample]) -> dict[str, float]:
    """Give the log-odds of each feature, by Newton's method."""
    names = sorted({name for features, _ in found for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in found])
    y = np.array([float(right) for _, right in found])
    weights = np.zeros(len(names))
    penalty = np.full(len(names), PENALTY)
    penalty[names.index("any")] = 0.01
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - penalty * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        weights += np.linalg.solve(hessian, gradient)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    """Fit and write the weights."""
    weights = fit(samples("train"))
    lines = [f'"{name}" = {weight}\n' for name, weight in sorted(weights.items())]
    WEIGHTS.write_text(HEADER + "".join(lines), "utf-8")
    print(f"{len(lines)} weights written to {WEIGHTS.name}; `make quality` shows how they hold")


if __name__ == "__main__":
    main()
