"""How many independent sources an event has: origins are counted, not copies."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from kg.assemble.cluster import Member
from kg.assemble.verdict import speaking
from kg.model import Article, Ontology, Report, Speaker, slug

# Two articles whose sentences on an event have half of their runs of three words in common are one text, edited. A word
# exchanged in the middle of a sentence of twenty takes three of its eighteen runs: two such changes leave 12 of 24 in
# common, while two reporters who write on one event in their own words share few runs beyond its names.
SHINGLE_WORDS = 3
SAME_TEXT = 0.5


def independent_sources(members: Iterable[Member], ontology: Ontology) -> int:
    """Count the independent origins of reports: of the given members, all of which support the event.

    An origin is the outermost speaker of a report (its state, where it speaks for one), passing over news media that
    only relay another; else the medium that the article cites; else the article's own publisher. An article can vouch for
    one origin; of articles that are near copies only the first to be published can. The count is the largest number of
    origins that can be handed out, each to another article. So neither five copies of a wire story, nor ten papers with one
    spokesman, nor one paper that quotes many speakers, count more than once.
    """
    by_article: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_article[member.article.id].append(member)
    texts = _copies({ident: _shingles(by_article[ident]) for ident in sorted(by_article)})
    first = [min((by_article[ident] for ident in text), key=lambda ms: ms[0].place_in_text[:2]) for text in texts]
    return _most_pairs([_origins(members, ontology) for members in first])


def _origins(members: list[Member], ontology: Ontology) -> set[str]:
    """Give what one article can vouch for: itself where it asserts the event, else those it quotes."""
    heard = speaking(members)
    if any(not m.report.attribution for m in heard):
        return {_publisher(members[0].article)}
    return {_origin(m.report, ontology) for m in heard}


def _origin(report: Report, ontology: Ontology) -> str:
    others = [speaker for speaker in report.attribution if not _is_medium(speaker, ontology)]
    if not others:
        return "publisher " + slug(report.attribution[0].label)
    speaker = others[0]
    return "speaker " + ((speaker.entity.state if speaker.entity else None) or speaker.iri)


def _is_medium(speaker: Speaker, ontology: Ontology) -> bool:
    return speaker.entity is not None and ontology.is_a(speaker.entity.kind, "MediaOutlet")


def _publisher(article: Article) -> str:
    """Give the publisher of an article, else the host that it came from, else the file or record."""
    if article.publisher:
        return "publisher " + slug(article.publisher)
    try:
        host = urlsplit(article.url or article.source).hostname
    except ValueError:  # a broken IPv6 address
        host = None
    return f"host {host}" if host else f"source {article.source}"


def _shingles(members: Iterable[Member]) -> frozenset[str]:
    sentences = sorted({m.report.sentence for m in members})
    words = [word for s in sentences for word in re.findall(r"\w+", s.text.casefold())]
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last))


def _copies(texts: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Group articles that are near copies of each other, also by way of a third.

    Two sets can only be as alike as `SAME_TEXT` if they share one of their rarest shingles, so only those are looked
    up (prefix filtering; Chaudhuri, Ganti and Kaushik, «A primitive operator for similarity joins», 2006).
    """
    head = {ident: ident for ident in texts}

    def find(ident: str) -> str:
        while head[ident] != ident:
            head[ident] = head[head[ident]]
            ident = head[ident]
        return ident

    frequency = Counter(shingle for shingles in texts.values() for shingle in shingles)
    same: dict[frozenset[str], str] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    for ident, shingles in texts.items():
        if shingles in same:
            head[find(ident)] = find(same[shingles])
            continue
        same[shingles] = ident
        rarest = sorted(shingles, key=lambda s: (frequency[s], s))
        for shingle in rarest[: len(rarest) - int(SAME_TEXT * len(rarest)) + 1]:
            for other in holders[shingle]:
                if find(other) != find(ident) and _likeness(shingles, texts[other]) >= SAME_TEXT:
                    head[find(ident)] = find(other)
            holders[shingle].append(ident)
    groups: dict[str, list[str]] = defaultdict(list)
    for ident in texts:
        groups[find(ident)].append(ident)
    return list(groups.values())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _most_pairs(offers: list[set[str]]) -> int:
    """Give the size of a maximum matching of texts with origins (augmenting paths, breadth first)."""
    taken: dict[str, int] = {}
    for start in sorted(range(len(offers)), key=lambda n: len(offers[n])):
        came_from: dict[str, tuple[int, str | None]] = dict.fromkeys(sorted(offers[start]), (start, None))
        queue = list(came_from)
        for origin in queue:
            holder = taken.get(origin)
            if holder is None:
                step: str | None = origin
                while step is not None:
                    taken[step], step = came_from[step]
                break
            for other in sorted(offers[holder] - came_from.keys()):
                came_from[other] = (holder, origin)
                queue.append(other)
    return len(taken)
