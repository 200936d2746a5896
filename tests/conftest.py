"""What several test files share. The language model is loaded once; tests that use it are marked `model`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from kg.config import Settings
from kg.graph.schema import load_ontology
from kg.iris import WIKIDATA_IRI
from kg.model import Article, Entity, Ontology
from kg.pipeline import Pipeline
from kg.text.lexicon import Lexicon
from kg.text.reading import ADJECTIVE, NAME, Block, Mention

if TYPE_CHECKING:
    from spacy.vocab import Vocab

# Parts of speech by the beginning of a tag; auxiliaries are told by their relation.
POS = {
    "NNP": "PROPN", "NN": "NOUN", "VB": "VERB", "MD": "AUX", "IN": "ADP", "DT": "DET", "PRP": "PRON", "W": "PRON",
    "JJ": "ADJ", "RB": "ADV", "TO": "PART", "POS": "PART", "CC": "CCONJ", "CD": "NUM", "RP": "ADP",
}  # fmt: skip

Read = Callable[..., Block]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline(Settings())


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def lexicon(ontology: Ontology) -> Lexicon:
    return Lexicon.load(ontology)


@pytest.fixture(scope="session")
def vocab() -> Vocab:
    import spacy

    return spacy.blank("en").vocab


@pytest.fixture
def read(vocab: Vocab) -> Read:
    """Give a function that makes a block of a parse written by hand, which needs no model.

    The parse is one string of tokens `word/tag/relation/head` and, where they differ from the word, a lemma and an
    entity type: `Iran/NNP/nsubj/fired fired/VBD/ROOT/fired/fire on/IN/prep/fired Monday/NNP/pobj/on/DATE`. A head is
    named by its word, its first place counted from 0 (`said:4`) where that word stands there twice. `names` are words
    that name a state of that name; those whose tag is an adjective's are its adjectives.
    """
    from spacy.tokens import Doc

    def block(parse: str, *, names: Mapping[str, str] | str = "", is_title: bool = False) -> Block:
        rows = [token.split("/") for token in parse.split()]
        words = [row[0] for row in rows]
        heads = [int(row[3].split(":")[1]) if ":" in row[3] else words.index(row[3]) for row in rows]
        more = [row[4:] for row in rows]
        lemmas = [next((x for x in extra if not x.isupper()), word) for extra, word in zip(more, words, strict=True)]
        types = [next((f"B-{x}" for x in extra if x.isupper()), "O") for extra in more]
        pos = [
            "AUX" if row[2] in {"aux", "auxpass"} and row[1] != "TO"
            else "SCONJ" if row[2] == "mark"
            else next((POS[tag] for tag in sorted(POS, key=len, reverse=True) if row[1].startswith(tag)), "PUNCT")
            for row in rows
        ]  # fmt: skip
        doc = Doc(
            vocab, words=words, pos=pos, tags=[row[1] for row in rows], deps=[row[2] for row in rows], heads=heads,
            lemmas=lemmas, ents=types,
        )  # fmt: skip
        article = Article("a", "a.txt", doc.text, ((0, len(doc.text)),))
        made = Block(article, 0, 0, doc, is_title)
        known = {name: name for name in names.split()} if isinstance(names, str) else names
        for token in doc:
            if token.text in known:
                form = ADJECTIVE if token.tag_ == "JJ" else NAME
                state = Entity(WIKIDATA_IRI + known[token.text], known[token.text], "State")
                mention = Mention(made, token.i, token.i + 1, token, form, (state,), state)
                made.names[token.i] = made.heads[token.i] = mention
        return made

    return block
