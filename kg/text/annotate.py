"""Article → Reading: tokens, sentences, parse and named entities, by spaCy."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.model import Article
from kg.text.reading import Block, Reading

if TYPE_CHECKING:
    from spacy.language import Language

# «SANAA, 27 February 2024 (Agency) - »: the place in capitals, or an agency, and a dash after it.
_DATELINE = re.compile(
    r"(?:[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'’./ ]{3,60}(?:,[^-–—\n]{0,40})?(?:\([^)\n]{2,40}\))?"
    r"|[A-Z][^-–—\n()]{1,60}\([^)\n]{2,40}\))\s*[-–—]{1,2}\s"
)
# Paragraphs parsed together: few enough that what is calculated stays in memory that the process has, and near the processor.
_PARAGRAPHS = 64


@cache
def load_model(name: str) -> Language:
    """Load a spaCy model that is installed, once in a process; raise `ModelError` with what to do where it is not."""
    import spacy
    from spacy.language import Language

    from kg.text.clauses import part_clauses
    from kg.text.matrices import numpy_products
    from kg.text.ruler import remember

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r".*\[W095\]")  # trained with an older spaCy; works alike
            with numpy_products():
                nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(f"model {name!r} is not installed; pip install it, or name another with --model") from error
    Language.component("clauses", func=part_clauses)
    if "parser" in nlp.pipe_names:
        nlp.add_pipe("clauses", before="parser")
    remember(nlp)
    return nlp


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Reading]:
    """Parse articles in order. Title and paragraphs are parsed one by one, so that none runs into the next.

    Articles are calculated one by one, too, as numbers differ in their last bits with what they are calculated beside:
    so the parse of an article is a matter of this article alone, whoever reads it and after what.
    """
    for article in articles:
        spans = list(_parts(article))
        docs = nlp.pipe((article.text[start:end] for start, end in spans), batch_size=_PARAGRAPHS)
        blocks = [
            Block(article, number, start, doc, is_title=number == 0 and bool(article.title))
            for number, ((start, _), doc) in enumerate(zip(spans, docs, strict=True))
        ]
        yield Reading(article, blocks)


def _parts(article: Article) -> Iterator[tuple[int, int]]:
    """Give the title and paragraphs, a dateline set off: it is no part of the sentence after it."""
    for number, (start, end) in enumerate(article.blocks):
        dateline = _DATELINE.match(article.text, start, end)
        if dateline is None or (number == 0 and article.title) or dateline.end() >= end:
            yield start, end
        else:
            yield start, start + len(dateline[0].rstrip())
            yield dateline.end(), end
