// The graph, drawn by vis-network at the places that are in the file; nothing moves by itself.

let network = null;
let nodeSet, edgeSet;
let layoutShown = null;
let shownNodes = new Set();
let shownEdges = new Set();
let colours = {};

const LETTER = 7;
const READABLE = 0.7;
const CROWD = 80;
const hasCore = nodes.some((node) => !node.core);

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function readColours() {
  const names = ["ink", "soft", "ground", "accent", "denied", "disputed", "other", ...Object.values(TONES)];
  colours = Object.fromEntries(names.map((name) => [name, css(name)]));
  for (const family of Object.keys(FAMILIES)) colours[family] = css(`n-${family}`);
}

const lineColour = (edge) => colours[edge.look] ?? colours[tone(edge.type)];

function nodeOptions(node, visible) {
  const family = FAMILIES[node.family] ?? FAMILIES.thing;
  const box = node.family === "event";
  const fill = box ? colours.ground : colours[node.family];
  return {
    id: node.id, label: node.label, shape: family.shape, size: node.size, hidden: !visible,
    color: { background: fill, border: box ? colours.soft : colours.ground,
      highlight: { background: fill, border: colours.accent }, hover: { background: fill, border: colours.accent } },
    font: { color: colours.ink, strokeWidth: box ? 0 : 4, strokeColor: colours.ground },
  };
}

function edgeLabel(edge, number) {
  const boxed = nodes[edge.from].family === "event" || nodes[edge.to].family === "event";
  const times = number > 1 ? `×${number}` : "";
  const name = [boxed ? "" : classLabel(edge.type), times].filter(Boolean).join(" ");
  return [name, LOOKS[edge.look]?.word].filter(Boolean).join(" · ") ;
}

function edgeOptions(edge, number, visible) {
  const colour = lineColour(edge);
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: !visible, label: edgeLabel(edge, number),
    color: { color: colour, highlight: colours.accent, hover: colour },
    width: 1.4 + Math.min(4, Math.log2(Math.max(1, number))),
    dashes: LOOKS[edge.look]?.dashes ?? false,
    arrows: { to: { enabled: edge.arrow, scaleFactor: 0.75 } },
    smooth: edge.bend ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) } : false,
    font: { color: colour, background: colours.ground, strokeWidth: 0 },
  };
}

function makeGraph() {
  readColours();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  network = new vis.Network(byId("graph"), { nodes: nodeSet, edges: edgeSet }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, hideEdgesOnZoom: false,
      hideEdgesOnDrag: edges.length > 1500, zoomSpeed: 0.6 },
    nodes: { borderWidth: 2, borderWidthSelected: 4, widthConstraint: { maximum: 170 }, shapeProperties: { borderRadius: 4 },
      font: { size: 17, face: "system-ui, sans-serif" }, scaling: { label: { drawThreshold: 6 } } },
    edges: { font: { size: 14, face: "system-ui, sans-serif", align: "middle" }, hoverWidth: 0.6, selectionWidth: 1.2,
      scaling: { label: { drawThreshold: 7 } } },
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) choose(`n${node}`);
    else choose(edge ?? "");
  });
  network.on("hoverNode", ({ node, event }) => tip(`${nodes[node].full}: ${count(eventsAt(nodes[node]).length, "event")}`, event));
  network.on("hoverEdge", ({ edge, event }) => tip(edgeTip(edges[Number(edge.slice(1))]), event));
  for (const over of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(over, () => tip(""));
  network.on("afterDrawing", drawMarks);
  byId("graph").addEventListener("keydown", walk);
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => network.fit({ nodes: [...shownNodes] }));
}

const zoom = (by) => network.moveTo({ scale: network.getScale() * by });

function edgeTip(edge) {
  const number = visibleEvents(edge).length;
  return `${edgeTitle(edge)}: ${classLabel(edge.type)}, ${LOOKS[edge.look]?.label.toLowerCase() ?? edge.look}, ${count(number, "event")}`;
}

function tip(text, pointer) {
  const shown = byId("tip");
  shown.hidden = !text;
  shown.textContent = text;
  if (!text || !pointer) return;
  const frame = byId("frame").getBoundingClientRect();
  shown.style.left = `${Math.min(pointer.clientX - frame.left + 14, frame.width - shown.offsetWidth - 6)}px`;
  shown.style.top = `${Math.max(pointer.clientY - frame.top - shown.offsetHeight - 8, 4)}px`;
}

const eventsAt = (node) => [...new Set(node.lines.flatMap((at) => visibleEvents(edges[at])))].map((at) => events[at]);

// Where on a line, as shares of it, there is room on both sides of its label.
function besideLabel(edge) {
  const { [edge.from]: from, [edge.to]: to } = network.getPositions([edge.from, edge.to]);
  const away = (edgeLabel(edge, edge.number).length * LETTER) / 2 + 10;
  const share = Math.min(0.36, away / Math.max(1, Math.hypot(to.x - from.x, to.y - from.y)));
  return [0.5 - share, 0.5 + share];
}

// Denied lines are crossed and disputed ones bear ≠: vis-network has no such line ends, so they are drawn over it.
function drawMarks(context) {
  for (const id of shownEdges) {
    const edge = edges[Number(id.slice(1))];
    const mark = LOOKS[edge.look]?.mark;
    const drawn = mark && network.body.edges[id];
    if (!drawn || !drawn.connected) continue;
    context.save();
    context.strokeStyle = lineColour(edge);
    context.lineWidth = 2.4;
    context.setLineDash([]);
    for (const at of besideLabel(edge)) {
      const { x, y } = drawn.edgeType.getPoint(at);
      context.beginPath();
      (mark === "cross" ? [[-6, -6, 6, 6], [-6, 6, 6, -6]] : [[-6, -3, 6, -3], [-6, 3, 6, 3], [-4, 7, 4, -7]]).forEach(([a, b, c, d]) => {
        context.moveTo(x + a, y + b);
        context.lineTo(x + c, y + d);
      });
      context.stroke();
    }
    context.restore();
  }
}

// Which lines are shown: all that have an event left, and of those the strongest part unless all are asked for. Where
// nothing of the strongest part is left, the rest is shown instead of nothing.
function showGraph(recolour = false) {
  const lit = edges.map((edge) => visibleEvents(edge).length);
  const inCore = (edge) => nodes[edge.from].core && nodes[edge.to].core;
  const coreLit = edges.some((edge, at) => lit[at] && inCore(edge));
  const whole = !hasCore || state.all === "1" || !coreLit;
  const kept = edges.filter((edge, at) => lit[at] && (whole || inCore(edge)));
  const keptNodes = new Set(kept.flatMap((edge) => [edge.from, edge.to]));
  const layout = whole ? "place" : "core";
  const moved = layout !== layoutShown;
  layoutShown = layout;
  shownNodes = keptNodes;
  shownEdges = new Set(kept.map((edge) => edge.id));
  update(lit, layout, moved, recolour);
  showNote(kept, whole, lit);
  showEmpty(kept.length);
  if (moved) fit();
}

// What was drawn before and looks the same is only hidden or shown: that is what most filters ask for, and telling
// vis-network all about 5,000 lines again takes it most of a second.
function update(lit, layout, moved, recolour) {
  const [nodeUpdates, edgeUpdates] = [[], []];
  for (const node of nodes) {
    const visible = shownNodes.has(node.id);
    const drawn = network.body.nodes[node.id];
    if (!visible && !drawn) continue;
    if (drawn && !moved && !recolour) {
      drawn.options.hidden = !visible;
      continue;
    }
    const [x, y] = node[layout] ?? node.place;
    nodeUpdates.push({ ...nodeOptions(node, visible), x, y });
  }
  edges.forEach((edge, at) => {
    const visible = shownEdges.has(edge.id);
    const drawn = network.body.edges[edge.id];
    if (!visible && !drawn) return;
    if (drawn && !recolour && (!visible || edge.number === lit[at])) {
      drawn.options.hidden = !visible;
      return;
    }
    if (visible) edge.number = lit[at];
    edgeUpdates.push(edgeOptions(edge, edge.number, visible));
  });
  nodeSet.update(nodeUpdates);
  edgeSet.update(edgeUpdates);
  network.body.emitter.emit("_dataChanged");
}

// All of it if names can then be read, else the strongest node and what is around it.
function fit() {
  if (!shownNodes.size) return;
  network.fit({ nodes: [...shownNodes] });
  if (network.getScale() > 1.2) network.moveTo({ scale: 1.2 });
  if (network.getScale() >= READABLE || shownNodes.size > CROWD) return;
  const first = Math.min(...shownNodes);
  network.moveTo({ position: network.getPositions([first])[first], scale: READABLE });
}

function showNote(kept, whole, lit) {
  const note = byId("note");
  const litNodes = new Set(edges.filter((_, at) => lit[at]).flatMap((edge) => [edge.from, edge.to]));
  const litLines = lit.filter(Boolean).length;
  const parts = [];
  if (kept.length < litLines) {
    parts.push(`Shown: the strongest ${shownNodes.size} of ${count(litNodes.size, "node")} and ${kept.length} of ${count(litLines, "line")}. `,
      button("Show all", () => change({ all: "1" })));
  } else if (hasCore && whole) {
    parts.push(`Shown: all ${count(litNodes.size, "node")} and ${count(litLines, "line")}. `);
    if (state.all) parts.push(button("Show the strongest", () => change({ all: "" })));
  }
  const loose = data.undrawn.filter((at) => !events[at].failed).length;
  if (loose) parts.push(` ${count(loose, "event")} ${loose === 1 ? "names" : "name"} no actor and no place: see the table.`);
  note.replaceChildren(...parts);
}

function showEmpty(lines) {
  const message = byId("empty");
  message.hidden = lines > 0;
  byId("zoom").hidden = lines === 0;
  if (lines) return;
  if (!events.length) message.replaceChildren("There are no events here. Build a graph from some articles first, or ask for fewer filters.");
  else if (!selection.length) message.replaceChildren("No event passes these filters. ", button("Reset the filters", () => reset()));
  else message.replaceChildren("The events that are left name no actors and no place, so there is nothing to draw. ", button("See the table", () => change({ view: "table" })));
}

function markSelection() {
  if (!network) return;
  const [kind, number] = [state.sel[0], state.sel.slice(1)];
  const chosenNodes = kind === "n" && shownNodes.has(Number(number)) ? [Number(number)] : [];
  const lines = kind === "v" ? events[number]?.lines.map((at) => edges[at].id) ?? [] : kind === "e" ? [state.sel] : [];
  network.setSelection({ nodes: chosenNodes, edges: lines.filter((id) => shownEdges.has(id)) }, { highlightEdges: false });
  const node = chosenNodes[0];
  const near = node === undefined ? [] : nodes[node].lines.filter((at) => shownEdges.has(edges[at].id));
  byId("graph").setAttribute("aria-label", node === undefined
    ? `Graph of ${count(shownNodes.size, "node")} and ${count(shownEdges.size, "line")}`
    : `${nodes[node].full}, ${count(near.length, "line")}`);
}

// Arrow keys: the nearest node that way, a neighbour before any other.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function walk(key) {
  if (key.key === "Enter" && state.sel) return byId("panel").focus();
  const way = WAYS[key.key];
  if (!way || !shownNodes.size) return undefined;
  key.preventDefault();
  const here = state.sel[0] === "n" ? Number(state.sel.slice(1)) : NaN;
  const next = shownNodes.has(here) ? nearest(here, way) : Math.min(...shownNodes);
  if (next === undefined) return undefined;
  choose(`n${next}`);
  return keepInView(next);
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
