// The legend: exactly what is drawn, no more. Line styles are also a filter.

const SHAPES = {
  dot: () => svg("circle", { cx: 10, cy: 10, r: 7 }),
  square: () => svg("rect", { x: 3.5, y: 3.5, width: 13, height: 13 }),
  diamond: () => svg("polygon", { points: "10,2 18,10 10,18 2,10" }),
  hexagon: () => svg("polygon", { points: "2,10 6,3 14,3 18,10 14,17 6,17" }),
  triangle: () => svg("polygon", { points: "10,2 18,17 2,17" }),
  triangleDown: () => svg("polygon", { points: "10,18 18,3 2,3" }),
  star: () => svg("polygon", { points: "10,1 12.5,7.5 19,7.5 14,12 16,19 10,15 4,19 6,12 1,7.5 7.5,7.5" }),
  box: () => svg("rect", { x: 1, y: 4, width: 18, height: 12, rx: 3 }),
};

const drawing = (width, ...children) => svg("svg", { width, height: 20, viewBox: `0 0 ${width} 20`, "aria-hidden": "true" }, ...children);

function nodeSign(family) {
  const shape = SHAPES[FAMILIES[family].shape]();
  shape.setAttribute("class", `node ${family}`);
  return drawing(20, shape);
}

// Pixels of a sample of a line.
const SAMPLE = 30;

function lineSign(name, { arrow = false, type = null } = {}) {
  const { dashes, mark } = known(LOOKS, name) ?? {};
  const parts = [svg("line", { x1: 1, y1: 10, x2: SAMPLE - 1, y2: 10, "stroke-dasharray": (dashes || []).join(" ") })];
  const path = { cross: "M9,4 21,16 M9,16 21,4", unequal: "M9,7 H21 M9,13 H21 M11,17 19,3" }[mark];
  if (path) parts.push(svg("path", { d: path }));
  if (arrow) parts.push(svg("path", { d: `M${SAMPLE - 9},5 ${SAMPLE - 1},10 ${SAMPLE - 9},15` }));
  return drawing(SAMPLE, svg("g", { class: `line ${type ? tone(type) : ""} ${name}` }, ...parts));
}

const toneName = (name) => capital(name === "other" ? "governance and other" : name.replace("-", " "));
const toneSign = (name) => drawing(SAMPLE, svg("g", { class: `line ${name}` }, svg("line", { x1: 1, y1: 10, x2: SAMPLE - 1, y2: 10 })));

function showLegend() {
  const groups = [["Lines by status; untick to hide", statusItems()]];
  const lines = lineOrder.map((at) => edges[at]);
  if (state.view === "graph" && lines.length) groups.push(["Lines by colour", toneItems(lines)], ["Nodes", nodeItems()]);
  byId("legend-body").replaceChildren(...groups.flatMap(([title, items]) => [el("h3", {}, title), el("ul", {}, items)]));
}

const item = (sign, text, wide = true) => el("li", { class: wide ? "wide" : null }, sign, el("span", {}, text));
const hint = (text) => el("li", { class: "hint wide" }, text);

// Each with a box: without its tick its events are left out.
function statusItems() {
  const counts = tally("look", (event) => [event.look]);
  const names = Object.keys(LOOKS).filter((name) => events.some((event) => event.look === name));
  return names.map((name) => el("li", { class: "wide" }, lookSwitch(name, counts.get(name) ?? 0)));
}

function toneItems(lines) {
  const tones = [...new Set(lines.filter((edge) => !known(colours, edge.look)).map((edge) => tone(edge.type)))].sort();
  const hasArrow = lines.some((edge) => edge.arrow), hasNone = lines.some((edge) => !edge.arrow);
  return [
    ...tones.map((name) => item(toneSign(name), toneName(name))),
    hasArrow ? item(lineSign("plain", { arrow: true }), THING === "event" ? "From actor to recipient or place" : "From subject to object") : null,
    hasNone ? item(lineSign("plain"), "On one footing") : null,
    lines.some((edge) => edge.number > 1) ? hint("×3: so many events of this kind and status, and a wider line") : null,
    crowded ? hint("From afar, arrow heads and dashes are left out.") : null,
  ].filter(Boolean);
}

function nodeItems() {
  const present = new Set([...shownNodes].map((id) => nodes[id].family));
  const families = Object.keys(FAMILIES).filter((name) => present.has(name));
  return [...families.map((name) => item(nodeSign(name), FAMILIES[name].label, FAMILIES[name].label.length > 12)), hint("The larger, the more events.")];
}

function lookSwitch(name, number) {
  const box = el("input", { type: "checkbox", "data-look": name, on: { change: () => {
    const hidden = new Set(hiddenLooks);
    if (box.checked) hidden.delete(name); else hidden.add(name);
    change({ hide: [...hidden].sort().join(" ") });
    document.querySelector(`[data-look="${name}"]`)?.focus();
  } } });
  box.checked = !hiddenLooks.has(name);
  return el("label", { class: "switch" }, box, lineSign(name), el("span", {}, LOOKS[name].label), " ", el("span", { class: "number" }, number.toLocaleString("en")));
}
