// How nodes and lines look.

let colours = {};

// Boxes hold their names, which vis-network writes in letters of this size, from this scale on.
const BOX_LETTERS = 17, BOXES_READABLE = 0.47;
const DIM = 0.22;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function readColours() {
  const names = ["ink", "soft", "ground", "accent", "denied", "disputed", "stated", "other", ...TONES.values()];
  colours = Object.fromEntries(names.map((name) => [name, css(name)]));
  for (const family of Object.keys(FAMILIES)) colours[family] = css(`n-${family}`);
}

const lineColour = (edge) => colours[known(colours, edge.look) ? edge.look : tone(edge.type)];

// A colour, in hexadecimal, mixed into the ground.
function faded(colour) {
  const parts = [colour, colours.ground].map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return `#${parts[0].map((part, at) => Math.round(DIM * part + (1 - DIM) * parts[1][at]).toString(16).padStart(2, "0")).join("")}`;
}

function nodeOptions(node, visible) {
  const family = known(FAMILIES, node.family) ?? FAMILIES.thing;
  const box = isBox(node);
  const fill = box ? colours.ground : colours[node.family] ?? colours.thing;
  const border = box ? colours.soft : colours.ground;
  const shown = (colour) => (node.dim ? faded(colour) : colour);
  return {
    id: node.id, label: box ? node.label : undefined, shape: family.shape, size: node.size, hidden: !visible,
    borderWidth: 2, color: { background: shown(fill), border: shown(border),
      highlight: { background: fill, border: colours.accent }, hover: { background: fill, border: colours.accent } },
    font: { color: shown(colours.ink) },
  };
}

function edgeLabel(edge, number) {
  const boxed = nodes[edge.from].family === "event" || nodes[edge.to].family === "event";
  const times = number > 1 ? `×${number}` : "";
  const name = [boxed ? "" : classLabel(edge.type), times].filter(Boolean).join(" ");
  return [name, known(LOOKS, edge.look)?.word].filter(Boolean).join(" · ");
}

const lineWidth = (number) => 1.5 + Math.min(4, Math.log2(Math.max(1, number)));

function edgeOptions(edge, number, visible) {
  const colour = edge.dim ? faded(lineColour(edge)) : lineColour(edge);
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: !visible,
    color: { color: colour, highlight: lineColour(edge), hover: lineColour(edge) },
    width: lineWidth(number),
    dashes: known(LOOKS, edge.look)?.dashes ?? false,
    arrows: { to: { enabled: edge.arrow, scaleFactor: 0.75 } },
    smooth: edge.bend ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) } : false,
  };
}

const GRAPH_OPTIONS = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, hideEdgesOnZoom: false,
    hideEdgesOnDrag: edges.length > 1500, zoomSpeed: 0.6 },
  nodes: { borderWidth: 2, borderWidthSelected: 4, widthConstraint: { maximum: 170 }, shapeProperties: { borderRadius: 4 },
    font: { size: BOX_LETTERS, face: "system-ui, sans-serif" }, scaling: { label: { drawThreshold: BOX_LETTERS * BOXES_READABLE } } },
  edges: { hoverWidth: 0.6, selectionWidth: 1.6 },
};
