"""Articles into a store: what is not there yet is read, in batches, and a run that was cut short goes on where it stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from kg.address import plain_address
from kg.graph.store import Store
from kg.model import Article, Extraction, Ontology
from kg.run import Runner, Work

# Articles that are stored in one transaction: so many are held in memory, and read again when the process is killed. The
# database writes each transaction into files of its own and merges these later: fewer and larger ones are less to merge.
BATCH = 256


@dataclass(slots=True)
class Tally:
    """What came of the articles of one run: `held` were in the store as they are and have not been read again."""

    held: int = 0
    read: int = 0
    changed: int = 0
    reports: int = 0
    refused: int = 0


def ingest(
    articles: Iterable[Article],
    store: Store,
    work: Work,
    run: Runner,
    on_article: Callable[[Tally], None],
    *,
    ontology: Ontology,
) -> Tally:
    """Read `articles` into `store`, as they come, and give what came of them; `on_article` is called after each.

    An article that is there as it is, read by the same version of everything, is passed over. The events are not
    touched: see `Store.refresh`, which is to be given this `ontology`. Raises what the runner and the store raise; what
    was stored until then stays.
    """
    going = _Run(store, work.version(), on_article, ontology)
    unread = going.unread(articles)
    first = next(unread, None)
    if first is None:  # or else the language model would be loaded for nothing
        return going.tally
    extractions = going.counted(run(work, chain([first], unread)))
    while batch := list(islice(extractions, BATCH)):
        going.store_batch(batch)
    return going.tally


@dataclass(slots=True)
class _Run:
    store: Store
    version: str
    on_article: Callable[[Tally], None]
    ontology: Ontology
    tally: Tally = field(default_factory=Tally)
    awaited: Counter[str] = field(default_factory=Counter)  # the URLs of articles on their way to the store

    def unread(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Give the articles that must be read.

        Where one with the same URL is on its way to the store, it might take the place of the one that is there.
        """
        for article in articles:
            url = plain_address(article.url or "")
            if not (url and self.awaited[url]) and self.store.holds(article, reader=self.version):
                self.tally.held += 1
                self.on_article(self.tally)
            else:
                self.awaited[url] += 1
                yield article

    def counted(self, extractions: Iterable[Extraction]) -> Iterator[Extraction]:
        """Count extractions as they pass."""
        for extraction in extractions:
            self.tally.read += 1
            self.tally.reports += len(extraction.reports)
            self.tally.refused += extraction.refused
            self.on_article(self.tally)
            yield extraction

    def store_batch(self, batch: list[Extraction]) -> None:
        """Put extractions into the store; their articles are not awaited any more."""
        self.tally.changed += self.store.add(batch, reader=self.version, ontology=self.ontology)
        self.awaited.subtract(plain_address(extraction.article.url or "") for extraction in batch)
        self.awaited = +self.awaited
