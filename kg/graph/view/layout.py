"""Where the nodes stand: computed here, once, so that the page opens still and the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.graph.view.tidy import apart, clutter, lying

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.float64]

SEED = 20
# Kamada-Kawai draws small graphs best and is cubic: from several starts up to the first limit, from one up to the
# second. Above the third even springs take seconds. Measured on two cores: 0.5 s at 40 nodes, 1 s at 500.
STARTS_LIMIT, KAMADA_KAWAI_LIMIT, SPRING_LIMIT = 60, 120, 500
STARTS = 6
# Pixels between two parts that nothing joins.
GAP = 70.0
# The room for a graph is a little wider than high; a part is stretched towards that, but not beyond `STRETCH`.
ASPECT, STRETCH = 1.2, 1.35
# Of the lines, this share comes out long enough at first; the others are stretched one by one.
TIGHT = 0.3
# Each parallel line makes the way longer by this share.
PARALLEL = 0.08

Box = tuple[float, float]
Link = tuple[int, int, float]


def layout(boxes: Sequence[Box], links: Sequence[Link]) -> list[tuple[int, int]]:
    """Give each node a place, in pixels.

    `boxes` holds the width and height that each node takes with its label, strongest node first; `links` holds, for
    each line, two indices and the length that its label needs. The same input gives the same places.
    """
    import networkx as nx
    import numpy as np

    if not boxes:
        return []
    graph = _graph(len(boxes), links)
    places = np.zeros((len(boxes), 2))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    extents = []
    for part in parts:
        sizes = np.array([boxes[node] for node in part])
        spread = _part(graph, part, sizes)
        low, high = (spread - sizes / 2).min(axis=0), (spread + sizes / 2).max(axis=0)
        places[part] = spread - low
        extents.append(high - low)
    for part, corner in zip(parts, _shelves(extents), strict=True):
        places[part] += corner
    places -= (places.min(axis=0) + places.max(axis=0)) / 2
    return [(int(x), int(y)) for x, y in places.round()]


def _graph(size: int, links: Sequence[Link]) -> nx.Graph:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    for one, two, length in links:
        start, end = min(one, two), max(one, two)
        known = graph.edges[start, end]["length"] * (1 + PARALLEL) if graph.has_edge(start, end) else 0.0
        graph.add_edge(start, end, length=max(known, length))
    return graph


def _part(whole: nx.Graph, nodes: list[int], sizes: Places) -> Places:
    """Place one connected part: of several drawings, the one with the fewest crossings and lines across names."""
    import networkx as nx
    import numpy as np

    if len(nodes) == 1:
        return np.zeros((1, 2))
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((a, b, whole.edges[a, b]) for a in nodes for b in sorted(whole[a]) if a < b)
    row = {node: at for at, node in enumerate(nodes)}
    pairs = np.array([(row[a], row[b]) for a, b in graph.edges()])
    lengths = np.array([graph.edges[a, b]["length"] for a, b in graph.edges()])
    drawings = [
        _scaled(np.array([found[node] for node in nodes]), pairs, lengths, sizes) for found in _drawings(graph, nodes)
    ]
    if len(drawings) == 1:
        return drawings[0]
    return min(drawings, key=lambda places: clutter(places, pairs, lengths, sizes))


def _drawings(graph: nx.Graph, nodes: list[int]) -> Iterator[dict[int, Places]]:
    import networkx as nx

    if len(nodes) > SPRING_LIMIT:
        yield _grown(graph, nodes)
        return
    if len(nodes) > KAMADA_KAWAI_LIMIT:
        yield nx.spring_layout(graph, weight=None, seed=SEED, iterations=120)
        return
    yield nx.kamada_kawai_layout(graph, weight="length")
    if len(nodes) > STARTS_LIMIT:
        return
    if nx.check_planarity(graph)[0]:
        yield nx.kamada_kawai_layout(graph, weight="length", pos=nx.planar_layout(graph))
    for start in range(STARTS):
        springs = nx.spring_layout(graph, weight=None, seed=SEED + start, iterations=80)
        yield springs
        yield nx.kamada_kawai_layout(graph, weight="length", pos=springs)


def _scaled(places: Places, pairs: npt.NDArray[np.int64], lengths: Places, sizes: Places) -> Places:
    """Make lines about as long as they need, fill the shape of a screen, and part the names that overlap."""
    import numpy as np

    places = lying(places)
    wide, high = np.ptp(places, axis=0) + 1e-9
    stretch = np.clip(np.sqrt(ASPECT * high / wide), 1 / STRETCH, STRETCH)
    places = places * np.array([stretch, 1 / stretch])
    found = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    return apart(places * float(np.quantile(lengths / np.maximum(found, 1e-9), TIGHT)), pairs, lengths, sizes)


def _grown(graph: nx.Graph, nodes: list[int]) -> dict[int, Places]:
    """Place the strongest nodes by springs, and each other one beside its strongest neighbour, ring by ring."""
    import networkx as nx
    import numpy as np

    core = nodes[:SPRING_LIMIT]
    found = dict(nx.spring_layout(graph.subgraph(core), weight=None, seed=SEED, iterations=60))
    unit = 1 / len(core) ** 0.5
    beside: dict[int, int] = {}
    waiting = nodes[SPRING_LIMIT:]
    while waiting:
        later = []
        for node in waiting:
            near = min((other for other in graph[node] if other in found), default=None)
            if near is None:
                later.append(node)
                continue
            beside[near] = step = beside.get(near, 0) + 1
            angle = 2.399963 * step  # the golden angle: leaves never stand in one line
            found[node] = found[near] + unit * step**0.5 * np.array([np.cos(angle), np.sin(angle)])
        waiting = later
    return found


def _shelves(extents: Sequence[Places]) -> list[tuple[float, float]]:
    """Set parts side by side, in rows about as wide as the whole is to be, and give the corner of each."""
    area = sum((float(width) + GAP) * (float(height) + GAP) for width, height in extents)
    limit = max(float(extents[0][0]), (area * ASPECT) ** 0.5)
    corners, x, y, row = [], 0.0, 0.0, 0.0
    for width, height in extents:
        if x and x + float(width) > limit:
            x, y, row = 0.0, y + row + GAP, 0.0
        corners.append((x, y))
        x, row = x + float(width) + GAP, max(row, float(height))
    return corners
