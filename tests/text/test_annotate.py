"""Parses: each article's is a matter of this article alone, to the last bit of every number."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Article
from kg.text.annotate import annotate, load_model
from kg.text.read import read_articles

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = list(read_articles(sorted(EXAMPLES.glob("*.txt")), on_skip=lambda error: pytest.fail(str(error))))
    assert len(found) > 3
    return found


def numbers(articles: list[Article]) -> dict[str, list[bytes]]:
    """What the model calculated for each word of each paragraph, by article."""
    nlp = load_model(Settings().model)
    return {r.article.id: [block.doc.tensor.tobytes() for block in r.blocks] for r in annotate(articles, nlp)}


def test_an_article_is_calculated_alike_whatever_is_read_beside_it(articles: list[Article]) -> None:
    together = numbers(articles)
    assert all(any(values) for values in together.values())
    assert together == numbers(articles[::-1])
    for article in articles:
        assert numbers([article]) == {article.id: together[article.id]}
