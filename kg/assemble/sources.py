"""How many independent sources an event has, and which: origins are counted, not copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from kg.assemble.cluster import Member
from kg.assemble.copies import copies
from kg.assemble.parties import state_of
from kg.assemble.verdict import speaking
from kg.model import Article, Ontology, Source, Speaker, slug

# All that one article can vouch for: key of an origin → its name.
Offer = Mapping[str, str]


def independent_sources(members: Iterable[Member], ontology: Ontology) -> tuple[Source, ...]:
    """Give the independent origins of reports (of the given members, all of which support the event), sorted.

    An origin is the outermost speaker of a report (its state, where it speaks for one), passing over news media that
    only relay another; else the medium that the article cites; else the article's own publisher. An article that names
    its speakers vouches for them and not for itself, even where it goes on in its own voice. Of copies of one text only
    the first to be published counts. There are as many sources as origins can be handed out, each to another publisher.
    So neither five copies of a wire story, nor ten papers with one spokesman, nor one paper that quotes many speakers, count
    more than once.
    """
    by_article: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_article[member.article.id].append(member)
    names = _Names((m for ms in by_article.values() for m in ms), ontology)
    offers = {ident: names.offer(by_article[ident]) for ident in sorted(by_article)}
    papers: dict[str, list[str]] = defaultdict(list)
    chosen: dict[str, dict[str, str]] = defaultdict(dict)
    for text in copies(by_article):
        first = _first(text, by_article, offers)
        paper, _ = names.publisher(by_article[first][0].article)
        papers[paper] += text
        chosen[paper] |= offers[first]
    taken = {paper: origin for origin, paper in _pairs(chosen).items()}
    labels: dict[str, set[str]] = defaultdict(set)
    reports: dict[str, list[str]] = defaultdict(list)
    for paper, articles in papers.items():
        origin = taken.get(paper) or min(chosen[paper])  # where all of its origins are others' already
        labels[origin].add(chosen[paper][origin])
        reports[origin] += (m.report.id for ident in articles for m in by_article[ident])
    return tuple(sorted(Source(min(labels[origin]), tuple(sorted(reports[origin]))) for origin in reports))


def _first(text: list[str], members: Mapping[str, list[Member]], offers: Mapping[str, Offer]) -> str:
    """Give the article of a text that came first.

    Of one day, it is one whose origin is heard elsewhere too, so that a copy makes no new origin of an old one.
    """
    heard = {origin for ident, offer in offers.items() if ident not in text for origin in offer}

    def rank(ident: str) -> tuple[str, bool, str]:
        return members[ident][0].article.published or "~", heard.isdisjoint(offers[ident]), ident

    return min(text, key=rank)


class _Names:
    """Origins by the names that the articles of one event use: a medium is the same as publisher and as speaker."""

    def __init__(self, members: Iterable[Member], ontology: Ontology) -> None:
        self._ontology = ontology
        self._publishers: set[str] = set()
        self._media: dict[str, str] = {}
        for member in members:
            self._publishers.add(slug(member.article.publisher or ""))
            for speaker in member.report.attribution:
                if speaker.entity and ontology.is_a(speaker.entity.kind, "MediaOutlet"):
                    self._media[slug(speaker.span.text)] = self._media[slug(speaker.label)] = slug(speaker.label)

    def offer(self, members: list[Member]) -> Offer:
        """Give what one article can vouch for: those whom it quotes, else itself."""
        quoted = [m.report.attribution for m in speaking(members) if m.report.attribution]
        return dict(sorted(map(self._speaker, quoted))) or dict([self.publisher(members[0].article)])

    def _speaker(self, chain: tuple[Speaker, ...]) -> tuple[str, str]:
        speaker = next((s for s in chain if not self._is_medium(s)), None)
        if speaker is None:
            return self._medium(chain[0].label)
        return f"speaker {state_of(speaker)}", speaker.label

    def _is_medium(self, speaker: Speaker) -> bool:
        return slug(speaker.label) in self._media or slug(speaker.label) in self._publishers

    def _medium(self, name: str) -> tuple[str, str]:
        return f"medium {self._media.get(slug(name), slug(name))}", name

    def publisher(self, article: Article) -> tuple[str, str]:
        """Give the publisher of an article, else the host that it came from, else the file or record."""
        if article.publisher:
            return self._medium(article.publisher)
        try:
            host = urlsplit(article.url or article.source).hostname
        except ValueError:  # a broken IPv6 address
            host = None
        return (f"host {host}", host) if host else (f"source {article.source}", article.source)


def _pairs(offers: Mapping[str, Offer]) -> dict[str, str]:
    """Give a maximum matching of origins with papers (augmenting paths, breadth first)."""
    taken: dict[str, str] = {}
    for start in sorted(offers, key=lambda paper: (len(offers[paper]), paper)):
        came_from: dict[str, tuple[str, str | None]] = dict.fromkeys(sorted(offers[start]), (start, None))
        queue = list(came_from)
        for origin in queue:
            holder = taken.get(origin)
            if holder is None:
                step: str | None = origin
                while step is not None:
                    taken[step], step = came_from[step]
                break
            for other in sorted(offers[holder].keys() - came_from.keys()):
                came_from[other] = (holder, origin)
                queue.append(other)
    return taken
