"""spaCy's attribute ruler, which gives each word its part of speech from its tag, with a memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# What the rules for one word ask about it. The same answers mean the same rules.
_ASKED = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})

_MOST = 200_000  # such answers are kept, about 40 MB; names in the news have no end

Match = tuple[int, int, int]  # a rule's key, where it starts and ends


class RememberingMatcher:
    """Finds the words to which a ruler's rules apply, as the ruler's own matcher does, but sooner.

    A rule for a single word that asks for nothing beyond its tag, words and dependency is tried once for each such
    triple; the few others are tried on each text.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._simple = Matcher(ruler.vocab, validate=False)
        self._other = Matcher(ruler.vocab, validate=False)
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]  # typed as anything that a rule may hold
            simple = all(len(words) == 1 and words[0].keys() <= _ASKED for words in patterns)
            (self._simple if simple else self._other).add(str(number), patterns)
        self._known: dict[tuple[int, int, int], list[int]] = {}

    def __call__(self, doc: Doc, *, allow_missing: bool = False, as_spans: Literal[False] = False) -> list[Match]:
        """Give the matches in a text, in no order."""
        found = self._other(doc, allow_missing=allow_missing, as_spans=as_spans)
        found += [(key, token.i, token.i + 1) for token in doc for key in self._rules(token)]
        return found

    def _rules(self, token: Token) -> list[int]:
        asked = (token.tag, token.lower, token.dep)
        known = self._known.get(asked)
        if known is None:
            if len(self._known) == _MOST:
                self._known.clear()
            alone = token.doc[token.i : token.i + 1]
            known = self._known[asked] = [key for key, _, _ in self._simple(alone, allow_missing=True)]
        return known


def remember(nlp: Language) -> None:
    """Give the attribute ruler of a model, where it has one, a memory."""
    for _, component in nlp.pipeline:
        if isinstance(component, AttributeRuler):
            component.matcher = RememberingMatcher(component)  # type: ignore[assignment]  # called alike
