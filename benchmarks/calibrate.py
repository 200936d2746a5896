"""Fit the weights of what the judge weighs to the gold articles for tuning.

    python benchmarks/calibrate.py

`choice.toml`: who is meant where no word names a recipient. Of everybody whom the article names, it is whom the gold event
has that the sentence tells, where class and actors are right; else nobody.
`confidence.toml`: how far a report is trusted. It is right if its class and its actors and recipients are exactly those of a
gold event (the scorer's strict measure).
Both are logistic regressions with an L2 penalty, so that rare features stay near 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from quality import SHARED, gold_articles, scorer

from kg.config import Settings
from kg.graph.schema import load_ontology
from kg.model import Article, Ontology, Report
from kg.pipeline import Pipeline
from kg.text.blocks import make_article, paragraphs
from kg.text.decide import Decision, RuleJudge
from kg.text.extract import Candidate, Choice
from kg.text.lexicon import Lexicon

LEXICON = Path(__file__).parent.parent / "kg" / "text" / "lexicon"
PENALTIES = {"choice": 1.0, "confidence": 2.0}
# Better than even chances: a wrong edge costs its reader more than one that is missing.
LEAST = 0.6
NOBODY = 2.0  # a chance that nobody has
STEPS = 50
HEADERS = {
    "choice": f"""# Log-odds that somebody is meant whom no word names, by feature (kg/text/extract/open_roles.py).
# Fitted by benchmarks/calibrate.py to the gold articles for tuning; write nothing here by hand.

# The chance below which nobody is taken.
least = {LEAST}

[weights]
""",
    "confidence": """# Log-odds by which a report is trusted, by feature (kg/text/decide.py, features_of).
# Fitted by benchmarks/calibrate.py to the gold articles for tuning; write nothing here by hand.

[weights]
""",
}

Sample = tuple[Mapping[str, float], bool]
Gold = dict[str, Any]


class Recorder(RuleJudge):
    """Decides as the rules do, and keeps each candidate and its decision by its article, trigger and class."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        super().__init__(ontology, lexicon)
        self.seen: dict[tuple[str, int, str], tuple[Candidate, Decision]] = {}

    def decide(self, candidate: Candidate) -> Decision | None:
        """Decide, and remember of what."""
        decision = super().decide(candidate)
        if decision is not None:
            start = candidate.block.offset + candidate.trigger.idx
            self.seen[candidate.block.article.id, start, candidate.type] = candidate, decision
        return decision


def articles(name: str) -> list[Article]:
    """Give the gold articles of a set."""
    found = []
    for row in gold_articles(name):
        text = f"{row['title']}\n{row['text']}"
        day = row.get("published")
        found.append(make_article(text, tuple(paragraphs(text)), source=row["id"], titled=True, meta={}, published=day))
    return found


def reports(name: str, lexicon: Lexicon) -> Iterator[tuple[Gold, Report, Candidate, Decision]]:
    """Give each report of a set with the gold annotation of its article, and what was decided of what."""
    judge = Recorder(load_ontology(), lexicon)
    gold = {doc["id"]: doc for doc in scorer().load_gold([str(SHARED / "data" / name)])}
    for extraction in Pipeline(Settings(), judge=judge).extract(articles(name)):
        for report in extraction.reports:
            candidate, decision = judge.seen[extraction.article.id, report.trigger.start, report.type]
            yield gold[extraction.article.source], report, candidate, decision


def choice_samples(name: str, lexicon: Lexicon) -> Iterator[Sample]:
    """Give the features of everybody who may be the recipient of a report that names none, and whether he is."""
    score = scorer()
    for doc, report, candidate, _ in reports(name, replace(lexicon, least=NOBODY)):
        event = as_event(report)
        told = [one for one in doc["events"] if score.quote_meets(one.get("quote", "~"), report.sentence.text)]
        same = [one for one in told if score.right_type(one, event) and are_actors(one, event, doc["entities"])]
        wanted = score.gold_fillers(same[0], doc["entities"], "recipient") if same else []
        for choice in candidate.choices if same else ():
            yield choice.features, any(one.is_(as_filler(choice)) for one in wanted)


def are_actors(gold: Gold, event: Gold, entities: Gold) -> bool:
    """Whether a report has exactly the actors of a gold event."""
    score = scorer()
    return bool(score.overlap(score.gold_fillers(gold, entities, "actor"), score.fillers(event, "actor"))[1] == 1.0)


def confidence_samples(name: str, lexicon: Lexicon) -> Iterator[Sample]:
    """Give the features of each report of a set, and whether it is right."""
    score = scorer()
    for doc, report, _, decision in reports(name, lexicon):
        event = as_event(report)
        right = any(
            score.right_type(one, event) and score.is_strict(one, event, doc["entities"]) for one in doc["events"]
        )
        yield decision.features, right


def as_event(report: Report) -> Gold:
    """Give a report as the scorer reads an event."""
    roles: dict[str, list[dict[str, str]]] = {}
    for filler in report.fillers:
        roles.setdefault(filler.role, []).append(
            {"id": filler.entity.id if filler.entity else "", "label": filler.label}
        )
    return {"type": report.type, "roles": roles}


def as_filler(choice: Choice) -> dict[str, str]:
    """Give a choice as the scorer reads a filler."""
    entity = choice.proposal.entity
    return {"id": entity.id if entity else "", "label": choice.proposal.label}


def fit(found: list[Sample], penalty: float) -> dict[str, float]:
    """Give the log-odds of each feature, by Newton's method."""
    names = sorted({name for features, _ in found for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in found])
    y = np.array([float(right) for _, right in found])
    weights = np.zeros(len(names))
    penalties = np.full(len(names), penalty)
    penalties[names.index("any")] = 0.01
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - penalties * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalties)
        weights += np.linalg.solve(hessian, gradient)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def write(name: str, found: list[Sample]) -> None:
    """Fit the weights of one file and write it."""
    weights = fit(found, PENALTIES[name])
    lines = [f'"{feature}" = {weight}\n' for feature, weight in sorted(weights.items())]
    (LEXICON / f"{name}.toml").write_text(HEADERS[name] + "".join(lines), "utf-8")
    print(f"{name}.toml: {len(lines)} weights fitted to {len(found)} samples; `make quality` shows how they hold")


def main() -> None:
    """Fit and write the weights, first of the choice, on which what is trusted depends."""
    write("choice", list(choice_samples("train", Lexicon.load(load_ontology()))))
    write("confidence", list(confidence_samples("train", Lexicon.load(load_ontology()))))


if __name__ == "__main__":
    main()
