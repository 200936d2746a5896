"""Arguments of verbs and nouns, read off parses that are written by hand."""

from __future__ import annotations

import pytest

from kg.text.extract.arguments import Arguments, Grammar
from kg.text.extract.clause import Clause, verb_lemmas
from kg.text.lexicon import Lexicon

# What is tried, the parse, the word whose arguments are asked for, and what stands in its slots.
VERBS = [
    (
        "active",
        "Chad/NNP/nsubj/shelled shelled/VBD/ROOT/shelled/shell Libya/NNP/dobj/shelled",
        "shelled",
        {"subject": ["Chad"], "object": ["Libya"]},
    ),
    (
        "passive with an agent",
        "Libya/NNP/nsubjpass/shelled was/VBD/auxpass/shelled shelled/VBN/ROOT/shelled/shell by/IN/agent/shelled "
        "Chad/NNP/pobj/by",
        "shelled",
        {"subject": ["Chad"], "object": ["Libya"], "by": ["Chad"]},
    ),
    (
        "passive without an agent",
        "Libya/NNP/nsubjpass/shelled was/VBD/auxpass/shelled shelled/VBN/ROOT/shelled/shell",
        "shelled",
        {"subject": [], "object": ["Libya"]},
    ),
    (
        "a date after «by» is no agent",
        "Ships/NNS/nsubjpass/sold were/VBD/auxpass/sold sold/VBN/ROOT/sold/sell by/IN/agent/sold Friday/NNP/pobj/by/DATE",
        "sold",
        {"subject": [], "object": ["Ships"]},
    ),
    (
        "coordinated subjects and objects",
        "Peru/NNP/nsubj/praised and/CC/cc/Peru Chile/NNP/conj/Peru praised/VBD/ROOT/praised/praise Cuba/NNP/dobj/praised "
        "and/CC/cc/Cuba Haiti/NNP/conj/Cuba",
        "praised",
        {"subject": ["Peru", "Chile"], "object": ["Cuba", "Haiti"]},
    ),
    (
        "a coordinated verb shares the subject",
        "Peru/NNP/nsubj/praised praised/VBD/ROOT/praised/praise Cuba/NNP/dobj/praised and/CC/cc/praised "
        "sanctioned/VBD/conj/praised/sanction Haiti/NNP/dobj/sanctioned",
        "sanctioned",
        {"subject": ["Peru"], "object": ["Haiti"]},
    ),
    (
        "a coordinated verb with a subject of its own shares nothing",
        "Peru/NNP/nsubj/praised praised/VBD/ROOT/praised/praise Cuba/NNP/dobj/praised and/CC/cc/praised "
        "Chile/NNP/nsubj/sanctioned sanctioned/VBD/conj/praised/sanction Haiti/NNP/dobj/sanctioned",
        "sanctioned",
        {"subject": ["Chile"], "object": ["Haiti"]},
    ),
    (
        "relative pronoun as subject",
        "troops/NNS/ROOT/troops/troop that/WDT/nsubj/shelled shelled/VBD/relcl/troops/shell Libya/NNP/dobj/shelled",
        "shelled",
        {"subject": ["troops"], "object": ["Libya"]},
    ),
    (
        "relative clause whose object is what it describes",
        "Libya/NNP/ROOT/Libya which/WDT/dobj/shelled Chad/NNP/nsubj/shelled shelled/VBD/relcl/Libya/shell",
        "shelled",
        {"subject": ["Chad"], "object": ["Libya"]},
    ),
    (
        "relative clause without a pronoun",
        "missiles/NNS/ROOT/missiles/missile Iran/NNP/nsubj/sold sold/VBD/relcl/missiles/sell",
        "sold",
        {"subject": ["Iran"], "object": ["missiles"]},
    ),
    (
        "reduced relative in the passive",
        "missiles/NNS/ROOT/missiles/missile fired/VBN/acl/missiles/fire by/IN/agent/fired Iran/NNP/pobj/by",
        "fired",
        {"subject": ["Iran"], "object": ["missiles"]},
    ),
    (
        "participle after its noun",
        "soldiers/NNS/ROOT/soldiers/soldier guarding/VBG/acl/soldiers/guard Libya/NNP/dobj/guarding",
        "guarding",
        {"subject": ["soldiers"], "object": ["Libya"]},
    ),
    (
        "«the first country to» is the one that acts",
        "the/DT/det/country first/JJ/amod/country country/NN/ROOT/country to/TO/aux/ban ban/VB/acl/country arms/NNS/dobj/ban",
        "ban",
        {"subject": ["country"], "object": ["arms"]},
    ),
    (
        "subject control",
        "Peru/NNP/nsubj/wants wants/VBZ/ROOT/wants/want to/TO/aux/join join/VB/xcomp/wants OPEC/NNP/dobj/join",
        "join",
        {"subject": ["Peru"], "object": ["OPEC"]},
    ),
    (
        "object control",
        "Peru/NNP/nsubj/urged urged/VBD/ROOT/urged/urge Cuba/NNP/dobj/urged to/TO/aux/free free/VB/xcomp/urged "
        "prisoners/NNS/dobj/free",
        "free",
        {"subject": ["Cuba"], "object": ["prisoners"]},
    ),
    (
        "«called on Cuba to»",
        "Peru/NNP/nsubj/called called/VBD/ROOT/called/call on/IN/prep/called Cuba/NNP/pobj/on to/TO/aux/free "
        "free/VB/xcomp/called prisoners/NNS/dobj/free",
        "free",
        {"subject": ["Cuba"], "object": ["prisoners"]},
    ),
    (
        "a verb without control hands down its subject",
        "Peru/NNP/nsubj/promised promised/VBD/ROOT/promised/promise Cuba/NNP/dobj/promised to/TO/aux/free "
        "free/VB/xcomp/promised prisoners/NNS/dobj/free",
        "free",
        {"subject": ["Peru"], "object": ["prisoners"]},
    ),
    (
        "gerund control",
        "Peru/NNP/nsubj/accused accused/VBD/ROOT/accused/accuse Cuba/NNP/dobj/accused of/IN/prep/accused "
        "arming/VBG/pcomp/of/arm rebels/NNS/dobj/arming",
        "arming",
        {"subject": ["Cuba"], "object": ["rebels"]},
    ),
    (
        "a gerund after another verb belongs to the subject",
        "Peru/NNP/nsubj/left left/VBD/ROOT/left/leave Cuba/NNP/dobj/left without/IN/prep/left paying/VBG/pcomp/without/pay "
        "debts/NNS/dobj/paying",
        "paying",
        {"subject": ["Peru"], "object": ["debts"]},
    ),
    (
        "a participle beside the clause belongs to its subject",
        "Peru/NNP/nsubj/left left/VBD/ROOT/left/leave blaming/VBG/advcl/left/blame Cuba/NNP/dobj/blaming",
        "blaming",
        {"subject": ["Peru"], "object": ["Cuba"]},
    ),
    (
        "a passive participle beside the clause: its subject suffers",
        "Hit/VBN/advcl/left/hit by/IN/agent/Hit drones/NNS/pobj/by Peru/NNP/nsubj/left left/VBD/ROOT/left/leave",
        "Hit",
        {"subject": ["drones"], "object": ["Peru"]},
    ),
    (
        "dative",
        "Peru/NNP/nsubj/gave gave/VBD/ROOT/gave/give Cuba/NNP/dative/gave ships/NNS/dobj/gave",
        "gave",
        {"subject": ["Peru"], "dative": ["Cuba"], "object": ["ships"]},
    ),
    (
        "prepositions with coordinated objects, and prepositions of prepositions",
        "Peru/NNP/nsubj/pulled pulled/VBD/ROOT/pulled/pull troops/NNS/dobj/pulled out/IN/prep/pulled of/IN/prep/out "
        "Cuba/NNP/pobj/of and/CC/cc/Cuba Haiti/NNP/conj/Cuba",
        "pulled",
        {"object": ["troops"], "out of": ["Cuba", "Haiti"]},
    ),
    (
        "a preposition on the object serves the verb",
        "Peru/NNP/nsubj/put put/VBD/ROOT/put tariffs/NNS/dobj/put on/IN/prep/tariffs Cuba/NNP/pobj/on",
        "put",
        {"object": ["tariffs"], "on": ["Cuba"]},
    ),
    (
        "the subject of a clause that the verb takes",
        "Peru/NNP/nsubj/demanded demanded/VBD/ROOT/demanded/demand that/IN/mark/leave Cuba/NNP/nsubj/leave "
        "leave/VBP/ccomp/demanded",
        "demanded",
        {"subject": ["Peru"], "object": [], "clause subject": ["Cuba"]},
    ),
    (
        "free relative: what it was said to be is the object, and where is told beside it",
        "Peru/NNP/nsubj/fired fired/VBD/ROOT/fired/fire what/WP/nsubj/were Chile/NNP/nsubj/said said/VBD/ccomp/fired/say "
        "were/VBD/ccomp/said/be rockets/NNS/attr/were at/IN/prep/were Cuba/NNP/pobj/at",
        "fired",
        {"subject": ["Peru"], "object": ["rockets"], "at": ["Cuba"]},
    ),
    (
        "near miss: a clause after «that» is no object",
        "Peru/NNP/nsubj/said said/VBD/ROOT/said/say that/IN/mark/were they/PRP/nsubj/were were/VBD/ccomp/said/be "
        "rockets/NNS/attr/were",
        "said",
        {"subject": ["Peru"], "object": []},
    ),
    (
        "of «Egypt, which …, and Jordan» the clause is about the first",
        "Egypt/NNP/ROOT/Egypt which/WDT/nsubj/left left/VBD/relcl/Egypt/leave and/CC/cc/Egypt Jordan/NNP/conj/Egypt",
        "left",
        {"subject": ["Egypt"]},
    ),
    (
        "of «Egypt and Jordan, which …» about both",
        "Egypt/NNP/ROOT/Egypt and/CC/cc/Egypt Jordan/NNP/conj/Egypt which/WDT/nsubj/left left/VBD/relcl/Egypt/leave",
        "left",
        {"subject": ["Egypt", "Jordan"]},
    ),
    (
        "a clause that dates its verb is no complement",
        "Peru/NNP/nsubj/left left/VBD/ROOT/left/leave after/IN/mark/urged Cuba/NNP/nsubj/urged urged/VBD/ccomp/left/urge",
        "left",
        {"subject": ["Peru"], "clause subject": [], "clause": []},
    ),
]

NOUNS = [
    (
        "genitive and «of»",
        "Iraq/NNP/poss/invasion 's/POS/case/Iraq invasion/NN/ROOT/invasion of/IN/prep/invasion Kuwait/NNP/pobj/of",
        "invasion",
        {"subject": ["Iraq"], "object": ["Kuwait"]},
    ),
    (
        "«of» and «by»",
        "invasion/NN/ROOT/invasion of/IN/prep/invasion Kuwait/NNP/pobj/of by/IN/prep/invasion Iraq/NNP/pobj/by",
        "invasion",
        {"subject": ["Iraq"], "object": ["Kuwait"]},
    ),
    (
        "adjective",
        "Iraqi/JJ/amod/invasion invasion/NN/ROOT/invasion of/IN/prep/invasion Kuwait/NNP/pobj/of",
        "invasion",
        {"subject": ["Iraqi"], "object": ["Kuwait"]},
    ),
    (
        "adjective with words between",
        "Iraqi/JJ/amod/strike missile/NN/compound/strike strike/NN/ROOT/strike",
        "strike",
        {"subject": ["Iraqi"], "object": []},
    ),
    (
        "two names before the noun are both its parties",
        "Iran/NNP/compound/Iraq -/HYPH/punct/Iraq Iraq/NNP/compound/talks talks/NNS/ROOT/talks/talk",
        "talks",
        {"subject": ["Iran", "Iraq"], "compound": []},
    ),
    (
        "one name before the noun may be either",
        "Iraq/NNP/compound/talks talks/NNS/ROOT/talks/talk",
        "talks",
        {"subject": [], "compound": ["Iraq"]},
    ),
    (
        "support verb in the active",
        "Iraq/NNP/nsubj/launched launched/VBD/ROOT/launched/launch an/DT/det/attack attack/NN/dobj/launched "
        "on/IN/prep/attack Kuwait/NNP/pobj/on",
        "attack",
        {"subject": ["Iraq"], "on": ["Kuwait"]},
    ),
    (
        "support verb whose subject suffers",
        "Kuwait/NNP/nsubj/suffered suffered/VBD/ROOT/suffered/suffer an/DT/det/attack attack/NN/dobj/suffered "
        "by/IN/prep/attack Iraq/NNP/pobj/by",
        "attack",
        {"subject": ["Iraq"], "object": ["Kuwait"]},
    ),
    (
        "support verb in the passive",
        "An/DT/det/attack attack/NN/nsubjpass/launched was/VBD/auxpass/launched launched/VBN/ROOT/launched/launch "
        "by/IN/agent/launched Iraq/NNP/pobj/by on/IN/prep/launched Kuwait/NNP/pobj/on",
        "attack",
        {"subject": ["Iraq"], "on": ["Kuwait"]},
    ),
    (
        "«came under attack»",
        "Kuwait/NNP/nsubj/came came/VBD/ROOT/came/come under/IN/prep/came attack/NN/pobj/under",
        "attack",
        {"subject": [], "object": ["Kuwait"]},
    ),
    (
        "«took part in the fighting»",
        "Iraq/NNP/nsubj/took took/VBD/ROOT/took/take part/NN/dobj/took in/IN/prep/took fighting/NN/pobj/in",
        "fighting",
        {"subject": ["Iraq"]},
    ),
    (
        "a possessor has more weight than the subject of the support verb",
        "Kuwait/NNP/nsubj/hosted hosted/VBD/ROOT/hosted/host Iraq/NNP/poss/visit 's/POS/case/Iraq visit/NN/dobj/hosted",
        "visit",
        {"subject": ["Iraq"]},
    ),
    (
        "who is blamed for it has done it",
        "Oman/NNP/nsubj/blamed blamed/VBD/ROOT/blamed/blame Iraq/NNP/dobj/blamed for/IN/prep/blamed an/DT/det/attack "
        "attack/NN/pobj/for",
        "attack",
        {"subject": ["Iraq"]},
    ),
    (
        "who is punished for it has done it",
        "Oman/NNP/nsubj/put put/VBD/ROOT/put sanctions/NNS/dobj/put/sanction on/IN/prep/sanctions Iraq/NNP/pobj/on "
        "for/IN/prep/put its/PRP$/poss/attack attack/NN/pobj/for",
        "attack",
        {"subject": ["Iraq"]},
    ),
    (
        "near miss: who waits for it does nothing",
        "Oman/NNP/nsubj/kept kept/VBD/ROOT/kept/keep Iraq/NNP/dobj/kept for/IN/prep/kept an/DT/det/attack attack/NN/pobj/for",
        "attack",
        {"subject": []},
    ),
    (
        "«told Iraq in a call»: both speak",
        "Oman/NNP/nsubj/told told/VBD/ROOT/told/tell Iraq/NNP/dobj/told in/IN/prep/told a/DT/det/call call/NN/pobj/in",
        "call",
        {"subject": ["Oman"], "with": ["Iraq"]},
    ),
    (
        "near miss: «found Iraq in a call»",
        "Oman/NNP/nsubj/found found/VBD/ROOT/found/find Iraq/NNP/dobj/found in/IN/prep/found a/DT/det/call call/NN/pobj/in",
        "call",
        {"subject": [], "with": []},
    ),
    (
        "near miss: another verb supports nothing",
        "Kuwait/NNP/nsubj/feared feared/VBD/ROOT/feared/fear an/DT/det/attack attack/NN/dobj/feared",
        "attack",
        {"subject": [], "object": []},
    ),
]


def slots(found: Arguments, names: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [token.text for token in found.get(name)] for name in names}


@pytest.mark.parametrize(("parse", "word", "wanted"), [case[1:] for case in VERBS], ids=[case[0] for case in VERBS])
def test_verb(read, lexicon: Lexicon, parse: str, word: str, wanted: dict[str, list[str]]) -> None:
    verb = next(token for token in read(parse).doc if token.text == word)
    found = Grammar(lexicon).of_verb(verb)
    assert slots(found, wanted) == wanted
    assert found.governor == verb


@pytest.mark.parametrize(("parse", "word", "wanted"), [case[1:] for case in NOUNS], ids=[case[0] for case in NOUNS])
def test_noun(read, lexicon: Lexicon, parse: str, word: str, wanted: dict[str, list[str]]) -> None:
    block = read(parse, names="Iraq Iraqi Kuwait Iran")
    noun = next(token for token in block.doc if token.text == word)
    assert slots(Grammar(lexicon).of_noun(noun, block), wanted) == wanted


def test_the_support_verb_governs_its_noun(read, lexicon: Lexicon) -> None:
    block = read("Iraq/NNP/nsubj/held held/VBD/ROOT/held/hold talks/NNS/dobj/held/talk")
    assert Grammar(lexicon).of_noun(block.doc[2], block).governor.text == "held"


def test_prepositions_of_another_word_are_weak(read, lexicon: Lexicon) -> None:
    block = read(
        "Peru/NNP/nsubj/put put/VBD/ROOT/put tariffs/NNS/dobj/put on/IN/prep/tariffs Cuba/NNP/pobj/on in/IN/prep/put "
        "May/NNP/pobj/in/DATE"
    )
    found = Grammar(lexicon).of_verb(block.doc[1])
    assert found.weak == {"on"}
    assert found.get("in") == []  # a month is no place


def test_the_voice_of_a_verb(read, lexicon: Lexicon) -> None:
    clause = Clause(lexicon)
    active = read("Chad/NNP/nsubj/left left/VBD/ROOT/left/leave").doc[1]
    passive = read("Chad/NNP/nsubjpass/left was/VBD/auxpass/left left/VBN/ROOT/left/leave").doc[2]
    for verb, is_passive in ((active, False), (passive, True)):
        tokens, found = clause.subject(verb)
        assert [token.text for token in tokens] == ["Chad"]
        assert found is is_passive


def test_a_verb_is_looked_up_alone_and_with_its_particle(read) -> None:
    carried = read(
        "Chad/NNP/nsubj/carried carried/VBD/ROOT/carried/carry out/RP/prt/carried raids/NNS/dobj/carried"
    ).doc[1]
    took = read("Talks/NNS/nsubj/took took/VBD/ROOT/took/take place/NN/dobj/took").doc[1]
    assert verb_lemmas(carried) == {"carry", "carry out"}
    assert verb_lemmas(took) == {"take place"}


def test_a_ring_of_conjuncts_ends(read, lexicon: Lexicon) -> None:
    """A long chain of verbs without a subject is given up, not followed for ever."""
    words = [f"v{n}" for n in range(40)]
    parse = " ".join(f"{w}/VBD/{'ROOT' if n == 0 else 'conj'}/{words[max(0, n - 1)]}" for n, w in enumerate(words))
    assert Grammar(lexicon).of_verb(read(parse).doc[39]).get("subject") == []
