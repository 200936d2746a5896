// What is written on the graph: names, words on lines, and the marks of what is denied or disputed. It is written over
// the drawing in letters that can be read at any scale, what matters most first, and each only where there is room.

// Pixels around words, and how small and how large letters may be, as shares of the root's.
const AROUND = 2, NAME = [0.8, 1.2], WORDS = [0.72, 1];
// The size, in the units of the graph, of letters between those two bounds, and the way from line to line.
const NAME_SIZE = 15, WORDS_SIZE = 14, LEADING = 1.15;
// A name is broken after so many letters, and cut after so many where there is no room for all. So many square pixels are kept for each name, from afar, where a
// name may hide nodes, for each name too, and for the words of each line.
const BREAK = 20, CUT = 12, ROOM_OF_A_NAME = 3500, ROOM_FROM_AFAR = 15000, ROOM_OF_WORDS = 7000;
// Where on a line its words may stand, as shares of it, and how long a line must be for them. Room is looked for so many
// times at most, so that a crowd takes no longer.
const STANDS = [0.5, 0.46, 0.54, 0.42, 0.58, 0.37, 0.63, 0.32, 0.68, 0.27, 0.73, 0.22, 0.78];
const LONG_ENOUGH = 0.95, TRIES = 400;

// What was written in the last frame, so that a click on words is a click on what they are about.
let written = [];

// A drawing as it is seen: where things stand on the canvas, in pixels, and how large letters are.
function seen(drawing, root) {
  const { scale, translation } = drawing.body.view;
  const { clientWidth: width, clientHeight: height } = drawing.canvas.frame.canvas;
  const letters = ([least, most], size) => Math.min(most * root, Math.max(least * root, size * scale));
  return { scale, width, height, name: letters(NAME, NAME_SIZE), words: letters(WORDS, WORDS_SIZE),
    at: ({ x, y }) => ({ x: x * scale + translation.x, y: y * scale + translation.y }) };
}

// Write all that there is room for, and give the boxes that it fills, each with the id of what it is about.
function write(drawing, context, root = rootSize()) {
  const view = seen(drawing, root);
  const space = new Space(view.width, view.height);
  const { scale, translation } = drawing.body.view;
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.translate(-translation.x, -translation.y);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  context.setLineDash([]);
  const names = placeNames(drawing, context, view, space);
  const lines = writeLines(drawing, context, view, space);
  for (const name of names) writeName(name, context, view);
  context.restore();
  return [...names, ...lines];
}

const rootSize = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

// Names come first, that of what is chosen before all others, then those in boxes, which can stand nowhere else.
function placeNames(drawing, context, view, space) {
  const afar = fromAfar(drawing), boxed = !afar && view.scale < BOXES_READABLE;
  const spots = spotsOf(drawing, view);
  for (const [id, spot] of spots) if (!afar && !(boxed && isBox(nodes[id]))) space.take(spot.x, spot.y, spot.radius);
  const chosen = new Set(drawing.getSelectedNodes());
  const rank = (id) => (chosen.has(id) ? 0 : isBox(nodes[id]) ? 1 : 2);
  const order = [...spots.keys()].filter((id) => boxed || !isBox(nodes[id])).sort((a, b) => rank(a) - rank(b));
  const most = Math.ceil((view.width * view.height) / (afar ? ROOM_FROM_AFAR : ROOM_OF_A_NAME));
  const found = [];
  for (const id of order.slice(0, TRIES)) {
    if (found.length === most) break;
    const font = `${chosen.has(id) ? 700 : 500} ${view.name}px system-ui, sans-serif`;
    const box = placeName(id, spots.get(id), font, context, view, space);
    if (box) found.push({ ...box, id: `n${id}`, font, boxed: isBox(nodes[id]), dim: nodes[id].dim });
  }
  return found;
}

// Where the nodes are that can be seen, strongest first.
function spotsOf(drawing, view) {
  const spots = new Map();
  for (const id of nameOrder) {
    const { x, y } = view.at(drawing.body.nodes[id]);
    const radius = nodes[id].size * view.scale;
    if (x > -radius && y > -radius && x < view.width + radius && y < view.height + radius) spots.set(id, { x, y, radius });
  }
  return spots;
}

// Where a name has room, the whole of it or its beginning.
function placeName(id, spot, font, context, view, space) {
  for (const lines of [nameLines(nodes[id].label), [cutName(nodes[id].label)]]) {
    const width = Math.max(...lines.map((line) => widthOf(context, font, line)));
    const box = space.best(standsOf(id, spot, width, lines.length * view.name * LEADING));
    if (box) return { ...box, lines };
  }
  return null;
}

function writeName({ x, y, width, height, lines, font, boxed, dim }, context, view) {
  const shown = (colour) => (dim ? faded(colour) : colour);
  if (boxed) {
    Object.assign(context, { lineWidth: 1.5, strokeStyle: shown(colours.soft), fillStyle: colours.ground });
    context.beginPath();
    context.roundRect(x - width / 2, y - height / 2, width, height, 3);
    context.fill();
    context.stroke();
  }
  Object.assign(context, { font, lineWidth: boxed ? 1 : 4, strokeStyle: colours.ground, fillStyle: shown(colours.ink) });
  lines.forEach((line, at) => {
    const below = y + (at - (lines.length - 1) / 2) * view.name * LEADING;
    context.strokeText(line, x, below);
    context.fillText(line, x, below);
  });
}

// Below a node, else above it, to its right, to its left; but in the place of a box.
function standsOf(id, { x, y, radius }, width, height) {
  if (isBox(nodes[id])) return [{ x, y, width: width + 8, height: height + 5, angle: 0 }];
  const [down, aside] = [radius + height / 2 + 3, radius + width / 2 + 5];
  return [[0, down], [0, -down], [aside, 0], [-aside, 0]].map(([dx, dy]) => ({ x: x + dx, y: y + dy, width, height, angle: 0 }));
}

// Give what a function gave before.
function remembered(make) {
  const known = new Map();
  return (name) => {
    if (!known.has(name)) known.set(name, make(name));
    return known.get(name);
  };
}

// A name in one line, or in two that are about as long.
const nameLines = remembered((name) => {
  const gaps = [...name.matchAll(/ /g)].map(({ index }) => index);
  const middle = gaps.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  return name.length > BREAK && middle ? [name.slice(0, middle), name.slice(middle + 1)] : [name];
});

const segmenter = new Intl.Segmenter("en");

// As much of a name as finds room nearly everywhere.
const cutName = remembered((name) => {
  const found = [...segmenter.segment(name)].map(({ segment }) => segment);
  return found.length > CUT ? `${found.slice(0, CUT - 1).join("")}…` : name;
});

const widths = new Map();

function widthOf(context, font, text) {
  const key = `${font}\n${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

function writeLines(drawing, context, view, space) {
  if (fromAfar(drawing)) return [];
  const found = [];
  let room = (view.width * view.height) / ROOM_OF_WORDS, tries = TRIES;
  const order = lineOrder.some((at) => edges[at].dim) ? [...lineOrder].sort((a, b) => Boolean(edges[a].dim) - Boolean(edges[b].dim)) : lineOrder;
  for (const at of order) {
    if (room <= 0 || tries <= 0) break;
    const edge = edges[at], drawn = drawing.body.edges[edge.id];
    const [from, to] = [view.at(drawn.from), view.at(drawn.to)];
    const length = Math.hypot(to.x - from.x, to.y - from.y) - (nodes[edge.from].size + nodes[edge.to].size) * view.scale;
    if (length < 2 * view.words || Math.max(from.x, to.x) < 0 || Math.min(from.x, to.x) > view.width) continue;
    tries -= 1;
    const box = wordsOn(edge, drawn, context, view, space, length);
    const colour = edge.dim ? faded(lineColour(edge)) : lineColour(edge);
    const mark = known(LOOKS, edge.look)?.mark;
    const middle = box ?? onLine(drawn, view, 0.5, 0);
    const size = box ? view.words / 2 : Math.min(view.words / 2, 8 * view.scale + 1);
    if (mark) for (const aside of box ? [-1, 1] : [0]) drawMark(context, mark, colour, middle, (aside * (box?.width - view.words)) / 2 || 0, size);
    if (!box) continue;
    room -= 1;
    found.push({ ...box, id: edge.id });
    writeWords(context, box, box.plain, colour, view);
  }
  return found;
}

// Where the words of a line have room: all of them, else that of its status.
function wordsOn(edge, drawn, context, view, space, length) {
  const look = known(LOOKS, edge.look);
  for (const text of new Set([edgeLabel(edge, edge.number), look?.word])) {
    if (!text) continue;
    const plain = widthOf(context, wordsFont(view), text) + 2 * AROUND;
    const width = plain + (look?.mark ? 2.6 * view.words : 0);
    const box = length > width * LONG_ENOUGH && space.best(STANDS.map((share) => onLine(drawn, view, share, width)));
    if (box) return { ...box, text, plain };
  }
  return null;
}

const wordsFont = (view) => `${view.words}px system-ui, sans-serif`;

function writeWords(context, { x, y, angle, text }, width, colour, view) {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  Object.assign(context, { font: wordsFont(view), fillStyle: colours.ground });
  context.fillRect(-width / 2, -view.words * 0.6, width, view.words * 1.2);
  context.fillStyle = colour;
  context.fillText(text, 0, 0);
  context.restore();
}

// A box on a line, turned as the line runs there, but never upside down.
function onLine(drawn, view, share, width) {
  const [before, here, after] = [share - 0.03, share, share + 0.03].map((at) => view.at(drawn.edgeType.getPoint(at)));
  const turn = Math.atan2(after.y - before.y, after.x - before.x);
  const angle = Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn;
  return { ...here, angle, width, height: view.words * 1.2 };
}

const STROKES = {
  cross: [[-1, -1, 1, 1], [-1, 1, 1, -1]],
  unequal: [[-1, -0.5, 1, -0.5], [-1, 0.5, 1, 0.5], [-0.7, 1.2, 0.7, -1.2]],
};

// Denied lines are crossed and disputed ones bear ≠, on both sides of their words: vis-network has no such line ends.
function drawMark(context, mark, colour, { x, y, angle }, along, size) {
  context.save();
  context.translate(x + along * Math.cos(angle), y + along * Math.sin(angle));
  Object.assign(context, { strokeStyle: colour, lineWidth: 2 });
  context.beginPath();
  for (const [a, b, c, d] of STROKES[mark]) {
    context.moveTo(a * size, b * size);
    context.lineTo(c * size, d * size);
  }
  context.stroke();
  context.restore();
}

// What the words at a point of the canvas are about, or nothing.
function writtenAt({ x, y }) {
  return written.find((box) => {
    const [dx, dy] = [x - box.x, y - box.y];
    const [along, aside] = [dx * Math.cos(box.angle) + dy * Math.sin(box.angle), dy * Math.cos(box.angle) - dx * Math.sin(box.angle)];
    return Math.abs(along) <= box.width / 2 && Math.abs(aside) <= box.height / 2;
  })?.id;
}
