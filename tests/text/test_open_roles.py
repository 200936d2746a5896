"""Who comes into question where no word names the recipient, and what speaks for each."""

from __future__ import annotations

from typing import Any

import pytest

from kg.iris import WIKIDATA_IRI
from kg.model import Article, Entity, Ontology
from kg.text.extract import Candidate, Proposal
from kg.text.extract.open_roles import open_recipients
from kg.text.lexicon import Lexicon
from kg.text.reading import NAME, Block, Mention, Reading

CHAD, LIBYA, MALI, PERU = (Entity(WIKIDATA_IRI + name, name, "State") for name in ("Chad", "Libya", "Mali", "Peru"))
ENVOY = Entity.named("Deby", "Person", state=CHAD.id)
TOWN = Entity(WIKIDATA_IRI + "Sabha", "Sabha", "City", state=LIBYA.id)
KNOWN = {entity.label: entity for entity in (CHAD, LIBYA, MALI, PERU, ENVOY, TOWN)}
STORY = (
    "Peru/NNP/nsubj/slept slept/VBD/ROOT/slept ././punct/slept "
    "Libya/NNP/nsubj/shelled shelled/VBD/ROOT/shelled Chad/NNP/dobj/shelled in/IN/prep/shelled Sabha/NNP/pobj/in "
    "!/./punct/shelled Chad/NNP/nsubj/threatened threatened/VBD/ROOT/threatened as/IN/prep/threatened Deby/NNP/pobj/as"
)


@pytest.fixture
def story(read) -> Reading:
    """Give an article of a title and three sentences; in the last, Chad threatens, it stays open whom."""
    title = read("Mali/NNP/ROOT/Mali", is_title=True)
    body = read(STORY)
    start = len(title.doc.text)
    text = title.doc.text + body.doc.text
    article = Article("a", "a.txt", text, ((0, start), (start, len(text))))
    blocks = [Block(article, 0, 0, title.doc, True), Block(article, 1, start, body.doc, False)]
    for block in blocks:
        for token in block.doc:
            if (entity := KNOWN.get(token.text)) is not None:
                mention = Mention(block, token.i, token.i + 1, token, NAME, (entity,))
                block.names[token.i] = block.heads[token.i] = mention
    return Reading(article, blocks)


def event(reading: Reading, type_: str, word: str, **roles: Entity) -> Candidate:
    block = reading.blocks[1]
    token = next(token for token in block.doc if token.text == word)
    given = [Proposal(role, who.label, block.span(token.i, token.i + 1), who, "subject") for role, who in roles.items()]
    return Candidate(type_, "rule", block, token, token, given)


@pytest.fixture
def features(story: Reading, lexicon: Lexicon, ontology: Ontology):
    """Give a function from candidates to what speaks for each choice of the last of them."""

    def run(*found: Candidate) -> dict[str, set[str]]:
        last = open_recipients(found, story, lexicon, ontology)[-1]
        assert all(choice.proposal.role == "recipient" and choice.proposal.weak for choice in last.choices)
        return {c.proposal.label: {name for name, value in c.features.items() if value == 1.0} for c in last.choices}

    return run


def raid(story: Reading) -> Candidate:
    return event(story, "Attack", "shelled", actor=LIBYA, recipient=CHAD)


def threat(story: Reading, type_: str = "Threat", **more: Any) -> Candidate:
    return event(story, type_, "threatened", actor=CHAD, **more)


def test_everybody_on_another_side_is_offered(story: Reading, features) -> None:
    assert list(features(threat(story))) == ["Mali", "Peru", "Libya"]  # not Chad, its envoy, nor a town


def test_the_side_of_an_actor_is_his_state(story: Reading, features) -> None:
    assert set(features(event(story, "Threat", "threatened", actor=ENVOY))) == {"Mali", "Peru", "Libya"}


def test_what_is_the_same_for_all(story: Reading, features) -> None:
    found = features(raid(story), threat(story))
    assert set.intersection(*found.values()) >= {"any", "class Threat", "VerbalConflict", "state"}


def test_what_speaks_for_somebody(story: Reading, features) -> None:
    found = features(raid(story), threat(story))
    assert {"last sentence", "last subject", "did to actor, near"} <= found["Libya"]
    assert "near" in found["Peru"]
    assert "title" in found["Mali"]
    assert not {"last sentence", "did to actor, near", "title"} & found["Peru"]
    assert not {"last sentence", "near", "before", "after"} & found["Mali"]


def test_what_the_actor_did_before(story: Reading, features) -> None:
    found = features(event(story, "Attack", "slept", actor=CHAD, recipient=PERU), threat(story))
    assert "done by actor" in found["Peru"]
    assert not any(name.startswith("done by actor") for name in found["Libya"])


def test_the_other_party_of_the_article(story: Reading, features) -> None:
    story.parties, story.home = (CHAD, LIBYA), MALI
    found = features(threat(story))
    assert {"party", "other party"} <= found["Libya"]
    assert "home" in found["Mali"]
    assert not {"party", "home"} & found["Peru"]


@pytest.mark.parametrize(
    "make",
    [
        lambda story: threat(story, recipient=PERU),
        lambda story: threat(story, "MissileLaunch"),
        lambda story: event(story, "Threat", "threatened", topic=PERU),
        lambda story: Candidate(
            **{name: getattr(threat(story, "Meeting"), name) for name in ("rule", "block", "trigger", "governor")},
            type="Meeting",
            proposals=[
                *threat(story, "Meeting").proposals,
                *event(story, "Meeting", "threatened", actor=PERU).proposals,
            ],
        ),
    ],
    ids=["a recipient is named", "a class without one", "nobody acts", "two meet"],
)
def test_near_misses_offer_nobody(story: Reading, features, make) -> None:
    assert features(make(story)) == {}


def test_somebody_is_cited_in_his_own_words(story: Reading, lexicon: Lexicon, ontology: Ontology) -> None:
    (found,) = open_recipients([threat(story)], story, lexicon, ontology)
    for proposal in (choice.proposal for choice in found.choices):
        assert story.article.text[proposal.span.start : proposal.span.end] == proposal.label
        assert proposal.note == f"threatened: goes without saying for {proposal.label}"
