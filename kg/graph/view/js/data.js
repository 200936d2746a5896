// What the file holds, and how each thing is named and drawn.

const data = JSON.parse(byId("data").textContent);
const { events, nodes, edges, articles, classes } = data;

// Each line knows its events, and so each event and node gets to know its lines.
for (const event of events) event.lines = [];
for (const node of nodes) node.lines = [];
edges.forEach((edge, number) => {
  edge.events.forEach((at) => events[at].lines.push(number));
  nodes[edge.from].lines.push(number);
  nodes[edge.to].lines.push(number);
});

const FAMILIES = {
  state: { label: "State", shape: "dot" },
  organ: { label: "Government, ministry, armed forces", shape: "square" },
  person: { label: "Person", shape: "diamond" },
  organisation: { label: "Organisation, alliance, company", shape: "hexagon" },
  group: { label: "Armed group", shape: "triangle" },
  place: { label: "Place", shape: "triangleDown" },
  thing: { label: "Other", shape: "star" },
  event: { label: "Event without a second party, or with many", shape: "box" },
};

const LOOKS = {
  actual: { label: "Reported as fact", dashes: false },
  claimed: { label: "Claimed", word: "claimed", dashes: [12, 5] },
  intended: { label: "Intended", word: "intended", dashes: [7, 5] },
  predicted: { label: "Predicted", word: "predicted", dashes: [3, 5] },
  possible: { label: "Possible", word: "possible", dashes: [1, 5] },
  denied: { label: "Denied, or said not to have happened", word: "denied", dashes: false, mark: "cross" },
  disputed: { label: "Disputed: reports contradict each other", word: "disputed", dashes: [12, 4, 2, 4], mark: "unequal" },
};

// The colour of a line: the quad class, which is the topmost class above that of the event.
const TONES = {
  VerbalCooperation: "verbal-cooperation",
  MaterialCooperation: "material-cooperation",
  VerbalConflict: "verbal-conflict",
  MaterialConflict: "material-conflict",
};

const above = (type) => [type, ...(classes[type]?.above ?? [])];
const classLabel = (type) => classes[type]?.label ?? type;
const topClass = (type) => above(type).at(-1);
const tone = (type) => TONES[above(type).find((name) => name in TONES)] ?? "other";
const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const articleOf = (report) => articles[report.article] ?? { title: "", publisher: null, published: null, source: "", url: null };
const sourceName = (article) => article.publisher || article.source || "unknown source";
const sentenceOf = (report) => report.text.map(([piece]) => piece).join("");
const roleLabels = (event, ...roles) => event.roles.filter((r) => roles.includes(r.role)).map((r) => r.label);
const confidenceOf = (event) => Math.max(0, ...event.reports.map((report) => report.confidence));

events.forEach((event, number) => {
  event.number = number;
  event.publishers = [...new Set(event.reports.map((report) => sourceName(articleOf(report))))];
  event.confidence = confidenceOf(event);
});

function eventTitle(event) {
  const from = roleLabels(event, "actor").join(", ");
  const to = roleLabels(event, "recipient").join(", ");
  return [from, to].filter(Boolean).join(" → ") || roleLabels(event, "place").join(", ") || "nobody named";
}

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
