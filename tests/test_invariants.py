"""What holds of every article, however odd: exact offsets, no blank node, the same bytes again, no edge but of facts."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.export import FORMATS, export
from kg.graph.store import Store
from kg.graph.validate import validate
from kg.iris import ONTOLOGY_IRI
from kg.model import Article, Extraction, Ontology, Span
from kg.pipeline import Pipeline
from kg.text.read import read_articles

EXAMPLES = Path(__file__).parents[1] / "examples"
EVENTS = ox.NamedNode("https://w3id.org/kg/id/events")
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

# Articles that are hard to read, by the name of their file.
TRICKY = {
    "emoji-hangul-crlf.txt": (
        "북한, 미사일 발사 🚀🚀: North Korea fires missile\r\nPublished: 2025-01-06\r\nPublisher: 코리아 데일리 📰\r\n\r\n"
        "서울 — North Korea 🇰🇵 fired a ballistic missile 🚀 on Monday, South Korea's military (합동참모본부) said.\r\n"
        "👩‍👩‍👧‍👦 Families near Seoul slept. Japan 🇯🇵 condemned the launch, and “it” – 平壌 – denied nothing.\r\n"
    ),
    "quotes.txt": (
        "“We shelled nobody,” Chad says of ‘attack’\nPublished: 2024-05-02\n\n"
        "«Chad attacked Libya. Libya “then” bombed Chad,» the Libyan army said on Tuesday. \"It's 'war',\" Niger's "
        "foreign ministry told Reuters: 'Chad will \"never\" attack Niger.'\n"
        "„Mali“ accused ``Algeria'' of arming rebels; ”Algeria„ denied arming them.\n"
    ),
    "long-sentence.txt": (
        "A very long sentence\nPublished: 2023-03-01\n\n"
        + "Peru said that "
        + ", and ".join(f"Chile {verb} Bolivia in {year}" for year in range(1900, 1920) for verb in ("attacked", "praised", "sanctioned"))
        + ".\n"
    ),
    "odd-spaces.txt": (
        "\ufeffSpaces\u00a0of\u2003all\u3000kinds\u2028Published: 2024-11-05\u2029\n"
        "\u200bThe United\u00a0States\u2009imposed\u202fsanctions\u00a0on\u2007Iran\u200b\u2060 on\u00a05\u00a0November.\x0b\x0c\n"
        "\u202eTurkey\u202c attacked\u00ad Syria\u0085\tIran   and \u00a0 Iraq \t held    talks in  Baghdad.\r\r\n\u2028\n"
    ),
    "other-letters.txt": (
        "𝐑𝐮𝐬𝐬𝐢𝐚 and Re\u0301union\nPublished: 2024-02-29\n\n"
        "𝐑𝐮𝐬𝐬𝐢𝐚 aside, Russia shelled Kharkiv on Monday, Président Zo\u0308e\u0308 Ne\u0301e of Côte d'Ivoire said. "
        "Türkiye praised São Tomé; Россия и Украина: Ukraine attacked Russia with 𝟏𝟎 drones. ﬁve ﬂags. İzmir. ẞ.\n"
    ),
    "hostile.txt": (
        "<script>alert(1)</script> \\u0022 \"}) DROP ALL; --\nPublished: 2024-07-07\nPublisher: <b>\"Daily\\n\" & 'Sons'\n"
        "URL: https://example.org/a?b=<c>\n\n"
        "President <img src=x onerror=alert(1)> \x1b[31mOmar\x08 \\\"Quote\\\" Diallo of Guinea praised Mali\\. \u2028 Hackers of "
        "http://example.org/> . <urn:x> <urn:y> <urn:z> . attacked Senegal; Guinea accused `Mali` of attacking ''Senegal'' {{7*7}}.\n"
    ),
    "nothing-happened.txt": (
        "What may never be\nPublished: 2024-08-01\n\n"
        "Kenya will impose sanctions on Uganda. Ghana may attack Togo. Benin did not sanction Togo. Gabon plans to expel "
        "the Angolan ambassador. Zambia denied attacking Malawi. Analysts expect Laos to sanction Nepal. If Fiji attacks "
        "Tonga, Samoa will blockade Fiji.\n"
    ),
}  # fmt: skip

# Only events of these articles have no edge at all.
UNDONE = "nothing-happened.txt"


def write_tricky(folder: Path) -> list[Path]:
    for name, text in TRICKY.items():
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in sorted(TRICKY)]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    def refuse(error: Exception) -> None:
        raise error

    paths = [*sorted(EXAMPLES.glob("*.txt")), *write_tricky(tmp_path_factory.mktemp("tricky"))]
    return list(read_articles(paths, on_skip=refuse))


@pytest.fixture(scope="module")
def extractions(articles: list[Article], pipeline: Pipeline) -> list[Extraction]:
    return list(pipeline.extract(articles))


@pytest.fixture(scope="module")
def store(extractions: list[Extraction], ontology: Ontology) -> Iterator[Store]:
    with Store.in_memory() as made:
        made.add(extractions)
        made.refresh(ontology)
        yield made


def exported(store: Store, format_: str, ontology: Ontology) -> str:
    stream = StringIO()
    export(store, format_, stream, ontology)
    return stream.getvalue()


def spans(extraction: Extraction) -> Iterator[Span]:
    for report in extraction.reports:
        yield from (report.sentence, report.trigger)
        yield from (item.span for item in (*report.fillers, *report.attribution, *report.quantities))
    yield from (fact.sentence for fact in extraction.facts)


@pytest.mark.model
class TestOffsets:
    def test_every_article_reports_something(self, extractions: list[Extraction]) -> None:
        assert [e.article.source for e in extractions if not e.reports] == []

    def test_the_words_stand_where_they_are_said_to(self, extractions: list[Extraction]) -> None:
        wrong = [
            (e.article.source, s)
            for e in extractions
            for s in spans(e)
            if e.article.text[s.start : s.end] != s.text or not s.text
        ]
        assert wrong == []

    def test_nothing_was_refused_for_its_words(self, extractions: list[Extraction]) -> None:
        assert [(e.article.source, e.refused) for e in extractions if e.refused] == []

    def test_the_trigger_stands_in_its_sentence_and_the_sentence_in_a_block(
        self, extractions: list[Extraction]
    ) -> None:
        for extraction in extractions:
            for report in extraction.reports:
                sentence, trigger = report.sentence, report.trigger
                assert sentence.start <= trigger.start < trigger.end <= sentence.end
                assert any(a <= sentence.start and sentence.end <= b for a, b in extraction.article.blocks)

    def test_participants_stand_in_the_sentence(self, extractions: list[Extraction]) -> None:
        apart = [
            (e.article.source, filler.span)
            for e in extractions
            for report in e.reports
            for filler in report.fillers
            if not any(a <= filler.span.start and filler.span.end <= b for a, b in e.article.blocks)
        ]
        assert apart == []

    def test_mentions_dates_and_attributions_too(self, articles: list[Article], pipeline: Pipeline) -> None:
        for article, record in zip(articles, pipeline.annotate(articles), strict=True):
            found = [*record["mentions"], *record["dates"]]
            found += [part for item in record["attributions"] for part in item.values()]
            assert found, article.source
            assert [x for x in found if article.text[x["start"] : x["end"]] != x["text"]] == []


@pytest.mark.model
class TestGraph:
    def test_there_is_no_blank_node(self, store: Store) -> None:
        quads = list(store.quads())
        assert len(quads) > 1000
        assert [q for q in quads if ox.BlankNode in {type(q.subject), type(q.object), type(q.graph_name)}] == []

    def test_it_conforms_to_its_shapes_and_checks(self, store: Store) -> None:
        assert validate(store) == []

    def test_plain_edges_come_of_what_happened_only(self, store: Store, ontology: Ontology) -> None:
        events = {event.iri: event for event in store.events(ontology)}
        edges = {
            q.subject.value: q.object.value
            for q in store.quads()
            if q.predicate.value == ONTOLOGY_IRI + "event" and "/edge/" in q.subject.value
        }
        assert edges
        assert {events[iri].is_plain for iri in edges.values()} == {True}
        assert len({(event.polarity, event.modality) for event in events.values()}) > 4

    def test_each_direct_triple_is_explained_by_an_edge(self, store: Store, ontology: Ontology) -> None:
        predicates = {ONTOLOGY_IRI + entry.edge for entry in ontology.classes.values() if entry.edge}
        direct = {q.triple for q in store.quads() if q.predicate.value in predicates}
        parts: dict[str, dict[str, ox.NamedNode]] = {}
        for quad in store.quads():
            if "/edge/" in quad.subject.value:
                parts.setdefault(quad.subject.value, {})[quad.predicate.value.rpartition("#")[2]] = quad.object
        explained = {ox.Triple(x["subject"], x["predicate"], x["object"]) for x in parts.values()}
        assert direct
        assert direct <= explained

    def test_what_never_happened_gives_no_edge_at_all(self, extractions: list[Extraction], ontology: Ontology) -> None:
        undone = [e for e in extractions if e.article.source.endswith(UNDONE)]
        assert len(undone[0].reports) > 5
        with Store.in_memory() as made:
            made.add(undone)
            made.refresh(ontology)
            assert [q for q in made.quads() if "/edge/" in q.subject.value] == []
            assert exported(made, "graphml", ontology).count("<edge") == 0

    def test_to_take_an_article_out_equals_never_having_read_it(
        self, extractions: list[Extraction], ontology: Ontology
    ) -> None:
        quads = []
        for some in (extractions, extractions[1:]):
            with Store.in_memory() as made:
                made.add(some)
                made.remove(extractions[0].article.iri)
                made.refresh(ontology)
                quads.append(set(made.quads()))
        assert quads[0] == quads[1]


Term = tuple[str, ...]


def plain(term: object) -> Term:
    """Give a term of pyoxigraph or of rdflib in one form: a literal by its words, not by its value."""
    import rdflib

    if isinstance(term, rdflib.Literal):
        return ("literal", str(term), str(term.datatype or ""), term.language or "")
    if isinstance(term, ox.Literal):
        datatype = "" if term.language or term.datatype.value.endswith("#string") else term.datatype.value
        return ("literal", term.value, datatype, term.language or "")
    if isinstance(term, ox.DefaultGraph) or term == rdflib.graph.DATASET_DEFAULT_GRAPH_ID:
        return ("default",)
    return ("iri", term.value if isinstance(term, ox.NamedNode) else str(term))


RDF = {
    "turtle": ("turtle", ox.RdfFormat.TURTLE),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "ntriples": ("nt", ox.RdfFormat.N_TRIPLES),
    "nquads": ("nquads", ox.RdfFormat.N_QUADS),
    "jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
}


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("format_", RDF)
def test_both_libraries_read_the_same_triples(
    store: Store, ontology: Ontology, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    rdflib_name, ox_format = RDF[format_]
    import rdflib

    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    text = exported(store, format_, ontology)
    graphs = format_ in {"trig", "nquads"}
    theirs = {tuple(map(plain, (q.subject, q.predicate, q.object, q.graph_name))) for q in ox.parse(text, ox_format)}
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=rdflib_name)
    ours = {
        (plain(s), plain(p), plain(o), plain(g) if g is not None else ("default",)) for s, p, o, g in dataset.quads()
    }
    assert len(theirs) > 1000
    assert ours == theirs
    stored = {
        tuple(map(plain, (q.subject, q.predicate, q.object, q.graph_name if graphs else ox.DefaultGraph())))
        for q in store.quads()
    }
    assert theirs == stored


# In a process of its own: builds, asks, draws and writes; a guard ends it when it turns to the network.
STEPS = """
import json, sys
from kg.cli import main
if __name__ == "__main__":
    for arguments in json.loads(sys.argv[1]):
        try:
            main(arguments)
        except SystemExit as end:
            if end.code:
                raise
"""
GUARD = """
import os, sys

def guard(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        if event in {"socket.getaddrinfo", "socket.gethostbyname"} or not isinstance(arguments[1], (str, bytes)):
            with open(os.environ["GUARD_LOG"], "a") as log:
                log.write(f"{event} {arguments}\\n")
            raise OSError("no network here")

sys.addaudithook(guard)
"""
SEEDS = ("0", "1", "2", "3", "42", "4294967295")


@pytest.fixture
def guarded(tmp_path: Path):
    """Give a function that runs Python in `folder`, with a hash seed and without network; it gives what was tried."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    log = tmp_path / "guard" / "log"

    def run(*arguments: str, folder: Path, seed: str = "0") -> tuple[int, str, list[str]]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
        path = os.pathsep.join(filter(None, [str(tmp_path / "guard"), os.environ.get("PYTHONPATH")]))
        environment |= {"PYTHONHASHSEED": seed, "PYTHONPATH": path, "GUARD_LOG": str(log)}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return done.returncode, done.stderr, log.read_text().splitlines() if log.exists() else []

    return run


def test_the_guard_sees_what_turns_to_the_network(guarded, tmp_path: Path) -> None:
    program = "import urllib.request as u; u.urlopen('http://127.0.0.1:9/')"
    code, _, tried = guarded("-c", program, folder=tmp_path)
    assert code == 1
    assert [line.split()[0] for line in tried] == ["socket.getaddrinfo"]


@pytest.mark.model
def test_any_hash_seed_order_and_number_of_workers_gives_the_same_bytes_without_network(
    guarded, tmp_path: Path
) -> None:
    """Six builds of the same articles; each is asked, some are drawn. The guard holds in the worker processes too."""
    texts = tmp_path / "texts"
    texts.mkdir()
    write_tricky(texts)
    for path in sorted(EXAMPLES.glob("*.txt")):
        (texts / path.name).write_bytes(path.read_bytes())
    names = sorted(path.name for path in texts.iterdir())
    written: dict[str, set[bytes]] = {}
    for number, seed in enumerate(SEEDS):
        order = random.Random(number).sample(names, len(names))
        out = tmp_path / f"run{number}"
        out.mkdir()
        store = ["--store", str(out / "kg.store")]
        steps = [
            ["build", *order, *store, "--jobs", "2" if number == 1 else "1"],
            *(["export", *store, "--format", name, "-o", str(out / f"graph.{name}")] for name in FORMATS),
            ["query", "launches", *store],
            *([["view", *store, "-o", str(out / "page.html")]] if number < 2 else []),
        ]
        code, errors, tried = guarded("-c", STEPS, json.dumps(steps), folder=texts, seed=seed)
        assert (code, tried) == (0, []), errors
        for path in out.iterdir():
            if path.is_file():
                written.setdefault(path.name, set()).add(path.read_bytes())
    assert sorted(written) == sorted([*(f"graph.{name}" for name in FORMATS), "page.html"])
    assert {name: len(versions) for name, versions in written.items()} == dict.fromkeys(written, 1)
    assert all(len(next(iter(versions))) > 500 for versions in written.values())
