"""Names and adjectives of known and unknown actors and places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.text.gazetteer import ADJECTIVE as ADJECTIVE_FORM
from kg.text.gazetteer import BESIDE, CAPITAL, PEOPLE, SEAT, Entry, Gazetteer, Match
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, NAME, PART, Block, Mention, Reading
from kg.text.resolve.choice import Names, context_of
from kg.text.resolve.recognised import KINDS, add_acronyms, add_recognised, add_surnames, is_title_part, trim
from kg.text.resolve.sport import is_match_report, is_team

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PLACES = frozenset({"Place", "Country", "Region", "City", "Waters"})
_NAMING = frozenset({*KINDS, "LAW", "WORK_OF_ART", "PRODUCT"})  # the recogniser's types whose names hold other names


def find_names(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
    """Fill `names`, `heads` and `parts` of each block with what the gazetteer and the entity recogniser find."""
    found = [(block, list(gazetteer.match([token.text for token in block.doc]))) for block in reading.blocks]
    context = context_of((match for _, matches in found for match in matches), _unknown_people(found))
    is_sport = is_match_report(reading, lexicon)
    for block, matches in found:
        names = Names(block.doc, matches, context, lexicon)
        longer = _longer_names(block, matches, lexicon)
        for match in matches:
            entry = names.choose(match)
            if entry is None or _is_common_word(block.doc[match.start : match.end], entry):
                continue
            mention = _mention(block, match, entry, is_town=names.is_town_of(match, entry))
            if is_sport and is_team(mention, lexicon):
                mention.entities, mention.place = (), None
            whole = next((ent for ent in longer if ent.start <= match.start and match.end <= ent.end), None)
            if whole is None or len(whole) == match.end - match.start:
                register(mention)
                block.parts += _states_in(mention, gazetteer)
            elif entry in match.entries[: match.likely] and _is_place_in(whole, mention, lexicon):
                block.parts.append(_part(mention))
        add_recognised(block, gazetteer, lexicon)
        add_acronyms(block)
    add_surnames(reading)
    _join_people(reading)


def _unknown_people(found: list[tuple[Block, list[Match]]]) -> Iterator[tuple[str, str]]:
    """Give the first and last names of people whom the recogniser finds and no table has."""
    for block, matches in found:
        known = {(match.start, match.end) for match in matches}
        for ent in block.doc.ents:
            person = trim(ent) if ent.label_ == "PERSON" else None
            if person is not None and len(person) > 1 and (person.start, person.end) not in known:
                yield person[0].text, person[-1].text


def register(mention: Mention) -> None:
    """Enter a name in its block."""
    for index in range(mention.start, mention.end):
        mention.block.names[index] = mention
    mention.block.heads.setdefault(mention.head.i, mention)


def _longer_names(block: Block, matches: list[Match], lexicon: Lexicon) -> list[Span]:
    """Give the names in which a known name is only a part: «Jordan Henderson», «University of Copenhagen»."""
    known = {i for match in matches if _is_name(match) for i in range(match.start, match.end)}
    recognised = (trim(ent) for ent in block.doc.ents if ent.label_ in _NAMING)
    own = [ent for ent in recognised if ent is not None and len(ent) > 1 and _is_own_name(ent, known, lexicon)]
    led = (
        []
        if block.is_title
        else [block.doc[m.start - 1 : m.end] for m in matches if _is_led(block.doc, m, known, lexicon)]
    )
    return own + led


def _is_name(match: Match) -> bool:
    """Whether a match may be a name by itself, not just beside another."""
    return any(entry.form != BESIDE for entry in match.entries)


def _is_led(doc: Doc, match: Match, known: set[int], lexicon: Lexicon) -> bool:
    """Whether a name stands before it that is neither known nor a title: «Elections Canada»."""
    if not match.start or match.start - 1 in known or match.end - match.start > 1:
        return False
    before, head = doc[match.start - 1], doc[match.start]
    return (
        before.dep_ == "compound"
        and before.head == head
        and before.pos_ == "PROPN"
        and before.text[0].isupper()
        and not before.is_sent_start
        and not _is_listed(before, lexicon, "organ", "stand_in", "title")
    )


def _is_place_in(whole: Span, part: Mention, lexicon: Lexicon) -> bool:
    """Whether the part of a longer name still means its place: «University of Tehran», not «Paris Hilton», «Google India»."""
    doc, before = part.block.doc, part.block.doc[part.start - 1]
    if whole.label_ == "PERSON" or part.place is None or part.form != NAME or before.lower_ in lexicon.cues["compass"]:
        return False
    if part.start > whole.start and before.pos_ == "ADP":
        return True
    written_in_full = part.span.text == part.place.label or part.place.kind == "State"
    return written_in_full and doc[part.end - 1] != whole[-1]


def _is_own_name(ent: Span, known: set[int], lexicon: Lexicon) -> bool:
    """Whether a recognised name has a word of its own, and is no office or organ of a known one («US Navy»)."""
    if ent.label_ == "PERSON":
        return True
    if any(_breaks_name(token, lexicon) for token in ent[:-1]):
        return False
    last, root = ent[-1], ent.root
    if _is_listed(last, lexicon, "organ", "stand_in", "title") or (
        last.is_lower and _is_listed(last, lexicon, "group")
    ):
        return False
    if _is_listed(root, lexicon, "organ", "title") or root.lower_ in lexicon.cues["region_words"]:
        return False
    if is_title_part(ent, lexicon):
        return False
    return any(token.i not in known and token.pos_ == "PROPN" for token in ent)


def _breaks_name(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word stands in no name: «Mandalay through Bago» are two."""
    return (
        token.tag_ == "POS"
        or token.text == ","
        or (token.pos_ == "ADP" and token.is_lower and token.lower_ not in lexicon.cues["name_prepositions"])
    )


def _is_listed(token: Token, lexicon: Lexicon, *lists: str) -> bool:
    return any(token.lemma_.lower() in lexicon.nominals[name] for name in lists)


def _is_common_word(span: Span, entry: Entry) -> bool:
    """«Turkey» is a name, «chad» in «polish the chad» is none."""
    return (
        len(span) == 1
        and span.root.pos_ in {"VERB", "AUX", "ADP", "SCONJ"}
        and entry.form not in {CAPITAL, SEAT}
        and span.root.ent_iob_ == "O"
    )


def _mention(block: Block, match: Match, entry: Entry, *, is_town: bool) -> Mention:
    span = block.doc[match.start : match.end]
    form = ADJECTIVE if entry.form in {ADJECTIVE_FORM, PEOPLE} else NAME
    place = entry.place or (entry.entity if entry.entity.kind in _PLACES or entry.entity.kind == "State" else None)
    if is_town and entry.place:
        return Mention(block, match.start, match.end, span.root, form, (entry.place,), entry.place)
    note = f"{span.text}: {entry.form} read as {entry.entity.label}" if entry.place is not None else ""
    mention = Mention(block, match.start, match.end, span.root, form, (entry.entity,), place, note=note)
    mention.plural = entry.form == PEOPLE
    return mention


def _states_in(mention: Mention, gazetteer: Gazetteer) -> list[Mention]:
    """Give the state that a known name starts with: «UK» in «UK Government»."""
    block, words = mention.block, [token.text for token in mention.block.doc[mention.start : mention.end - 1]]
    first = next(gazetteer.match(words), None)
    whole = mention.entity
    if whole is None or whole.kind in {"Person", "State", *_PLACES} or first is None or first.start or not first.likely:
        return []
    entry, end = first.entries[0], mention.start + first.end
    if entry.entity.kind != "State" or entry.place is not None or entry.form in {ADJECTIVE_FORM, PEOPLE}:
        return []
    return [Mention(block, mention.start, end, block.doc[end - 1], PART, (entry.entity,), entry.entity)]


def _part(mention: Mention) -> Mention:
    meant = (mention.place,) if mention.place else mention.entities
    return Mention(mention.block, mention.start, mention.end, mention.head, PART, meant, mention.place)


def _join_people(reading: Reading) -> None:
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
