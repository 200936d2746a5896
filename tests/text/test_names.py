"""Names in running text: what each is linked to, with exact spans, and what stays without a link."""

import pytest

from kg.model import Article

pytestmark = pytest.mark.model

WIKIDATA = "wikidata.org"


@pytest.fixture(scope="module")
def links(pipeline):
    """Give the names of a text with the labels of what they are linked to, None for no link; parts of names apart."""

    def annotate(text: str, *, parts: bool = False) -> dict[str, str | None]:
        (record,) = pipeline.annotate([Article("text", "text.txt", text, ((0, len(text)),))])
        return {
            mention["text"]: mention["entity"]["label"] if WIKIDATA in mention["entity"]["id"] else None
            for mention in record["mentions"]
            if "entity" in mention and (mention["form"] == "part") == parts
        }

    return annotate


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("A court in Ghana upheld Joe Biden's claim.", "Joe Biden", "Joe Biden"),
        ("Vladimir V. Putin toured a mine in Russia.", "Vladimir V. Putin", "Vladimir Putin"),
        ("Poland's Radoslaw Sikorski flew to Lodz.", "Lodz", "Łódź"),
        ("Putin toured a Russian mine.", "Putin", "Vladimir Putin"),
        ("President Putin toured a mine.", "Putin", "Vladimir Putin"),
        ("Putin toured a mine in Ghana.", "Putin", None),
        ("Igor Putin toured a Russian mine. Putin liked it.", "Putin", None),
        ("The depot at Aba, Nigeria, burned down.", "Aba", "Aba, Nigeria"),
        ("The depot at Portland, Maine, burned down.", "Portland", None),
    ],
)
def test_a_name_is_linked_only_with_support(links, text, name, label):
    assert links(text)[name] == label


def test_the_state_in_the_name_of_a_body_is_a_part_of_it(links):
    text = "The UK Home Office hired a fellow of the University of Tehran and one of Google India."
    assert links(text, parts=True) == {"UK": "United Kingdom", "Tehran": "Tehran"}


def test_two_towns_are_not_one_name(links):
    assert {"Mandalay", "Bago"} <= set(links("Trucks drove from Mandalay through Bago in Myanmar."))
