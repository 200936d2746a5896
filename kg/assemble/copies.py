"""Which articles are copies of one text: a wire story and the papers that print it, shortened, widened or edited."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from operator import eq

from kg.assemble.cluster import Member
from kg.model import Article, Fingerprint

# Two articles whose sentences on an event have half of their runs of three words in common are one text, edited. A word
# exchanged in the middle of a sentence of twenty takes three of its eighteen runs: two such changes leave 12 of 24 in
# common, while two reporters who write on one event in their own words share few runs beyond its names. The same holds
# of a whole article: where half of the shorter one stands in the other, it was taken from there.
RUN_WORDS = 3
SAME_TEXT = 0.5

Runs = frozenset[str]


def copies(articles: Mapping[str, Sequence[Member]]) -> list[list[str]]:
    """Group the articles of an event (by id, with their reports of it) by text, also by way of a third.

    Two are one text if the shorter stands in the other for the greater part, as their fingerprints tell, or if the
    sentences from which the reports come are alike.
    """
    if len(articles) == 1:
        return [list(articles)]
    heads = _Heads(sorted(articles))
    for one, other in _by_sentences({ident: runs_of(articles[ident]) for ident in heads}, heads):
        heads.join(one, other)
    whole = {ident: articles[ident][0].article for ident in heads}
    for one, other in combinations(heads, 2):
        if not heads.joined(one, other) and is_copy(whole[one], whole[other]):
            heads.join(one, other)
    return heads.groups()


def is_copy(one: Article, other: Article) -> bool:
    """Whether one text holds the greater part of the other, as far as fingerprints were taken."""
    a, b = one.fingerprint, other.fingerprint
    return a is not None and b is not None and _containment(a, b) >= SAME_TEXT


def _containment(one: Fingerprint, other: Fingerprint) -> float:
    """Estimate how much of the smaller set of runs is in the larger, from how many minima agree."""
    smaller = min(one.size, other.size)
    if not smaller or len(one.minima) != len(other.minima):
        return 0.0
    alike: float = sum(map(eq, one.minima, other.minima)) / len(one.minima)
    return alike / (1 + alike) * (one.size + other.size) / smaller


def runs_of(members: Iterable[Member]) -> Runs:
    """Give the runs of words in the sentences from which reports come."""
    words = [w for s in sorted({m.report.sentence for m in members}) for w in re.findall(r"\w+", s.text.casefold())]
    return frozenset(" ".join(words[i : i + RUN_WORDS]) for i in range(max(1, len(words) - RUN_WORDS + 1)))


def likeness(one: Runs, other: Runs) -> float:
    """Give the share of runs that two sets have in common (Jaccard), in [0, 1]."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


class _Heads:
    """Articles in groups that grow together (union-find)."""

    def __init__(self, idents: Iterable[str]) -> None:
        self._head = {ident: ident for ident in idents}

    def __iter__(self) -> Iterator[str]:
        return iter(self._head)

    def _find(self, ident: str) -> str:
        while self._head[ident] != ident:
            self._head[ident] = ident = self._head[self._head[ident]]
        return ident

    def joined(self, one: str, other: str) -> bool:
        return self._find(one) == self._find(other)

    def join(self, one: str, other: str) -> None:
        self._head[self._find(one)] = self._find(other)

    def groups(self) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for ident in self._head:
            found[self._find(ident)].append(ident)
        return list(found.values())


def _by_sentences(texts: Mapping[str, Runs], heads: _Heads) -> Iterator[tuple[str, str]]:
    """Give pairs of texts that are alike, enough to join all that are.

    Two sets can only be as alike as `SAME_TEXT` if they share one of their rarest runs, so only those are looked
    up (prefix filtering; Chaudhuri, Ganti and Kaushik, «A primitive operator for similarity joins», 2006).
    """
    frequency = Counter(run for runs in texts.values() for run in runs)
    same: dict[Runs, str] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    for ident, runs in texts.items():
        if runs in same:
            yield ident, same[runs]
            continue
        same[runs] = ident
        rarest = sorted(runs, key=lambda run: (frequency[run], run))
        for run in rarest[: len(rarest) - int(SAME_TEXT * len(rarest)) + 1]:
            for other in holders[run]:
                if not heads.joined(other, ident) and likeness(runs, texts[other]) >= SAME_TEXT:
                    yield ident, other
            holders[run].append(ident)
