// The neighbours of one node, and the ways between two: which lines belong to them.

let focus = null;
// Paths through one other node are worth seeing even where two are joined directly.
const SHORTEST_DETOUR = 2;

function findFocus() {
  const here = nodeByIri.get(state.around);
  if (!here) return null;
  const lit = edges.map((edge) => litCount(edge) > 0);
  const other = nodeByIri.get(state.path);
  return other ? between(here, other, lit) : around(here, lit);
}

// A node, those that share a line with it, and all lines among them.
function around(here, lit) {
  const near = new Set([here.id]);
  for (const at of here.lines) if (lit[at]) near.add(edges[at].from).add(edges[at].to);
  const lines = new Set();
  for (const id of near) for (const at of nodes[id].lines) if (lit[at] && near.has(edges[at].from) && near.has(edges[at].to)) lines.add(at);
  return { ends: [here.id], lines };
}

// All shortest paths between two nodes, and those through one other node; arrows are not heeded.
function between(one, other, lit) {
  const [fromOne, fromOther] = [steps(one, lit), steps(other, lit)];
  const length = Math.max(fromOne.get(other.id) ?? Infinity, SHORTEST_DETOUR);
  const lines = new Set();
  const onWay = (a, b) => (fromOne.get(a) ?? Infinity) + 1 + (fromOther.get(b) ?? Infinity) <= length;
  if (fromOne.has(other.id)) {
    edges.forEach((edge, at) => { if (lit[at] && (onWay(edge.from, edge.to) || onWay(edge.to, edge.from))) lines.add(at); });
  }
  return { ends: [one.id, other.id], lines, fromOne, fromOther, length: fromOne.get(other.id) };
}

// How many lines lead to each node that can be reached.
function steps(start, lit) {
  const found = new Map([[start.id, 0]]);
  for (const id of found.keys()) {
    for (const at of nodes[id].lines) {
      const next = edges[at].from === id ? edges[at].to : edges[at].from;
      if (lit[at] && !found.has(next)) found.set(next, found.get(id) + 1);
    }
  }
  return found;
}

// Names for the two fields; a name that several nodes have is told apart by what they are.
const nodeByName = new Map();

function makeFocusFields() {
  const labels = new Map();
  for (const node of nodes) if (!isBox(node)) labels.set(node.full, (labels.get(node.full) ?? 0) + 1);
  for (const node of nodes) {
    if (!isBox(node)) nodeByName.set(labels.get(node.full) > 1 ? `${node.full} (${words(node.kind)}, ${node.id})` : node.full, node);
  }
  const listed = [...nodeByName].slice(0, LONGEST_LIST).sort((a, b) => compare(a[0], b[0]));
  byId("node-names").replaceChildren(...listed.map(([name, node]) => el("option", { value: name }, capital(words(node.kind)))));
  byId("around").addEventListener("change", ({ target }) => takeNode(target, (node) => ({ around: node?.iri ?? "", ...(node ? {} : { path: "" }) })));
  byId("path").addEventListener("change", ({ target }) => takeNode(target, (node) => ({ path: node?.iri ?? "" })));
  byId("focus").hidden = !nodeByName.size;
}

// The node of a name, in capitals or not.
function nodeNamed(text) {
  const wanted = fold(text.trim());
  return nodeByName.get(text.trim()) ?? [...nodeByName].find(([name]) => fold(name) === wanted)?.[1];
}

function takeNode(field, asChange) {
  const found = nodeNamed(field.value);
  const unknown = Boolean(field.value.trim()) && !found;
  field.setAttribute("aria-invalid", String(unknown));
  if (unknown) announce(`No node is called “${field.value.trim()}”.`);
  else change({ ...asChange(found), view: found ? "graph" : state.view });
}

function showFocusFields() {
  const nameFor = (iri) => [...nodeByName].find(([, node]) => node.iri === iri)?.[0] ?? "";
  byId("around").value = state.around ? nameFor(state.around) : "";
  byId("path").value = state.path ? nameFor(state.path) : "";
  byId("path").disabled = !state.around;
  for (const id of ["around", "path"]) byId(id).setAttribute("aria-invalid", "false");
}
