// The graph by keyboard: arrows go to the nearest node that way, a neighbour before any other.

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const ZOOMS = { "+": 1.3, "=": 1.3, "-": 1 / 1.3 };

function makeKeys() {
  byId("graph").addEventListener("keydown", (key) => {
    if (key.ctrlKey || key.metaKey || key.altKey || !shownNodes.size) return;
    if (known(ZOOMS, key.key)) zoom(ZOOMS[key.key]);
    else if (key.key === "0") showAll();
    else if (key.key === "Enter" && state.sel) byId("panel").focus();
    else if (known(WAYS, key.key)) walk(WAYS[key.key]);
    else return;
    key.preventDefault();
  });
}

function walk(way) {
  const here = state.sel[0] === "n" ? Number(state.sel.slice(1)) : NaN;
  const next = shownNodes.has(here) ? nearest(here, way) : strongestNode();
  if (next === undefined) return;
  choose(`n${next}`);
  keepInView(next);
  const lines = nodes[next].lines.filter((at) => shownEdges.has(edges[at].id)).length;
  byId("said").textContent = `${nodes[next].full}, ${words(nodes[next].kind)}, ${count(lines, "line")}`;
}

function nearest(here, [wayX, wayY]) {
  const places = network.getPositions([...shownNodes]);
  const neighbours = new Set(nodes[here].lines.filter((at) => shownEdges.has(edges[at].id)).flatMap((at) => [edges[at].from, edges[at].to]));
  let best, least = Infinity;
  for (const other of shownNodes) {
    const x = places[other].x - places[here].x, y = places[other].y - places[here].y;
    const along = x * wayX + y * wayY, aside = Math.abs(x * wayY) + Math.abs(y * wayX);
    if (other === here || along <= 0 || aside > 2 * along) continue;
    const cost = (along + 2 * aside) * (neighbours.has(other) ? 1 : 4);
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

function keepInView(node) {
  const at = network.canvasToDOM(network.getPositions([node])[node]);
  const { clientWidth: width, clientHeight: height } = byId("graph");
  if (at.x < 40 || at.y < 40 || at.x > width - 40 || at.y > height - 40) network.moveTo({ position: network.getPositions([node])[node] });
}
