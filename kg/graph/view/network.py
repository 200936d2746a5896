"""A pyvis network that writes one safe, self-contained page.

pyvis as it comes loads parts from other machines, escapes nothing and writes beside the working directory; of it are
kept the collecting of nodes and edges in the form that vis-network reads, and vis-network itself, which it ships.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import jinja2
import pyvis
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = (
    "dom", "data", "filters", "focus", "arrange", "look", "crowd", "space", "writing", "graph", "keys", "legend",
    "overview", "panel", "evidence", "lists", "timeline", "download", "main",
)  # fmt: skip

# What would end the block, or begin a comment or an entity in it; line ends of JavaScript; halves of characters.
_UNSAFE = re.compile("[<>&\u2028\u2029\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class PageNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """Nodes and edges for vis-network, and the page around them."""

    def __init__(self) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = jinja2.Environment(
            loader=jinja2.FunctionLoader(_own), autoescape=True, undefined=jinja2.StrictUndefined
        )
        self.path = "page.html.j2"

    def add_node(self, n_id: int, label: str, **options: object) -> None:
        """Add a node as it is; colours and shapes are given by the page, which knows light from dark."""
        self.node_map[n_id] = _lean(Node(n_id, None, label, **options).options)
        self.nodes.append(self.node_map[n_id])

    def add_edge(self, source: int, to: int, **options: object) -> None:
        """Add an edge as it is, beside others between the same nodes."""
        self.edges.append(_lean(Edge(source, to, **options).options))

    def pieces(self, title: str, data: Mapping[str, Any]) -> Iterator[str]:
        """Give the page piece by piece; `data` is what its script reads beside `nodes` and `edges`.

        What is an iterator in `data` becomes a list, and is read as the page is written.
        """
        style = _own("page.css")
        scripts = (_vis_network(), _program())
        policy = "; ".join(
            (
                "default-src 'none'",
                f"script-src {' '.join(_source(script) for script in scripts)}",
                f"style-src {_source(style)}",
                "connect-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'",
            )
        )
        yield from self.templateEnv.get_template(self.path).generate(
            title=_NOT_TEXT.sub("\ufffd", title),
            policy=Markup(policy),
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            data=map(Markup, json_pieces({**data, "nodes": iter(self.nodes), "edges": iter(self.edges)})),
        )


def json_pieces(data: Mapping[str, Any]) -> Iterator[str]:
    """Give `data` as JSON that may stand in a script block, one item of an iterator at a time."""
    for at, (key, value) in enumerate(sorted(data.items())):
        yield f"{',' if at else '{'}{as_json(key)}:"
        if isinstance(value, Iterator):
            yield "["
            for number, item in enumerate(value):
                yield f"{',' if number else ''}\n{as_json(item)}"
            yield "]"
        else:
            yield as_json(value)
    yield "}"


def as_json(data: object) -> str:
    """Give `data` as JSON that may stand in a script block, whatever text it holds."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _lean(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _source(text: str) -> str:
    """Give the Content-Security-Policy source of an inline block."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own(name: str) -> str:
    return files("kg.graph.view").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _vis_network() -> str:
    """Give vis-network with the line ends that a parser of HTML makes of it, so that its hash stays right."""
    text = files(pyvis).joinpath(VIS_NETWORK).read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def _program() -> str:
    parts = "\n".join(_own(f"js/{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'
