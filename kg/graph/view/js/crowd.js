// A crowd seen from afar: so many lines and nodes that vis-network, which draws each for itself, would keep people
// waiting. Their dashes and arrow heads could not be told, so they are drawn at once, one path for each colour.

// On the whole of a large graph lines shine through, so that the nodes can be seen.
const CROWDED_LINES = 1000, SHINE = 0.4;
// From so far away a dash is two pixels long.
const AFAR = 0.2;
// Whether all of a large graph is shown.
let crowded = false;

const fromAfar = (drawing) => crowded && drawing.getScale() < AFAR;

// What vis-network is kept from drawing while it draws.
let spared = null;

function beforeDrawing(drawing, context) {
  if (!fromAfar(drawing)) return;
  const { body } = drawing;
  spared = { edgeIndices: body.edgeIndices, nodeIndices: body.nodeIndices };
  const chosen = { edges: new Set(drawing.getSelectedEdges()), nodes: new Set(drawing.getSelectedNodes()) };
  body.edgeIndices = body.edgeIndices.filter((id) => chosen.edges.has(id));
  body.nodeIndices = body.nodeIndices.filter((id) => chosen.nodes.has(id) || body.nodes[id].hover || isBox(nodes[id]));
  drawLines(body, context);
  drawNodes(body, context);
}

function afterDrawing(drawing) {
  if (spared) Object.assign(drawing.body, spared);
  spared = null;
}

function drawLines({ nodes: drawn, edges: lines }, context) {
  const paths = new Map();
  for (const at of lineOrder) {
    const edge = edges[at];
    const path = pathOf(paths, lineColour(edge));
    const [from, to] = [drawn[edge.from], drawn[edge.to]];
    path.moveTo(from.x, from.y);
    if (edge.bend) {
      const { x, y } = lines[edge.id].edgeType.getViaNode();
      path.quadraticCurveTo(x, y, to.x, to.y);
    } else path.lineTo(to.x, to.y);
  }
  context.save();
  Object.assign(context, { globalAlpha: SHINE, lineWidth: 2 });
  for (const [colour, path] of paths) {
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.restore();
}

function drawNodes({ nodes: drawn }, context) {
  const paths = new Map();
  for (const id of nameOrder) {
    const { family, size } = nodes[id];
    if (!isBox(nodes[id])) OUTLINES[known(FAMILIES, family)?.shape ?? "dot"](pathOf(paths, colours[family] ?? colours.thing), drawn[id].x, drawn[id].y, size);
  }
  for (const [colour, path] of paths) {
    context.fillStyle = colour;
    context.fill(path);
  }
}

function pathOf(paths, colour) {
  if (!paths.has(colour)) paths.set(colour, new Path2D());
  return paths.get(colour);
}

// What is filled need not be closed.
const polygon = ([[startX, startY], ...others]) => (path, x, y, size) => {
  path.moveTo(x + startX * size, y + startY * size);
  for (const [dx, dy] of others) path.lineTo(x + dx * size, y + dy * size);
};
const OUTLINES = {
  dot: (path, x, y, size) => { path.moveTo(x + size, y); path.arc(x, y, size, 0, 2 * Math.PI); },
  square: (path, x, y, size) => path.rect(x - size, y - size, 2 * size, 2 * size),
  diamond: polygon([[0, -1], [1, 0], [0, 1], [-1, 0]]),
  hexagon: polygon([[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]]),
  triangle: polygon([[0, -1.1], [1, 0.75], [-1, 0.75]]),
  triangleDown: polygon([[0, 1.1], [1, -0.75], [-1, -0.75]]),
  star: polygon([[0, -1.2], [0.35, -0.4], [1.1, -0.35], [0.5, 0.2], [0.7, 1], [0, 0.5], [-0.7, 1], [-0.5, 0.2], [-1.1, -0.35], [-0.35, -0.4]]),
};
