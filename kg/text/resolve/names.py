"""Names and adjectives of known and unknown actors and places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.gazetteer import Entry, Gazetteer, Match
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, NAME, Block, Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span

# What spaCy's entity types mean here; what is not in the gazetteer stays a name without a link.
_KINDS = {"PERSON": "Person", "ORG": "Organisation", "GPE": "Place", "LOC": "Place", "FAC": "Place"}
_PLACES = frozenset({"Place", "Country", "Region", "City", "Waters"})
_TAKING_PART = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "conj"})
_LONGEST_ACRONYM = 6
_TOWN_FORMS = frozenset({"capital", "seat"})
_ADJECTIVE_FORMS = frozenset({"adjective", "people"})


def find_names(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
    """Fill `names` and `heads` of each block with what the gazetteer and the entity recogniser find."""
    found = [(block, list(gazetteer.match([token.text for token in block.doc]))) for block in reading.blocks]
    context = _context(found)
    for block, matches in found:
        longer = _longer_names(block, matches, lexicon)
        for match in matches:
            if not any(a <= match.start and match.end <= b and (a, b) != (match.start, match.end) for a, b in longer):
                _add_known(block, match, context)
        _add_recognised(block, lexicon)
        _add_acronyms(block)
    _join_people(reading, gazetteer)


def _context(found: list[tuple[Block, list[Match]]]) -> Counter[str]:
    """Count the states that the article names without ambiguity: they decide what an ambiguous name means."""
    states: Counter[str] = Counter()
    for _, matches in found:
        for match in matches:
            if len(match.entries) == 1:
                entity = match.entries[0].entity
                states[entity.state or entity.id] += 1
    return states


def _longer_names(block: Block, matches: list[Match], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Give the names in which a known name is only a part: «Jordan Henderson», «University of Copenhagen»."""
    known = {index for match in matches for index in range(match.start, match.end)}
    return [(ent.start, ent.end) for ent in block.doc.ents if len(ent) > 1 and _is_own_name(ent, known, lexicon)]


def _is_own_name(ent: Span, known: set[int], lexicon: Lexicon) -> bool:
    """Whether a recognised name has a word of its own, and is no office or organ of a known one («US Navy»)."""
    if ent.label_ == "PERSON":
        return True
    if ent.label_ not in _KINDS or any(token.tag_ == "POS" or token.text == "," for token in ent[:-1]):
        return False
    common = ent[-1].lemma_.lower()
    if any(common in lexicon.nominals[name] for name in ("organ", "stand_in", "title", "group")):
        return False
    return any(token.i not in known and token.pos_ == "PROPN" for token in ent)


def _add_known(block: Block, match: Match, context: Counter[str]) -> None:
    entry = _choose(match.entries, context)
    span = block.doc[match.start : match.end]
    if (
        span.root.pos_ in {"VERB", "AUX", "ADP", "SCONJ"}
        and entry.form not in _TOWN_FORMS
        and span.root.ent_iob_ == "O"
    ):
        return  # «Turkey» is a name, «chad» in «polish the chad» is none
    form = ADJECTIVE if entry.form in _ADJECTIVE_FORMS else NAME
    place = entry.place or (entry.entity if entry.entity.kind in _PLACES or entry.entity.kind == "State" else None)
    note = ""
    if entry.place is not None:
        note = f"{span.text}: {entry.form} read as {entry.entity.label}"
    mention = Mention(block, match.start, match.end, span.root, form, (entry.entity,), place, note=note)
    mention.plural = entry.form == "people"
    _register(block, mention)


def _choose(entries: tuple[Entry, ...], context: Counter[str]) -> Entry:
    """Of the readings of an ambiguous name take one whose state the article names elsewhere, else the first."""
    if len(entries) == 1:
        return entries[0]
    scores = [context[entry.entity.state or entry.entity.id] for entry in entries]
    return entries[scores.index(max(scores))]


def _register(block: Block, mention: Mention) -> None:
    for index in range(mention.start, mention.end):
        block.names[index] = mention
    block.heads.setdefault(mention.head.i, mention)


def _add_recognised(block: Block, lexicon: Lexicon) -> None:
    """Add the recogniser's entities where the gazetteer is silent."""
    for ent in block.doc.ents:
        kind = _KINDS.get(ent.label_)
        if kind is None:
            continue
        start, end = ent.start, ent.end
        while start < end and (block.doc[start].pos_ in {"DET", "PUNCT", "ADP", "AUX"} or block.doc[start].is_space):
            start += 1
        while end > start and (
            block.doc[end - 1].tag_ == "POS" or block.doc[end - 1].is_punct or block.doc[end - 1].is_space
        ):
            end -= 1
        if start == end or any(index in block.names for index in range(start, end)):
            continue
        span = block.doc[start:end]
        if not any(token.pos_ == "PROPN" for token in span) or not span.text[0].isupper():
            continue
        if _is_title(span.text, lexicon):
            continue
        entity = Entity.named(span.text, kind)
        place = entity if kind == "Place" else None
        _register(block, Mention(block, start, end, span.root, NAME, (entity,), place))


def _add_acronyms(block: Block) -> None:
    """Add what takes part under an acronym that neither the gazetteer nor the recogniser knows: «GAM has dropped …»."""
    if block.is_title:
        return
    for token in block.doc:
        if token.dep_ in _TAKING_PART and token.pos_ == "PROPN" and token.i not in block.names:
            if token.is_alpha and token.is_upper and 1 < len(token) <= _LONGEST_ACRONYM:
                entity = Entity.named(token.text, "Organisation")
                _register(block, Mention(block, token.i, token.i + 1, token, NAME, (entity,)))


def _is_title(text: str, lexicon: Lexicon) -> bool:
    words = text.lower()
    return words in lexicon.nominals["title"] or words in lexicon.nominals["organ"]


def _join_people(reading: Reading, gazetteer: Gazetteer) -> None:
    """Give all mentions of one person one entity: the fullest name in the article, or the one that is known."""
    people = [m for m in reading.mentions() if m.form == NAME and m.entity and m.entity.kind == "Person"]
    full: dict[str, Entity] = {}
    for mention in people:
        words = mention.span.text.split()
        entity = mention.entity
        if entity is None or len(words) < 2:
            continue
        for key in {words[-1], words[0], mention.span.text}:
            known = full.get(key)
            if known is None or (entity.linked and not known.linked):
                full[key] = entity
    for mention in reading.mentions():
        entity = mention.entity
        if entity is None or entity.linked or mention.form != NAME:
            continue
        same = full.get(mention.span.text) or full.get(mention.span.text.split()[-1])
        if same is not None and same.id != entity.id and len(mention.span.text.split()) == 1:
            mention.entities = (same,)
            mention.note = f"{mention.span.text}: named in full as {same.label}"
