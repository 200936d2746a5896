"""The only place where the text stages meet: articles → reports and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kg.config import Settings
from kg.graph.schema import load_ontology
from kg.model import ACTUAL, PREDICTED, Article, Extraction, Filler, Quantity, Report, Speaker
from kg.text.annotate import annotate, load_model
from kg.text.dates import reference_after
from kg.text.decide import Judge, RuleJudge
from kg.text.extract import Candidate, load_extractor
from kg.text.facts import Facts
from kg.text.fingerprint import fingerprint
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.qualify import Qualifier, Qualities
from kg.text.quantities import Quantities
from kg.text.reading import Mention, Reading
from kg.text.repair import Repair
from kg.text.resolve import Office, resolve
from kg.text.speakers import Speakers
from kg.text.timing import Timing


class Pipeline:
    """Reads articles. Making one loads the model, the gazetteer and the lexicon, which takes seconds; keep it.

    `judge` decides on what is proposed; without one, the rules do.
    """

    def __init__(self, settings: Settings, *, judge: Judge | None = None) -> None:
        self.ontology = load_ontology(settings.ontology)
        self._lexicon = Lexicon.load(self.ontology, settings.lexicon)
        self._gazetteer = Gazetteer.load()
        self._extractor = load_extractor(settings.extractor, self._lexicon, self.ontology)
        self._judge = judge or RuleJudge(self.ontology, self._lexicon)
        self._least = settings.min_confidence
        self._repair = Repair(self._lexicon)
        self._qualifier = Qualifier(self._lexicon)
        self._speakers = Speakers(self._lexicon)
        self._facts = Facts(self._lexicon)
        self._timing = Timing(self._lexicon)
        self._quantities = Quantities()
        self._nlp = load_model(settings.model)
        self._adjectives = self._gazetteer.adjectives()

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Give what each article reports, in the order of the articles."""
        for reading in annotate(articles, self._nlp):
            offices = self._resolve(reading)
            reports: dict[str, Report] = {}
            refused = 0
            for candidate in self._extractor.extract(reading):
                report = self._report(candidate, reading)
                if report is None:
                    continue
                if is_grounded(report, reading.article):
                    reports.setdefault(report.id, report)
                else:
                    refused += 1
            article = replace(reading.article, fingerprint=fingerprint(reading.article))
            yield Extraction(article, tuple(reports.values()), tuple(self._facts.find(reading, offices)), refused)

    def annotate(self, articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
        """Give the mentions, dates and attributions of each article as JSON objects, as `kg annotate` writes them."""
        for reading in annotate(articles, self._nlp):
            self._resolve(reading)
            yield {
                "source": reading.article.source,
                "mentions": [_mention(m, reading) for m in (*reading.mentions(), *reading.parts())],
                "dates": [
                    {"start": b.offset + d.start, "end": b.offset + d.end, "text": d.text, "value": d.value}
                    for b in reading.blocks
                    for d in b.dates
                ],
                "attributions": [item for block in reading.blocks for item in self._speakers.attributions(block)],
            }

    def _resolve(self, reading: Reading) -> list[Office]:
        spoken_of: str | None = None
        for block in reading.blocks:
            self._repair.mend(block.doc, is_title=block.is_title)
            block.dates = self._timing.dates(block, reading.article.published, reference=spoken_of)
            spoken_of = reference_after(block.dates, spoken_of)
        return resolve(reading, self._gazetteer, self._lexicon, self._adjectives)

    def _report(self, candidate: Candidate, reading: Reading) -> Report | None:
        decision = self._judge.decide(candidate)
        if decision is None or decision.confidence < self._least:
            return None
        block, token = candidate.block, candidate.trigger
        qualities = self._qualities(candidate, reading)
        if qualities.hoped:
            return None
        date = self._timing.date_of(token, candidate.governor, block, block.dates)
        modality = qualities.modality
        if modality == ACTUAL and _is_to_come(date, reading.article.published):
            modality = PREDICTED
        trigger = block.span(token.i, token.i + 1)
        article = reading.article
        return Report(
            id=Report.make_id(article.id, trigger, candidate.type, decision.fillers),
            article=article.id,
            type=candidate.type,
            sentence=block.sentence(token),
            trigger=trigger,
            fillers=decision.fillers,
            rule=candidate.rule,
            extractor=self._extractor.name,
            date=date,
            polarity=qualities.polarity,
            modality=modality,
            attribution=tuple(
                Speaker(s.label, s.span, s.entity and reading.known(s.entity)) for s in qualities.speakers
            ),
            stance=qualities.stance,
            quantities=self._quantities.of(candidate, decision.fillers),
            anaphoric=self._is_anaphoric(candidate),
            further=self._is_further(candidate),
            confidence=decision.confidence,
            decisions=decision.notes,
        )

    def _qualities(self, candidate: Candidate, reading: Reading) -> Qualities:
        if candidate.like is None:
            return self._qualifier.qualify(candidate, reading)
        return self._qualifier.qualify_like(candidate, candidate.like, reading)

    def _is_anaphoric(self, candidate: Candidate) -> bool:
        """Whether the trigger points back to an event told before: «the launch», «Monday's attack»."""
        words = self._lexicon.cues["anaphoric_determiners"]
        return candidate.trigger.pos_ == "NOUN" and any(
            child.lower_ in words and child.dep_ in {"det", "poss"} for child in candidate.trigger.children
        )

    def _is_further(self, candidate: Candidate) -> bool:
        """Whether the words set the event off from those told before: «another launch», «also attacked»."""
        words, comparison = self._lexicon.cues["further"], self._lexicon.cues["comparison"]
        beside = [child for child in candidate.trigger.children if child.pos_ == "NOUN"]
        near = [child for token in (candidate.trigger, *beside) for child in token.children]
        return any(
            token.lower_ in words and token.doc[token.i + 1 : token.i + 2].text.lower() not in comparison
            for token in near
        )


def is_grounded(report: Report, article: Article) -> bool:
    """Whether every word that a report cites stands in the article where it says: no span, no report."""
    spans = [report.sentence, report.trigger]
    cited: list[Filler | Speaker | Quantity] = [*report.fillers, *report.attribution, *report.quantities]
    spans += [item.span for item in cited]
    return all(span.start < span.end and article.text[span.start : span.end] == span.text for span in spans)


def _is_to_come(date: str | None, published: str | None) -> bool:
    """Whether the whole of an EDTF date lies after the day of publication."""
    if not date or not published:
        return False
    start = date.partition("/")[0]
    return start > published[: len(start)]


def _mention(mention: Mention, reading: Reading) -> dict[str, Any]:
    span = mention.span
    found: dict[str, Any] = {"start": span.start, "end": span.end, "text": span.text}
    meant = mention.entity if mention.place is None or mention.acts else mention.place
    known = meant and reading.known(meant)
    if known:
        found["kind"] = known.kind
    found["form"] = mention.form
    if known:
        found["entity"] = {"id": known.id, "label": known.label}
    return found
