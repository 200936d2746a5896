// What to look at first, while nothing is chosen: what the selection is about, in a few lines.

const ROWS_AT_FIRST = 8;

function overview() {
  if (!events.length) return [];
  const lit = edges.map(litCount);
  const lines = edges.filter((edge, at) => lit[at]).sort((a, b) => lit[b.at] - lit[a.at]);
  const disputed = selection.filter((event) => event.conflicts.length);
  const section = (title, rows) => [el("h3", {}, title), rows];
  return [
    el("h2", {}, "At a glance"),
    el("p", { class: "lead" }, gist()),
    el("p", { class: "hint" }, "Click on a line or a node to read the sentences behind it; twice on a node for its neighbours."),
    ...(disputed.length ? section(`Reports contradict each other (${disputed.length})`, paged(disputed, eventRow, el("ul", { class: "rows" }), ROWS_AT_FIRST)) : []),
    ...(lines.length ? section("Who is in most events", nodeRows()) : []),
    ...(lines.length ? section("Strongest relations", lineRows(lines, ROWS_AT_FIRST)) : []),
  ];
}

// When, and how sure: «From 2023 to 2025. Of 63 events 35 are reported as fact, 7 claimed, 1 disputed.»
function gist() {
  let [first, last] = ["9999", ""];
  for (const { days } of selection) {
    if (days && days[0] < first) first = days[0];
    if (days && days[1] > last) last = days[1];
  }
  const looks = tally("none", (event) => [event.look]);
  const kinds = Object.keys(LOOKS).filter((name) => looks.has(name)).map((name) => `${looks.get(name).toLocaleString("en")} ${known(GIST, name) ?? name}`);
  const months = [...new Set([first.slice(0, 7), last.slice(0, 7)])];
  const span = last ? `${months.length > 1 ? `From ${months.join(" to ")}` : `In ${months[0]}`}. ` : "";
  return selection.length ? `${span}${count(selection.length, THING)}: ${kinds.join(", ")}.` : "Nothing passes the filters.";
}

const GIST = { actual: "reported as fact", stated: "stated in the data" };

function nodeRows() {
  const counts = new Map();
  for (const event of selection) for (const iri of event.actors) counts.set(iri, (counts.get(iri) ?? 0) + 1);
  const ranked = [...counts].map(([iri, number]) => [nodeByIri.get(iri), number]).filter(([node]) => node).sort((a, b) => b[1] - a[1] || a[0].id - b[0].id);
  const make = ([node, number]) => row(`n${node.id}`, nodeSign(node.family), phrase(said(node.full)), el("span", { class: "number" }, number.toLocaleString("en")));
  return paged(ranked, make, el("ul", { class: "rows" }), ROWS_AT_FIRST);
}

const row = (id, ...parts) => el("li", {}, el("button", { type: "button", class: "row", on: { click: () => choose(id) } }, ...parts));
const phrase = (...parts) => el("span", { class: "phrase" }, ...parts);
const eventRow = (event) => row(`v${event.number}`, lineSign(event.look, event), phrase(said(eventTitle(event)), el("small", {}, [classLabel(event.type), event.date].filter(Boolean).join(", "))));
const lineWords = (edge) => [classLabel(edge.type), known(LOOKS, edge.look)?.word, count(litCount(edge), THING)].filter(Boolean).join(", ");
const lineRow = (edge) => row(edge.id, lineSign(edge.look, edge), phrase(said(edgeTitle(edge)), el("small", {}, lineWords(edge))));
const lineRows = (lines, size = 12) => paged(lines, lineRow, el("ul", { class: "rows" }), size);
