// What is asked for, which events pass, and how many would with each other choice.

const CHOICES = [
  { name: "type", label: "Relation", all: "All relations", of: (event) => above(event.type), title: classLabel },
  { name: "actor", label: "Actor", all: "All actors", of: (event) => event.actors, title: (iri) => actorLabels.get(iri) },
  { name: "source", label: "Source", all: "All sources", of: (event) => event.publishers, title: (name) => name },
  { name: "status", label: "Status", all: "Any status", of: (event) => [event.status], title: (name) => capital(words(name)) },
  { name: "modality", label: "Modality", all: "Any modality", of: (event) => [event.modality], title: capital },
  { name: "polarity", label: "Polarity", all: "Affirmed and negated", of: (event) => [event.polarity], title: capital },
];

const actorLabels = new Map();
for (const event of events) {
  const parties = event.roles.filter((r) => r.role === "actor" || r.role === "recipient");
  parties.forEach((r) => actorLabels.set(r.iri, r.label));
  event.actors = [...new Set(parties.map((r) => r.iri))];
}

const START = {
  q: "", type: "", actor: "", source: "", status: "", modality: "", polarity: "", from: "", to: "", sources: 0,
  confidence: 0, hide: "", view: "graph", all: "", sel: "", sort: "date", order: "up",
};
const state = { ...START };

// Each test is one bit of `event.failed`, so that the counts of one filter can leave that filter out.
const TESTS = [
  ...CHOICES.map((choice) => ({ name: choice.name, on: () => state[choice.name], pass: (e) => choice.of(e).includes(state[choice.name]) })),
  { name: "q", on: () => state.q.trim(), pass: (e) => queryWords.every((word) => haystack(e).includes(word)) },
  { name: "look", on: () => state.hide, pass: (e) => !hiddenLooks.has(e.look) },
  { name: "period", on: () => state.from || state.to,
    pass: (e) => e.days && (!state.from || e.days[1] >= state.from) && (!state.to || e.days[0] <= state.to) },
  { name: "sources", on: () => state.sources, pass: (e) => e.sources >= state.sources },
  { name: "confidence", on: () => state.confidence, pass: (e) => e.confidence >= state.confidence },
];
const BIT = Object.fromEntries(TESTS.map((test, at) => [test.name, 1 << at]));

let queryWords = [];
let hiddenLooks = new Set();
let selection = events;

function filter() {
  queryWords = fold(state.q).split(/\s+/).filter(Boolean);
  hiddenLooks = new Set(state.hide.split(" ").filter(Boolean));
  const active = TESTS.filter((test) => test.on());
  for (const event of events) {
    event.failed = 0;
    for (const test of active) if (!test.pass(event)) event.failed |= BIT[test.name];
  }
  selection = events.filter((event) => !event.failed);
  return active.length;
}

// Events that pass all filters but one.
const passing = (name) => events.filter((event) => !(event.failed & ~BIT[name]));

function tally(name, valuesOf) {
  const counts = new Map();
  for (const event of passing(name)) for (const value of valuesOf(event)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const visibleEvents = (line) => line.events.filter((at) => !events[at].failed);

// The state is in the address, so that a link or a reload shows the same view.
function readHash() {
  Object.assign(state, START);
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (key in START) state[key] = typeof START[key] === "number" ? Number(value) || 0 : value;
  }
  if (!["graph", "timeline", "table"].includes(state.view)) state.view = START.view;
}

function writeHash() {
  const changed = Object.entries(state).filter(([key, value]) => value !== START[key]);
  const hash = new URLSearchParams(changed).toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
}

function makeChoices() {
  const holder = byId("choices");
  for (const choice of CHOICES) {
    choice.values = [...new Set(events.flatMap(choice.of))];
    if (choice.name === "type") choice.values = byTree(choice.values);
    else choice.values.sort((a, b) => compare(choice.title(a), choice.title(b)));
    choice.select = el("select", { id: `choose-${choice.name}`, on: { change: () => change({ [choice.name]: choice.select.value }) } });
    if (choice.values.length > 1 || choice.name === "source") holder.append(el("label", {}, el("span", {}, choice.label), choice.select));
  }
}

const compare = (a, b) => String(a).localeCompare(String(b), "en");

// Classes below the class that they belong to, set in.
function byTree(names) {
  const path = (name) => above(name).reverse().map(classLabel).join("\n");
  return names.sort((a, b) => compare(path(a), path(b)));
}

function showChoices() {
  for (const choice of CHOICES) {
    const counts = tally(choice.name, choice.of);
    const shown = choice.values.filter((value) => counts.has(value) || value === state[choice.name]);
    const indent = (value) => (choice.name === "type" ? "\u2003".repeat(above(value).length - 1) : "");
    choice.select.replaceChildren(
      el("option", { value: "" }, choice.all),
      ...shown.map((value) => el("option", { value }, `${indent(value)}${choice.name === "type" ? capital(choice.title(value)) : choice.title(value)} (${counts.get(value) ?? 0})`)),
    );
    choice.select.value = state[choice.name];
  }
}

function makeNames() {
  const counts = new Map();
  for (const event of events) {
    const names = new Set([...event.roles.map((r) => r.label), classLabel(event.type)]);
    names.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  const best = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).slice(0, 300);
  byId("names").replaceChildren(...best.map(([name, number]) => el("option", { value: name }, count(number, "event"))));
}
