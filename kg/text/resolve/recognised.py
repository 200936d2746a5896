"""Names that no table holds, as spaCy's entity recogniser finds them: entities without a link."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import Lexicon
from kg.text.reading import NAME, Block, Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# What spaCy's entity types mean here.
# «NORP» are peoples, faiths and parties; only a plural noun takes part in anything («the Kurds»).
KINDS = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "NORP": "Organisation",
}
_TAKING_PART = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "conj"})
_LONGEST_ACRONYM = 6
_TITLE_REACH = 2  # words beside a name that may make a title of it: «US National Security» Adviser


def add_recognised(block: Block, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
    """Add the recogniser's entities where the gazetteer is silent."""
    for ent in block.doc.ents:
        kind = KINDS.get(ent.label_)
        span = trim(ent) if kind else None
        if kind is None or span is None or any(token.i in block.names for token in span):
            continue
        if not any(token.pos_ == "PROPN" for token in span) or not span.text[0].isupper():
            continue
        if ent.label_ == "NORP" and (span.root.tag_ != "NNPS" or span.root.dep_ == "compound"):
            continue
        if _is_common(span, lexicon) or is_title_part(span, lexicon) or _is_made(span.root, lexicon):
            continue
        if kind != "Person" and _follows_title(span, lexicon):
            kind = "Person"
        known = gazetteer.person(_without_initials(span)) if kind == "Person" else None
        entity = known or Entity.named(span.text, kind)
        mention = Mention(block, span.start, span.end, span.root, NAME, (entity,), entity if kind == "Place" else None)
        block.heads.setdefault(mention.head.i, mention)
        block.names.update(dict.fromkeys(range(span.start, span.end), mention))


def add_acronyms(block: Block) -> None:
    """Add what takes part under an acronym that neither the gazetteer nor the recogniser knows: «GAM has dropped …»."""
    if block.is_title:
        return
    for token in block.doc:
        if token.i in block.names or token.pos_ != "PROPN" or token.dep_ not in _TAKING_PART:
            continue
        if token.is_alpha and token.is_upper and 1 < len(token) <= _LONGEST_ACRONYM:
            entity = Entity.named(token.text, "Organisation")
            mention = Mention(block, token.i, token.i + 1, token, NAME, (entity,))
            block.names[token.i] = mention
            block.heads.setdefault(token.i, mention)


def add_surnames(reading: Reading) -> None:
    """Add people by their last name, where the recogniser has missed it, if the article names just one of that name in full."""
    people: dict[str, set[Entity]] = defaultdict(set)
    for mention in reading.mentions():
        words = mention.span.text.split()
        if mention.form == NAME and mention.entity is not None and mention.entity.kind == "Person" and len(words) > 1:
            people[words[-1]].add(mention.entity)
    for block in reading.blocks:
        for token in block.doc:
            known = people.get(token.text, set())
            if (
                len(known) != 1
                or token.i in block.names
                or token.pos_ not in {"PROPN", "NOUN"}
                or token.dep_ == "compound"
            ):
                continue
            (person,) = known
            mention = Mention(block, token.i, token.i + 1, token, NAME, (person,))
            mention.note = f"{token.text}: named in full as {person.label}"
            block.names[token.i] = mention
            block.heads[token.i] = mention


def is_title_part(ent: Span, lexicon: Lexicon) -> bool:
    """Whether a name with the words beside it is an office: «State» in «Secretary of State»."""
    doc, titles = ent.doc, lexicon.nominals["title"]
    for start in range(max(0, ent.start - _TITLE_REACH), ent.end):
        for end in range(ent.end, min(len(doc), ent.end + _TITLE_REACH) + 1):
            if (start < ent.start or end > ent.end) and doc[start:end].text.lower() in titles:
                return True
    return False


def trim(ent: Span) -> Span | None:
    """Leave out articles, marks and «'s» at the ends of a recognised name, which keeps its type."""
    doc, start, end = ent.doc, ent.start, ent.end
    while start < end and (doc[start].pos_ in {"DET", "PUNCT", "ADP", "AUX"} or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    if start >= end:
        return None
    return doc.char_span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), label=ent.label_)


def _without_initials(span: Span) -> str:
    """Give «Vladimir Putin» for «Vladimir V. Putin»."""
    return " ".join(token.text for token in span if not (token.is_upper and len(token.text.strip(".")) == 1))


def _is_common(span: Span, lexicon: Lexicon) -> bool:
    """Whether the words only say which office or organ, so that it takes an owner to know whom they mean."""
    words = span.text.lower()
    return words in lexicon.nominals["title"] or words in lexicon.nominals["organ"]


def _is_made(token: Token, lexicon: Lexicon) -> bool:
    """«Leopard tanks»: the name of a make of arms."""
    made = lexicon.classes_of.get(token.head.lemma_.lower(), frozenset())
    return token.dep_ == "compound" and token.ent_type_ != "GPE" and bool(made & lexicon.cues["made_things"])


def _follows_title(span: Span, lexicon: Lexicon) -> bool:
    """«The prime minister, Roosevelt Skerrit»: who bears a title is a person, whatever the recogniser takes it for."""
    root = span.root
    return root.dep_ == "appos" and root.head.lemma_.lower() in lexicon.nominals["title"]
