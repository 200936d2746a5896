"""Hypothesis strategies that make up extractions: hostile words, odd IRIs, every field filled or not."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.model import Article, Entity, Extraction, Fact, Filler, Fingerprint, Quantity, Report, Span, Speaker

# No lone surrogates: RDF cannot hold them (tests/graph/test_rdf.py says what becomes of them).
words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ['"', "\\", "\n\r\t", '"""', "<a> .", "\x00\x1b[31m", "@en", "^^<x:y>", "한국 🇰🇷", "é\u0301", "\\u0041"]
    ),
)
names = st.sampled_from(["actor", "recipient", "instrument", "place"])
spans = st.builds(lambda start, text: Span(start, start + len(text), text), st.integers(0, 10**6), words)
kinds = st.sampled_from(["State", "Person", "Alliance"])
iris = st.one_of(
    st.sampled_from(["http://www.wikidata.org/entity/Q423", "not an iri <>", "urn:x:y", ""]),
    st.from_regex(r"https://news\.example/[a-z]{1,5}", fullmatch=True),
)
entities = st.one_of(
    # one id, one description: label and kind follow from the id, as they do in the gazetteer
    iris.map(lambda iri: Entity(iri, f"Name of {iri}", "State", "PRK" if "Q" in iri else None, iri or None)),
    st.builds(Entity.named, words, kinds).map(lambda e: Entity(e.id, e.id[-4:], e.kind)),
)
maybe_entity = st.none() | entities
fillers = st.builds(Filler, names, words, spans, maybe_entity)
speakers = st.builds(Speaker, words, spans, maybe_entity)
numbers = st.floats(allow_nan=False, allow_infinity=False)

fingerprints = st.sampled_from([Fingerprint(0, (0,)), Fingerprint(10**6, (2**32 - 1, 0, 7))])
quantities = st.builds(Quantity, numbers, words, st.sampled_from(["exact", "atLeast", "atMost"]), spans)


def _filler_key(filler: Filler) -> tuple[object, ...]:
    return filler.role, filler.span, filler.label, filler.iri


def _unique(items: list[Filler]) -> tuple[Filler, ...]:
    found = {_filler_key(item): item for item in items}
    return tuple(found[key] for key in sorted(found))  # type: ignore[type-var]


@st.composite
def _reports(draw: st.DrawFn, article: str, number: int, sentence: Span) -> Report:
    return Report(
        id=f"{article}{number}",
        article=article,
        type=draw(st.sampled_from(["Attack", "Meeting"])),
        sentence=sentence,
        trigger=draw(spans),
        fillers=_unique(draw(st.lists(fillers, max_size=4))),
        rule=draw(words),
        extractor=draw(words),
        date=draw(st.none() | words),
        polarity=draw(st.sampled_from(["affirmed", "negated"])),
        modality=draw(st.sampled_from(["actual", "possible"])),
        attribution=tuple(draw(st.lists(speakers, max_size=12))),
        stance=draw(st.none() | st.sampled_from(["says", "denies"])),
        quantities=tuple(sorted(set(draw(st.lists(quantities, max_size=2))))),
        anaphoric=draw(st.booleans()),
        further=draw(st.booleans()),
        confidence=draw(st.floats(0, 1)),
        decisions=tuple(sorted(set(draw(st.lists(words, max_size=3))))),
    )


@st.composite
def extractions(draw: st.DrawFn, ids: st.SearchStrategy[str] = st.just("c0ffee")) -> Extraction:  # noqa: B008
    """Give an extraction in the order in which the store gives it back, without text."""
    ident = draw(ids)
    item = Article(
        id=ident,
        source=draw(words),
        text="",
        blocks=(),
        title=draw(words),
        url=draw(
            st.none() | words | st.sampled_from(["http://a.example/b?c=d&e#f", "https://ü.example/ä", "http://x y"])
        ),
        publisher=draw(st.none() | words),
        fingerprint=draw(st.none() | fingerprints),
        published=draw(st.none() | words | st.sampled_from(["2025-01-06", "2025-13-06", "2024"])),
    )
    places = {(s.start, s.end): s for s in draw(st.lists(spans, min_size=1, max_size=3))}
    sentences = st.sampled_from(list(places.values()))
    reports = [draw(_reports(ident, n, draw(sentences))) for n in range(draw(st.integers(0, 3)))]
    relations = st.builds(
        Fact, st.just(ident), entities, st.just("holdsOffice"), entities, sentences, words, st.none() | words
    )
    facts = {fact.id: fact for fact in draw(st.lists(relations, max_size=2))}
    return Extraction(
        article=item,
        reports=tuple(sorted(reports, key=lambda r: (r.sentence, r.trigger, r.id))),
        facts=tuple(sorted(facts.values(), key=lambda f: (f.sentence, f.id))),
    )
