"""Where the nodes stand: computed here, once, so that the page opens still and the same each time.

Stress majorisation (Gansner, Koren, North 2004) places nodes so that their distance on the page is their distance along
the lines. It is written out here, because networkx's Kamada-Kawai minimises the same stress fifty times slower at 40
nodes, and its springs cannot tell a long line from a short one. Sums are taken element by element and not by BLAS,
whose results change with the number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.graph.view.clutter import ASPECT, Clutter, Lines
from kg.graph.view.tidy import apart, lying, settled

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.float64]

SEED = 20
# How many drawings are tried of a part up to the first limit; above the second, only the strongest nodes are placed
# by stress, and the others beside them.
STARTS, STARTS_LIMIT, STRESS_LIMIT = 12, 60, 400
ROUNDS, FEWER_ROUNDS = 160, 60
# Pixels between two parts that nothing joins.
GAP = 70.0
# A part is stretched towards the shape of a screen, but not beyond this.
STRETCH = 1.35
# Of the lines, this share comes out long enough at first; the others are stretched one by one.
TIGHT = 0.3
# Nodes that no line joins stand so many times as far apart as others usually do.
APART = 1.3
# Room for all names, as a multiple of their area.
ROOM = 1.7
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
        known = graph.edges[start, end] if graph.has_edge(start, end) else {"length": 0.0, "count": 0}
        longer = known["length"] * (1 + PARALLEL)
        graph.add_edge(start, end, length=max(longer, length), count=known["count"] + 1)
    return graph


def _part(whole: nx.Graph, nodes: list[int], sizes: Places) -> Places:
    """Place one connected part: of several drawings, the one with the fewest crossings and lines across names."""
    import numpy as np

    if len(nodes) == 1:
        return np.zeros((1, 2))
    row = {node: at for at, node in enumerate(nodes)}
    ends = [(a, b) for a in nodes for b in sorted(whole[a]) if a < b]
    lines = Lines(
        np.array([(row[a], row[b]) for a, b in ends]),
        np.array([whole.edges[pair]["length"] for pair in ends]),
        np.array([whole.edges[pair]["count"] for pair in ends]),
    )
    random = np.random.default_rng(SEED)
    if len(nodes) > STRESS_LIMIT:
        return _scaled(_grown(lines, len(nodes), random), lines, sizes)
    ways = _distances(lines.pairs, lines.lengths, len(nodes))
    many = len(nodes) <= STARTS_LIMIT
    drawings = [
        _scaled(_stress(ways, random.random((len(nodes), 2)), ROUNDS if many else FEWER_ROUNDS), lines, sizes)
        for _ in range(min(STARTS, 2 ** (len(nodes) - 2)) if many else 1)
    ]
    if not many:
        return drawings[0]
    return settled(min(drawings, key=Clutter(lines, sizes)), lines, sizes, random)


def _distances(pairs: npt.NDArray[np.int64], lengths: Places, size: int) -> Places:
    """Give the distance along the lines between all nodes; rather more than the usual where there is no way."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import shortest_path

    matrix = coo_array((lengths, (pairs[:, 0], pairs[:, 1])), shape=(size, size)).tocsr()
    ways: Places = shortest_path(matrix, directed=False)
    known = ways[np.isfinite(ways) & (ways > 0)]
    ways[np.isinf(ways)] = APART * float(np.median(known)) if known.size else 1.0
    return ways


def _stress(ways: Places, places: Places, rounds: int) -> Places:
    """Move nodes until their distances on the page are about `ways`; near ones count most."""
    import numpy as np

    places = (places - 0.5) * ways.max()
    weight = 1 / np.maximum(ways, 1e-9) ** 2
    np.fill_diagonal(weight, 0)
    total = weight.sum(axis=1)
    for _ in range(rounds):
        x, y = places[:, 0, None] - places[:, 0], places[:, 1, None] - places[:, 1]
        pull = weight * ways / np.maximum(np.sqrt(x * x + y * y), 1e-9)
        moved = np.stack([((weight * places[:, axis]) + pull * (x, y)[axis]).sum(axis=1) for axis in (0, 1)], axis=1)
        places = (places + moved / total[:, None]) / 2
    return places


def _grown(lines: Lines, size: int, random: np.random.Generator) -> Places:
    """Place the strongest nodes by stress, and each other one beside its strongest neighbour, ring by ring."""
    import numpy as np

    pairs, lengths = lines.pairs, lines.lengths
    inner = (pairs < STRESS_LIMIT).all(axis=1)
    ways = _distances(pairs[inner], lengths[inner], STRESS_LIMIT)
    places = np.zeros((size, 2))
    places[:STRESS_LIMIT] = _stress(ways, random.random((STRESS_LIMIT, 2)), FEWER_ROUNDS)
    near: list[list[int]] = [[] for _ in range(size)]
    for one, two in pairs.tolist():
        near[one].append(two)
        near[two].append(one)
    unit = float(np.median(lengths)) / 3
    placed, beside = set(range(STRESS_LIMIT)), [0] * size
    while len(placed) < size:
        for node in [node for node in range(size) if node not in placed]:
            if hosts := [other for other in near[node] if other in placed]:
                host = min(hosts)
                beside[host] += 1
                angle = 2.399963 * beside[host]  # the golden angle: leaves never stand in one line
                places[node] = places[host] + unit * beside[host] ** 0.5 * np.array([np.cos(angle), np.sin(angle)])
                placed.add(node)
    return places


def _scaled(places: Places, lines: Lines, sizes: Places) -> Places:
    """Make lines about as long as they need, fill the shape of a screen, and part the names that overlap."""
    import numpy as np

    places = lying(places)
    wide, high = np.ptp(places, axis=0) + 1e-9
    stretch = np.clip(np.sqrt(ASPECT * high / wide), 1 / STRETCH, STRETCH)
    places = places * np.array([stretch, 1 / stretch])
    found = np.linalg.norm(places[lines.pairs[:, 0]] - places[lines.pairs[:, 1]], axis=1)
    enough = float(np.quantile(lines.lengths / np.maximum(found, 1e-9), TIGHT))
    room = ROOM * float(sizes.prod(axis=1).sum()) / max(float(wide * high), 1e-9)
    return apart(places * max(enough, room**0.5 if len(places) > STARTS_LIMIT else 0.0), lines, sizes)


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
