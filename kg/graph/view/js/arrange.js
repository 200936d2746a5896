// Where nodes stand: at the places that are in the file, except around one node, where its neighbours form a ring, and
// between two, where they stand in columns.

// Pixels.
const RING = 290, RING_STEP = 200, RING_ROOM = 150, CROWDED_RING = 14, WIDER = 1.3, COLUMN = 460, ROW = 190;

function placesOf(shown, level) {
  if (!focus) return new Map([...shown].map((id) => [id, nodes[id].places[level] ?? nodes[id].places.at(-1)]));
  return focus.ends.length === 2 ? inColumns(shown) : inRing(shown);
}

// Neighbours keep the direction in which they stand on the whole graph.
function inRing(shown) {
  const [centre] = focus.ends;
  const [x, y] = nodes[centre].places.at(-1);
  const angle = (id) => Math.atan2(nodes[id].places.at(-1)[1] - y, nodes[id].places.at(-1)[0] - x);
  const others = [...shown].filter((id) => id !== centre).sort((a, b) => angle(a) - angle(b) || a - b);
  const rings = Math.ceil(others.length / CROWDED_RING);
  const inner = Math.max(RING, (others.length * RING_ROOM) / (2 * Math.PI * Math.max(1, rings)));
  const found = new Map([[centre, [0, 0]]]);
  others.forEach((id, at) => {
    const radius = inner + (at % Math.max(1, rings)) * RING_STEP;
    const turn = (2 * Math.PI * at) / others.length - Math.PI / 2;
    found.set(id, [Math.round(WIDER * radius * Math.cos(turn)), Math.round(radius * Math.sin(turn))]);
  });
  return found;
}

function inColumns(shown) {
  const [one, other] = focus.ends;
  const width = COLUMN * Math.max(SHORTEST_DETOUR, focus.length ?? SHORTEST_DETOUR);
  const columns = new Map();
  for (const id of shown) {
    const share = id === one ? 0 : id === other ? 1 : focus.fromOne.get(id) / (focus.fromOne.get(id) + focus.fromOther.get(id));
    columns.set(share, [...(columns.get(share) ?? []), id]);
  }
  const found = new Map();
  for (const [share, ids] of columns) {
    ids.sort((a, b) => nodes[a].places.at(-1)[1] - nodes[b].places.at(-1)[1] || a - b);
    // Between two that are joined directly, the middle stays free for the lines that join them.
    const gap = focus.length === 1 && share > 0 && share < 1 ? 1 : 0;
    ids.forEach((id, at) => {
      const row = at - (ids.length - 1) / 2;
      found.set(id, [Math.round(share * width), Math.round((row + gap * (row >= 0 ? 1 : -1)) * ROW)]);
    });
  }
  return found;
}
