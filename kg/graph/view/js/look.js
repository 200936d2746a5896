// How nodes and lines look.

let colours = {};

// On the whole of a large graph lines shine through, so that the nodes can be seen.
const CROWDED_LINES = 1000, THIN = "66";
let crowded = false;
// From so far away that a dash is two pixels long, neither dashes nor arrow heads can be told, and most of the time that
// a crowd of lines takes to be drawn would go into them.
const AFAR = 0.2;

const LETTER = 7;
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
    id: node.id, label: node.label, shape: family.shape, size: node.size, hidden: !visible,
    borderWidth: crowded ? 0 : 2, color: { background: shown(fill), border: shown(border),
      highlight: { background: fill, border: colours.accent }, hover: { background: fill, border: colours.accent } },
    font: { color: shown(colours.ink), strokeWidth: box ? 0 : 4, strokeColor: colours.ground },
  };
}

function edgeLabel(edge, number) {
  const boxed = nodes[edge.from].family === "event" || nodes[edge.to].family === "event";
  const times = number > 1 ? `×${number}` : "";
  const name = [boxed ? "" : classLabel(edge.type), times].filter(Boolean).join(" ");
  return [name, known(LOOKS, edge.look)?.word].filter(Boolean).join(" · ");
}

function edgeOptions(edge, number, visible) {
  const colour = edge.dim ? faded(lineColour(edge)) : lineColour(edge);
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: !visible, label: edgeLabel(edge, number),
    color: { color: crowded ? colour + THIN : colour, highlight: lineColour(edge), hover: lineColour(edge) },
    width: 1.5 + Math.min(4, Math.log2(Math.max(1, number))),
    dashes: known(LOOKS, edge.look)?.dashes ?? false,
    arrows: { to: { enabled: edge.arrow, scaleFactor: 0.75 } },
    smooth: edge.bend ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) } : false,
    font: { color: colour, background: colours.ground, strokeWidth: 0 },
  };
}

const GRAPH_OPTIONS = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, hideEdgesOnZoom: false,
    hideEdgesOnDrag: edges.length > 1500, zoomSpeed: 0.6 },
  nodes: { borderWidth: 2, borderWidthSelected: 4, widthConstraint: { maximum: 170 }, shapeProperties: { borderRadius: 4 },
    font: { size: 17, face: "system-ui, sans-serif" }, scaling: { label: { drawThreshold: 6 } } },
  edges: { font: { size: 14, face: "system-ui, sans-serif", align: "middle" }, hoverWidth: 0.6, selectionWidth: 1.6,
    scaling: { label: { drawThreshold: 7 } } },
};

// Where on a line, as shares of it, there is room on both sides of its label.
function besideLabel(edge, drawn) {
  const away = (edgeLabel(edge, edge.number).length * LETTER) / 2 + 10;
  const share = Math.min(0.36, away / Math.max(1, Math.hypot(drawn.to.x - drawn.from.x, drawn.to.y - drawn.from.y)));
  return [0.5 - share, 0.5 + share];
}

const STROKES = {
  cross: [[-6, -6, 6, 6], [-6, 6, 6, -6]],
  unequal: [[-6, -3, 6, -3], [-6, 3, 6, 3], [-4, 7, 4, -7]],
};

// Denied lines are crossed and disputed ones bear ≠: vis-network has no such line ends, so they are drawn over it.
function drawMarks(drawing, context) {
  for (const id of shownEdges) {
    const edge = edges[Number(id.slice(1))];
    const mark = known(LOOKS, edge.look)?.mark;
    const drawn = mark && drawing.body.edges[id];
    if (!drawn || !drawn.connected) continue;
    context.save();
    context.strokeStyle = edge.dim ? faded(lineColour(edge)) : lineColour(edge);
    context.lineWidth = 2.4;
    context.setLineDash([]);
    for (const at of besideLabel(edge, drawn)) {
      const { x, y } = drawn.edgeType.getPoint(at);
      context.beginPath();
      for (const [a, b, c, d] of STROKES[mark]) {
        context.moveTo(x + a, y + b);
        context.lineTo(x + c, y + d);
      }
      context.stroke();
    }
    context.restore();
  }
}

function showDetail(drawing) {
  if (edges.length <= CROWDED_LINES) return;
  const seen = !crowded || drawing.getScale() >= AFAR;
  for (const id of shownEdges) {
    const { options } = drawing.body.edges[id];
    const edge = edges[Number(id.slice(1))];
    options.dashes = seen && (known(LOOKS, edge.look)?.dashes ?? false);
    options.arrows.to.enabled = seen && edge.arrow;
  }
}

// vis-network puts the label of a line that is quite level at the origin, so no two nodes may be at the same height; it
// takes whole numbers only, so the heights are changed after it has taken them.
function unlevel(drawing) {
  for (const node of Object.values(drawing.body.nodes)) if (Number.isInteger(node.y)) node.y += (node.id + 1) / 100000;
}
