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

function lineSign(name, { arrow = false, type = null } = {}) {
  const { dashes, mark } = known(LOOKS, name) ?? {};
  const line = svg("line", { x1: 2, y1: 10, x2: 46, y2: 10, "stroke-dasharray": (dashes || []).join(" ") });
  const parts = [line];
  const path = { cross: "M18,4 30,16 M18,16 30,4", unequal: "M18,7 H30 M18,13 H30 M20,17 28,3" }[mark];
  if (path) parts.push(svg("path", { d: path }));
  if (arrow) parts.push(svg("path", { d: "M38,5 47,10 38,15" }));
  const group = svg("g", { class: `line ${type ? tone(type) : ""} ${name}` }, ...parts);
  return drawing(48, group);
}

function colourSign(name) {
  return drawing(48, svg("g", { class: `line ${name}` }, svg("line", { x1: 2, y1: 10, x2: 46, y2: 10 })));
}

function showLegend() {
  const shownLines = edges.filter((edge) => shownEdges.has(edge.id));
  const present = new Set([...shownNodes].map((id) => nodes[id].family));
  const families = Object.keys(FAMILIES).filter((name) => present.has(name));
  const item = (sign, text) => el("li", {}, sign, el("span", {}, text));
  const looks = tally("look", (event) => [event.look]);
  const allLooks = Object.keys(LOOKS).filter((name) => events.some((event) => event.look === name));
  const tones = [...new Set(shownLines.filter((edge) => !known(colours, edge.look)).map((edge) => tone(edge.type)))].sort();
  const arrows = [shownLines.some((e) => e.arrow) && item(lineSign("plain", { arrow: true }), THING === "event" ? "From the actor to the recipient or place" : "From subject to object"),
    shownLines.some((e) => !e.arrow) && item(lineSign("plain"), "Parties on one footing")].filter(Boolean);
  const styles = [
    el("h3", {}, "Lines, by status (untick to hide)"),
    el("ul", {}, allLooks.map((name) => el("li", {}, lookSwitch(name, looks.get(name) ?? 0)))),
  ];
  if (state.view !== "graph" || !shownLines.length) return byId("legend-body").replaceChildren(...styles);
  return byId("legend-body").replaceChildren(
    el("h3", {}, "Nodes"),
    el("ul", {}, families.map((name) => item(nodeSign(name), FAMILIES[name].label)), el("li", { class: "hint" }, "The larger, the more events.")),
    ...styles,
    el("h3", {}, "Lines, by colour"),
    el("ul", {}, tones.map((name) => item(colourSign(name), capital(name === "other" ? "governance and other" : name.replace("-", " "))))),
    el("ul", {}, arrows, el("li", { class: "hint" }, "A line stands for all events of one kind and status between two nodes; ×3 is their number, and the line is wider."),
      crowded ? el("li", { class: "hint" }, "From afar, arrow heads and dashes are left out.") : null),
  );
}

function lookSwitch(name, number) {
  const box = el("input", { type: "checkbox", "data-look": name, on: { change: () => {
    const hidden = new Set(hiddenLooks);
    if (box.checked) hidden.delete(name); else hidden.add(name);
    change({ hide: [...hidden].sort().join(" ") });
    document.querySelector(`[data-look="${name}"]`)?.focus();
  } } });
  box.checked = !hiddenLooks.has(name);
  return el("label", { class: "switch" }, box, lineSign(name), el("span", {}, `${LOOKS[name].label} (${number})`));
}
