// What the file holds, and how each thing is named and drawn. What the file leaves out has the value given here.

const data = JSON.parse(byId("data").textContent);
const { nodes, edges, classes, statuses, facts, levels } = data;
const entities = data.entities.map(([iri, label, family]) => ({ iri, label, family }));
const articles = data.articles.map((article) => ({ title: "", publisher: null, published: null, source: "", url: null, ...article }));
const NO_ARTICLE = { title: "", publisher: null, published: null, source: "", url: null };

const events = data.events.map((event, number) => ({
  iri: event.id ? `${data.own}event/${event.id}` : null, date: null, days: null, look: "actual", polarity: "affirmed", modality: "actual", status: "", sources: 0,
  since: null, origins: [], speakers: [], conflicts: [], ...event, number, lines: [], triples: data.triples?.[number] ?? [],
  roles: Object.entries(event.roles ?? {}).flatMap(([role, numbers]) => numbers.map((at) => ({ role, ...entities[at] }))),
  reports: (event.reports ?? []).map((report) => ({
    date: null, polarity: "affirmed", modality: "actual", stance: null, speakers: [], quantities: [], extractor: "rules", text: [], ...report,
  })),
}));

// What is counted: of triples without sentences nobody should think that they are events.
const THING = events.length && events.every((event) => event.look === "stated") ? "statement" : "event";

// Each line knows its events, and so each event and node gets to know its lines.
for (const node of nodes) Object.assign(node, { full: node.full ?? node.label, lines: [], facts: [] });
edges.forEach((edge, number) => {
  Object.assign(edge, { id: `e${number}`, at: number, bend: edge.bend ?? 0, arrow: edge.arrow ?? false, level: edge.level ?? 0 });
  edge.events.forEach((at) => events[at].lines.push(number));
  for (const end of [edge.from, edge.to]) nodes[end].lines.push(number);
});
const nodeByIri = new Map(nodes.map((node) => [node.iri, node]));
for (const fact of facts) for (const end of [fact.subject, fact.object]) nodeByIri.get(entities[end].iri)?.facts.push(fact);

const FAMILIES = {
  state: { label: "State", shape: "dot" },
  organ: { label: "Government, ministry, forces", shape: "square" },
  person: { label: "Person", shape: "diamond" },
  organisation: { label: "Organisation", shape: "hexagon" },
  group: { label: "Armed group", shape: "triangle" },
  place: { label: "Place", shape: "triangleDown" },
  thing: { label: "Other", shape: "star" },
  event: { label: "Event of one party or of many", shape: "box" },
  value: { label: "Event, date or other value", shape: "box" },
};

const LOOKS = {
  actual: { label: "Reported as fact", dashes: false },
  stated: { label: "Stated in the data", dashes: false },
  claimed: { label: "Claimed", word: "claimed", dashes: [12, 5] },
  intended: { label: "Intended", word: "intended", dashes: [7, 5] },
  predicted: { label: "Predicted", word: "predicted", dashes: [3, 5] },
  possible: { label: "Possible", word: "possible", dashes: [1, 5] },
  denied: { label: "Denied", word: "denied", dashes: false, mark: "cross" },
  disputed: { label: "Disputed", word: "disputed", dashes: [12, 4, 2, 4], mark: "unequal" },
};

// The colour of a line: the quad class, which is the topmost class above that of the event.
const TONES = new Map([
  ["VerbalCooperation", "verbal-cooperation"],
  ["MaterialCooperation", "material-cooperation"],
  ["VerbalConflict", "verbal-conflict"],
  ["MaterialConflict", "material-conflict"],
]);

const known = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
const above = (type) => [type, ...(known(classes, type)?.above ?? [])];
const classLabel = (type) => known(classes, type)?.label ?? type;
const classMeaning = (type) => known(classes, type)?.means ?? "";
const tone = (type) => TONES.get(above(type).find((name) => TONES.has(name))) ?? "other";
const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const isBox = (node) => node.family === "event" || node.family === "value";

const articleOf = (report) => articles[report.article] ?? NO_ARTICLE;
const sourceName = (article) => article.publisher || article.source || "unknown source";
// A sentence is made of bare text and of text with its mark.
const sentenceOf = (report) => report.text.map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");
const roleLabels = (event, ...roles) => [...new Set(event.roles.filter((r) => roles.includes(r.role)).map((r) => r.label))];

for (const event of events) {
  const days = event.reports.map((report) => articleOf(report).published).filter(Boolean).sort();
  event.told = days[0] ?? null;
  event.publishers = [...new Set(event.reports.map((report) => sourceName(articleOf(report))))];
  event.confidence = event.reports.length ? Math.max(...event.reports.map((report) => report.confidence)) : 1;
}

function eventTitle(event) {
  const from = roleLabels(event, "actor").join(", ");
  const to = roleLabels(event, "recipient").join(", ");
  return [from, to].filter(Boolean).join(" → ") || roleLabels(event, "place").join(", ") || "nobody named";
}

// The day of an event, or since when it is known to have happened or to be told of.
const dateWords = (event) => event.date ?? (event.told ? `no date; reported ${event.told}` : "no date");

function edgeTitle(edge) {
  return `${nodes[edge.from].full} ${edge.arrow ? "→" : "–"} ${nodes[edge.to].full}`;
}

function haystack(event) {
  event.haystack ??= fold([
    classLabel(event.type), event.type, event.status, event.date, ...event.roles.map((r) => r.label), ...event.speakers,
    ...event.reports.flatMap((r) => [sentenceOf(r), ...r.speakers, ...Object.values(articleOf(r))]),
  ].filter(Boolean).join("\n"));
  return event.haystack;
}

const fold = (text) => text.normalize("NFKC").toLowerCase();
