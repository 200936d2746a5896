// The graph, drawn by vis-network at given places; nothing moves by itself.

let network = null;
let nodeSet, edgeSet;
let arrangement = null;
let shownNodes = new Set();
let shownEdges = new Set();
// The numbers of both, strongest first.
let nameOrder = [], lineOrder = [];

// Of what is around a node or between two, so many nodes are shown at first, and so many lines for each.
const FOCUS_NODES = [24, 96, Infinity];
const LINES_A_NODE = 3;
// Names have room at this scale; more nodes than the crowd are shown as a whole all the same.
const READABLE = 0.36, LARGEST_SCALE = 1.2, WIDE = 1100, MARGIN = 0.97, CROWD = 60;
// Names reach so many letters to the left and to the right of their node.
const HALF_A_NAME = 4;
// Dimming what is not chosen is worth the time up to so many lines.
const DIMMABLE = 500;

function makeGraph() {
  readColours();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  network = new vis.Network(byId("graph"), { nodes: nodeSet, edges: edgeSet }, GRAPH_OPTIONS);
  network.on("click", (at) => choose(thingAt(at)));
  network.on("doubleClick", (at) => {
    const node = nodes[thingAt(at).match(/^n(\d+)$/)?.[1]];
    if (node && !isBox(node)) change({ around: node.iri, path: "" });
  });
  network.on("hoverNode", ({ node, event }) => tip(`${nodes[node].full}: ${count(eventsAt(nodes[node]).length, THING)}`, event));
  network.on("hoverEdge", ({ edge, event }) => tip(edgeTip(edges[Number(edge.slice(1))]), event));
  for (const over of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(over, () => tip(""));
  network.on("beforeDrawing", (context) => beforeDrawing(network, context));
  network.on("afterDrawing", (context) => {
    afterDrawing(network);
    written = write(network, context);
  });
  makeKeys();
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", showAll);
  new ResizeObserver(refit).observe(byId("graph"));
}

const thingAt = ({ pointer, nodes: [node], edges: [edge] }) => writtenAt(pointer.DOM) ?? (node === undefined ? edge ?? "" : `n${node}`);

const zoom = (by) => network.moveTo({ scale: network.getScale() * by });

function edgeTip(edge) {
  return `${edgeTitle(edge)}: ${classLabel(edge.type)}, ${known(LOOKS, edge.look)?.label.toLowerCase() ?? edge.look}, ${count(litCount(edge), THING)}`;
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

// Which lines are shown: all that have an event left, and of those the strongest part unless more is asked for. Where
// nothing of that part is left, the next is shown instead of nothing.
function showGraph(recolour = false) {
  const lit = edges.map((edge, at) => (focus && !focus.lines.has(at) ? 0 : litCount(edge)));
  const all = edges.filter((edge, at) => lit[at]);
  const [kept, level] = focus ? strongestOf(all, lit) : ofLevel(all);
  shownNodes = new Set(kept.flatMap((edge) => [edge.from, edge.to]));
  if (focus && all.length) for (const end of focus.ends) shownNodes.add(end);
  shownEdges = new Set(kept.map((edge) => edge.id));
  nameOrder = [...shownNodes].sort((a, b) => nodes[b].size - nodes[a].size || a - b);
  const wanted = focus ? `${focus.ends} ${[...shownNodes].sort()}` : `level ${level}`;
  const moved = wanted !== arrangement;
  arrangement = wanted;
  crowded = !focus && level === levels - 1 && edges.length > CROWDED_LINES;
  update(lit, placesOf(shownNodes, level), moved, recolour);
  lineOrder = byStrength(kept, lit);
  showNote(kept, all, level);
  showEmpty(kept.length);
  if (moved) fit();
}

// The numbers of lines: those of most events first, and of those alike the short ones, which have least room for words.
// In a crowd they stay as they are in the file, which has the strongest first.
function byStrength(kept, lit) {
  if (kept.length > CROWDED_LINES) return kept.map((edge) => edge.at);
  const place = (id) => network.body.nodes[id];
  const long = new Map(kept.map(({ at, from, to }) => [at, Math.hypot(place(from).x - place(to).x, place(from).y - place(to).y)]));
  return [...long.keys()].sort((a, b) => lit[b] - lit[a] || long.get(a) - long.get(b) || a - b);
}

function ofLevel(all) {
  for (let level = Math.min(state.level, levels - 1); level < levels - 1; level += 1) {
    const kept = all.filter((edge) => edge.level <= level);
    if (kept.length) return [kept, level];
  }
  return [all, levels - 1];
}

function strongestOf(all, lit) {
  const level = Math.min(state.level, FOCUS_NODES.length - 1);
  const strength = new Map();
  all.forEach((edge) => [edge.from, edge.to].forEach((end) => strength.set(end, (strength.get(end) ?? 0) + lit[edge.at])));
  const ranked = [...strength.keys()].sort((a, b) => focus.ends.includes(b) - focus.ends.includes(a) || strength.get(b) - strength.get(a) || a - b);
  const near = new Set(ranked.slice(0, FOCUS_NODES[level] + focus.ends.length));
  const inside = all.filter((edge) => near.has(edge.from) && near.has(edge.to));
  const own = (edge) => focus.ends.includes(edge.from) || focus.ends.includes(edge.to);
  const order = [...inside].sort((a, b) => own(b) - own(a) || lit[b.at] - lit[a.at]);
  const room = level === FOCUS_NODES.length - 1 ? Infinity : LINES_A_NODE * FOCUS_NODES[level];
  return [order.slice(0, room), level];
}

// What was drawn before and looks the same is only hidden or shown: that is what most filters ask for, and telling
// vis-network all about 5,000 lines again takes it most of a second.
function update(lit, places, moved, recolour) {
  const [nodeUpdates, edgeUpdates] = [[], []];
  for (const node of nodes) {
    const visible = shownNodes.has(node.id);
    const drawn = network.body.nodes[node.id];
    if (!visible && !drawn) continue;
    if (drawn && !recolour && (!visible || !moved)) {
      drawn.options.hidden = !visible;
      continue;
    }
    const [x, y] = places.get(node.id) ?? [drawn?.x ?? 0, drawn?.y ?? 0];
    nodeUpdates.push({ ...nodeOptions(node, visible), x, y });
  }
  edges.forEach((edge, at) => {
    const visible = shownEdges.has(edge.id);
    const drawn = network.body.edges[edge.id];
    if (!visible && !drawn) return;
    if (visible) edge.number = lit[at];
    if (drawn && !recolour) {
      Object.assign(drawn.options, { hidden: !visible, width: lineWidth(edge.number) });
      return;
    }
    edgeUpdates.push(edgeOptions(edge, edge.number ?? 0, visible));
  });
  redrawOnce(() => {
    nodeSet.update(nodeUpdates);
    edgeSet.update(edgeUpdates);
    // vis-network does not draw what it believes to be out of sight, and it believes that of what was so before it moved.
    const context = network.canvas.getContext();
    for (const { id } of nodeUpdates) network.body.nodes[id].updateBoundingBox(context);
    if (!nodeUpdates.length && !edgeUpdates.length) network._updateVisibleIndices();
  });
}

// vis-network draws everything at each change that it is told of, and once more in the next frame; the last is enough.
function redrawOnce(work) {
  const { emitter } = network.body;
  emitter.emit("_blockRedraw");
  work();
  emitter.emit("_allowRedraw");
  emitter.emit("_requestRedraw");
}

// All of it if names then have room, and the ways between two in any case; else the actor with most events and what is
// around it.
let fittedFor = null;

function fit() {
  fittedFor = byId("graph").clientWidth;
  if (!shownNodes.size || !fittedFor) return;
  showAll();
  if (network.getScale() >= READABLE || shownNodes.size > CROWD || focus?.ends.length === 2) return;
  const first = focus ? focus.ends[0] : strongestNode();
  network.moveTo({ position: network.getPositions([first])[first], scale: READABLE });
}

const showAll = () => frame(network, byId("graph"), Math.max(LARGEST_SCALE, byId("graph").clientWidth / WIDE));

// Show all nodes, with names in letters of so many pixels, as large as they then are in a holder, but no larger than said.
function frame(drawing, { clientWidth: width, clientHeight: height }, largest, letters = rootSize() * NAME[0]) {
  const places = [...shownNodes].map((id) => [drawing.body.nodes[id], nodes[id].size]);
  // Lines that bend may reach further than the nodes that they join.
  for (const at of lineOrder.length < CROWDED_LINES ? lineOrder : []) if (edges[at].bend) places.push([drawing.body.edges[edges[at].id].edgeType.getPoint(0.5), 0]);
  const low = (axis, less) => Math.min(...places.map(([node, size]) => node[axis] - Math.max(size, less)));
  const high = (axis, more) => Math.max(...places.map(([node, size]) => node[axis] + Math.max(size, more)));
  let scale = largest;
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (let round = 0; round < 3; round += 1) {
    const [aside, below] = [(HALF_A_NAME * letters) / scale, (2 * letters) / scale];
    [left, right, top, bottom] = [low("x", aside), high("x", aside), low("y", below / 2), high("y", 0) + below];
    scale = Math.min(scale, (MARGIN * width) / (right - left), (MARGIN * height) / (bottom - top));
  }
  drawing.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
}

// A window that has changed its width wants another fit.
function refit() {
  if (fittedFor !== null && Math.abs(byId("graph").clientWidth - fittedFor) > 80) fit();
}

function strongestNode() {
  return [...shownNodes].reduce((best, id) => (isBox(nodes[best]) || (!isBox(nodes[id]) && nodes[id].size > nodes[best].size) ? id : best));
}

function showNote(kept, all, level) {
  const litNodes = new Set(all.flatMap((edge) => [edge.from, edge.to]));
  const parts = [];
  const last = focus ? FOCUS_NODES.length - 1 : levels - 1;
  if (focus && !all.length) parts.push(noWay());
  else if (kept.length < all.length) {
    parts.push(`Shown: the strongest ${shownNodes.size.toLocaleString("en")} of ${count(litNodes.size, "node")} and ${kept.length.toLocaleString("en")} of ${count(all.length, "line")}.`);
    if (level + 1 < last) parts.push(button("Show more", () => change({ level: level + 1 })));
    parts.push(button("Show all", () => change({ level: last })));
  } else if (all.length) parts.push(`Shown: all ${count(litNodes.size, "node")} and ${count(all.length, "line")}.`);
  if (state.level) parts.push(button("Show the strongest", () => change({ level: 0 })));
  const loose = data.undrawn.filter((at) => !events[at].failed).length;
  if (loose) parts.push(`${count(loose, THING)} ${loose === 1 ? "names" : "name"} no actor and no place: see the table.`);
  byId("note").replaceChildren(...parts.flatMap((part) => [part, " "]));
}

function noWay() {
  const [one, other] = focus.ends.map((id) => nodes[id].full);
  return other ? `Nothing that passes the filters joins ${one} and ${other}.` : `Nothing that passes the filters involves ${one}.`;
}

function showEmpty(lines) {
  const message = byId("empty");
  message.hidden = lines > 0;
  for (const control of byId("zoom").children) control.disabled = lines === 0;
  if (lines) return;
  if (!events.length) message.replaceChildren("There are no events here. Build a graph from some articles first, or ask for fewer filters.");
  else if (focus) message.replaceChildren(noWay(), " ", button("Show the whole graph", () => change(FOCUS.clear)));
  else if (!selection.length) message.replaceChildren("No event passes these filters. ", button("Reset the filters", () => reset()));
  else message.replaceChildren("The events that are left name no actors and no place, so there is nothing to draw. ", button("See the table", () => change({ view: "table" })));
}

// What is chosen stands out: it is marked, and what does not touch it steps back.
function markSelection() {
  if (!network) return;
  const [kind, number] = [state.sel[0], Number(state.sel.slice(1))];
  const chosen = kind === "n" && shownNodes.has(number) ? [number] : [];
  const lines = kind === "v" ? (events[number]?.lines ?? []) : kind === "e" && edges[number] ? [number] : [];
  const shown = lines.filter((at) => shownEdges.has(edges[at].id));
  dimOthers(chosen, chosen.length ? nodes[number].lines : shown);
  network.setSelection({ nodes: chosen, edges: shown.map((at) => edges[at].id) }, { highlightEdges: false });
  byId("graph").setAttribute("aria-label", `Graph of ${count(shownNodes.size, "node")} and ${count(shownEdges.size, "line")}`);
}

function dimOthers(chosen, lines) {
  if (shownEdges.size > DIMMABLE) return;
  const bright = new Set(lines.map((at) => edges[at].id));
  const near = new Set([...chosen, ...lines.flatMap((at) => [edges[at].from, edges[at].to])]);
  const some = chosen.length > 0 || lines.length > 0;
  const dims = (thing, on) => Boolean(thing.dim) !== on && ((thing.dim = on), true);
  nodeSet.update([...shownNodes].filter((id) => dims(nodes[id], some && !near.has(id))).map((id) => nodeOptions(nodes[id], true)));
  edgeSet.update([...shownEdges].map((id) => edges[Number(id.slice(1))]).filter((edge) => dims(edge, some && !bright.has(edge.id)))
    .map((edge) => edgeOptions(edge, edge.number, true)));
}
