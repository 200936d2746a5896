"""A wire story is one source, however many papers print it, and whatever they make of it.

The articles here have text, so that their fingerprints are those of real articles; what was read out of them is made by
hand: one report from one sentence.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.assemble.copies import is_copy
from kg.graph.schema import load_ontology
from kg.iris import WIKIDATA_IRI
from kg.model import Article, Entity, Event, Extraction, Filler, Report, Speaker
from kg.text.blocks import make_article, plain_layout
from kg.text.fingerprint import PERMUTATIONS, fingerprint

ONTOLOGY = load_ontology()
PERU, ECUADOR = (
    Entity(f"{WIKIDATA_IRI}{iso}", name, "State", iso3=iso) for iso, name in (("PER", "Peru"), ("ECU", "Ecuador"))
)

WIRE = """Peru and Ecuador reopen the bridge at Huaquillas

Peru signed an accord with Ecuador on Tuesday to reopen the bridge at Huaquillas after eleven weeks of closure.
Trucks had been queueing on both banks since a landslide carried away the eastern ramp, and growers on the Ecuadorian side say that a third of their bananas spoiled in the heat.
Under the accord, customs officers of both countries will work in one building and stamp papers once.
Engineers from Guayaquil are to finish the new ramp before the rains, at a cost of nine million dollars that the two treasuries share.
The mayor of Tumbes called the closure a lesson. Nobody on the river, she said, had asked what would happen if the only road gave way.
A first convoy of forty trucks is expected to cross on Friday morning."""

OWN_WORDS = """Lima and Quito settle row over border crossing

After a week of haggling in Quito, Peru signed an accord with Ecuador that lets lorries pass the Huaquillas crossing again.
Two negotiators, both tired and in good spirits, told this paper that the sticking point had been who pays for concrete.
The answer fits in one line: each side pays for its half.
Exporters in Machala hope to make up for lost weeks before the school year begins."""

SAME_SPEAKER = """Bridge to reopen, minister says

Peru signed an accord with Ecuador to open the crossing, Foreign Minister Elena Paz told reporters in Lima."""


def read(text: str, name: str, *, publisher: str, published: str = "2025-03-05", by: str | None = None) -> Extraction:
    """Give the article of a text, and a report of the accord from the sentence that tells of it, or from the title."""
    layout = plain_layout(text, name)
    made = make_article(
        text, layout.blocks, source=f"{name}.txt", titled=True,
        meta={"id": name, "publisher": publisher, "published": published}, published=None,
    )  # fmt: skip
    made = replace(made, fingerprint=fingerprint(made))
    start = text.index("Peru signed an accord") if "Peru signed an accord" in text else 0
    sentence = made.span(start, text.index("\n", start) if "\n" in text[start:] else len(text))
    trigger = made.span(start, start + 4)
    fillers = (Filler("actor", "Peru", trigger, PERU), Filler("actor", "Ecuador", trigger, ECUADOR))
    speakers = (Speaker(by, trigger, Entity.named(by, "Person", state=PERU.id)),) if by else ()
    report = Report(
        Report.make_id(made.id, trigger, "Agreement", fillers), made.id, "Agreement", sentence, trigger, fillers,
        "rule", "rules", date="2025-03-04", attribution=speakers,
    )  # fmt: skip
    return Extraction(made, (report,))


def headline(text: str) -> str:
    return "Border bridge: a deal at last\n" + text.partition("\n")[2]


def shortened(text: str) -> str:
    return "\n".join(text.splitlines()[:4])


def widened(text: str) -> str:
    more = "\nIn our own region, hauliers met the news with relief, and some with a shrug: they had found another way round."
    return text + more


def edited(text: str) -> str:
    for old, new in (
        ("on Tuesday", "this week"), ("eleven weeks", "almost three months"), ("carried away", "destroyed"),
        ("a third of their bananas", "much of their fruit"), ("called the closure a lesson", "spoke of a lesson"),
        ("is expected to", "should"), ("nine million dollars", "some nine million dollars"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return text


def without_lead(text: str) -> str:
    lines = text.splitlines()
    return "\n".join([lines[0], "", *lines[3:]])


def shouted(text: str) -> str:
    return text.upper().replace(",", " -").replace("PERU SIGNED AN ACCORD", "Peru signed an accord")


CHANGES = {change.__name__: change for change in (headline, shortened, widened, edited, without_lead, shouted)}


def run(*given: Extraction) -> list[Event]:
    return list(assemble(given, ONTOLOGY))


def told(*given: Extraction) -> tuple[str, str | None, int, list[str]]:
    """Give status, since when, and the sources of the one event of the articles."""
    (event,) = run(*given)
    return event.status, event.status_since, event.independent_sources, [source.label for source in event.sources]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_known_as_a_copy(change: str) -> None:
    wire, copy = (
        read(WIRE, "wire", publisher="Andes Wire"),
        read(CHANGES[change](WIRE), "b", publisher="El Faro", published="2025-03-06"),
    )
    assert is_copy(wire.article, copy.article)
    assert copy.article.text != wire.article.text
    assert told(wire, copy) == ("reported", "2025-03-05", 1, ["Andes Wire"])


def test_another_article_on_the_event_is_no_copy() -> None:
    wire, other = read(WIRE, "wire", publisher="Andes Wire"), read(OWN_WORDS, "own", publisher="La Hora")
    assert not is_copy(wire.article, other.article)
    assert told(wire, other) == ("corroborated", "2025-03-05", 2, ["Andes Wire", "La Hora"])


def test_two_changes_at_once_are_a_copy_by_way_of_the_wire() -> None:
    papers = [
        read(WIRE, "wire", publisher="Andes Wire"),
        read(headline(shortened(WIRE)), "b", publisher="El Faro", published="2025-03-06"),
        read(edited(widened(without_lead(WIRE))), "c", publisher="The Valley Sun", published="2025-03-06"),
    ]
    assert told(*papers)[2:] == (1, ["Andes Wire"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(5, 9)), min_size=5, max_size=5),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_five_copies_change_nothing_in_any_order(copies: list[tuple[str, int]], quoted: bool, random: object) -> None:
    own = read(OWN_WORDS, "own", publisher="La Hora", published="2025-03-06", by="Elena Paz" if quoted else None)
    minister = read(SAME_SPEAKER, "said", publisher="Correo", published="2025-03-05", by="Elena Paz")
    before = [read(WIRE, "wire", publisher="Andes Wire"), own, minister]
    papers = [
        read(CHANGES[change](WIRE), f"copy{n}", publisher=f"Paper {n}", published=f"2025-03-0{day}")
        for n, (change, day) in enumerate(copies)
    ]
    after = [*before, *papers]
    random.shuffle(after)  # type: ignore[attr-defined]
    assert told(*after)[:3] == told(*before)[:3] == ("corroborated", "2025-03-05", 2 if quoted else 3)
    (one,), (other,) = run(*before), run(*after)
    assert (one.id, one.fillers, one.date, one.conflicts) == (other.id, other.fillers, other.date, other.conflicts)


def test_a_copy_of_an_undated_report_printed_after_the_weekend_makes_no_second_event() -> None:
    def undated(extraction: Extraction) -> Extraction:
        return replace(extraction, reports=tuple(replace(r, date=None) for r in extraction.reports))

    sunday = undated(read(WIRE, "wire", publisher="Andes Wire", published="2025-03-09"))
    monday = undated(read(edited(WIRE), "b", publisher="El Faro", published="2025-03-10"))
    assert told(sunday, monday) == ("reported", "2025-03-09", 1, ["Andes Wire"])
    fresh = undated(read(OWN_WORDS, "own", publisher="La Hora", published="2025-03-10"))
    assert len(run(sunday, fresh)) == 2


def test_a_fingerprint_depends_on_the_words_alone() -> None:
    def of(text: str) -> Article:
        return read(text, "a", publisher="P").article

    assert of(WIRE).fingerprint == of(WIRE.replace("\n", "\r\n")).fingerprint == of(headline(WIRE)).fingerprint
    assert of(WIRE).fingerprint != of(OWN_WORDS).fingerprint
    made = of(WIRE).fingerprint
    assert made is not None
    assert len(made.minima) == PERMUTATIONS
    assert (made.size, made.minima[:3]) == FIXED


# What the first release gave: fingerprints of stores that were made by different versions must stay comparable.
FIXED = (119, (16098145, 47572908, 61317795))
