"""Variants of a URL name one article; what may name another stays."""

from __future__ import annotations

import pytest

from kg.address import plain_address
from kg.text.blocks import make_article

PLAIN = "https://news.example/a?id=7"


@pytest.mark.parametrize(
    "variant",
    [
        PLAIN,
        "HTTPS://News.EXAMPLE/a?id=7",
        "https://news.example:443/a?id=7",
        "https://news.example/a?utm_source=feed&id=7&UTM_Medium=x",
        "https://news.example/a?id=7&fbclid=A-1_b&gclid&mc_cid=",
    ],
)
def test_variants_are_one_address_and_one_article(variant: str) -> None:
    assert plain_address(variant) == PLAIN
    made, plain = (
        make_article("A title", ((0, 7),), source="a", titled=True, meta={"url": url}, published=None)
        for url in (variant, PLAIN)
    )
    assert (made.id, made.url) == (plain.id, variant)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://news.example:80?", "http://news.example"),
        ("https://news.example/a?utm_id=1#live", "https://news.example/a#live"),
        ("http://Me:Pass@[2001:DB8::80]:80/", "http://Me:Pass@[2001:db8::80]/"),
    ],
)
def test_nothing_is_left_of_what_is_left_out(url: str, plain: str) -> None:
    assert plain_address(url) == plain


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a?id=7",
        "http://news.example:443/A?b=1&a=2&b=1&&c",
        "https://news.example/a?id=7#utm_source=feed",
        "https://news.example/utm_source=1?my_utm_id=1&ref=fbclid",
        "mailto:Desk@News.Example?utm_source=1",
        "HTTP:///a?fbclid=1",
        "http://[::1/?fbclid=1",
        "http://news.example:port/?a=1",
        "no address?",
        "",
    ],
)
def test_the_rest_stays_as_written(url: str) -> None:
    assert plain_address(url) == url
