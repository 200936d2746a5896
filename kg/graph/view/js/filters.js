// What is asked for, which events pass, and how many would with each other choice.

const CHOICES = [
  { name: "type", label: "Relation", all: "All relations", of: (event) => above(event.type), title: (type) => capital(classLabel(type)) },
  { name: "actor", label: "Actor", all: "All actors", of: (event) => event.actors, title: (iri) => actorLabels.get(iri) ?? iri },
  { name: "source", label: "Source", all: "All sources", of: (event) => event.publishers, title: (name) => name },
  { name: "status", label: "Status", all: "Any", rare: true, of: (event) => [event.status], title: (name) => capital(words(name)) },
  { name: "modality", label: "Modality", all: "Any", rare: true, of: (event) => [event.modality], title: capital },
  { name: "polarity", label: "Polarity", all: "Any", rare: true, of: (event) => [event.polarity], title: capital },
];
// A list of more names than this takes longer to make than to search.
const LONGEST_LIST = 200;

const actorLabels = new Map();
for (const event of events) {
  const parties = event.roles.filter((r) => r.role === "actor" || r.role === "recipient");
  parties.forEach((r) => actorLabels.set(r.iri, r.label));
  event.actors = [...new Set(parties.map((r) => r.iri))];
}

const START = {
  q: "", type: "", actor: "", source: "", status: "", modality: "", polarity: "", from: "", to: "", sources: 0,
  confidence: 0, hide: "", around: "", path: "", view: "graph", level: 0, sel: "", sort: "date", order: "up",
};
const VIEWS = ["graph", "timeline", "table"];
const state = { ...START };

const period = () => `${state.from || "the beginning"} to ${state.to || "the end"}`;
const nameOf = (iri) => nodeByIri.get(iri)?.full ?? iri;

// Each test is one bit of `event.failed`, so that the counts of one filter can leave that filter out. `clear` is the
// change of state that takes it away, `title` what it is called where it is shown to be on.
const TESTS = [
  ...CHOICES.map((choice) => ({ name: choice.name, on: () => state[choice.name], pass: (e) => choice.of(e).includes(state[choice.name]),
    title: () => [choice.label, choice.title(state[choice.name])], clear: { [choice.name]: "" } })),
  { name: "q", on: () => state.q.trim(), pass: (e) => queryWords.every((word) => haystack(e).includes(word)),
    title: () => ["Search", state.q.trim()], clear: { q: "" } },
  { name: "look", on: () => state.hide, pass: (e) => !hiddenLooks.has(e.look),
    title: () => ["Without", [...hiddenLooks].join(", ")], clear: { hide: "" } },
  { name: "period", on: () => state.from || state.to,
    pass: (e) => e.days && (!state.from || e.days[1] >= state.from) && (!state.to || e.days[0] <= state.to),
    title: () => ["Period", period()], clear: { from: "", to: "" } },
  { name: "sources", on: () => state.sources, pass: (e) => e.sources >= state.sources,
    title: () => ["Independent sources", `${state.sources} or more`], clear: { sources: 0 } },
  { name: "confidence", on: () => state.confidence, pass: (e) => e.confidence >= state.confidence,
    title: () => ["Confidence", `${state.confidence} or more`], clear: { confidence: 0 } },
];
// Neighbours and paths come last: they are looked for on the graph that the other filters leave.
const FOCUS = { name: "focus", on: () => state.around, title: () => (state.path
  ? ["Paths", `${nameOf(state.around)} to ${nameOf(state.path)}`] : ["Neighbours of", nameOf(state.around)]), clear: { around: "", path: "" } };
const RARER = [...CHOICES.filter((choice) => choice.rare).map((choice) => choice.name), "sources", "confidence"];
const BIT = Object.fromEntries([...TESTS, FOCUS].map((test, at) => [test.name, 1 << at]));

let queryWords = [];
let hiddenLooks = new Set();
let selection = events;
let activeTests = [];

function filter() {
  queryWords = fold(state.q).split(/\s+/).filter(Boolean);
  hiddenLooks = new Set(state.hide.split(" ").filter((name) => known(LOOKS, name)));
  const active = TESTS.filter((test) => test.on());
  for (const event of events) {
    event.failed = 0;
    for (const test of active) if (!test.pass(event)) event.failed |= BIT[test.name];
  }
  focus = findFocus();
  if (focus) for (const event of events) if (!event.lines.some((at) => focus.lines.has(at))) event.failed |= BIT.focus;
  activeTests = focus ? [...active, FOCUS] : active;
  selection = events.filter((event) => !event.failed);
}

function tally(name, valuesOf) {
  const counts = new Map();
  const others = ~BIT[name];
  for (const event of events) {
    if (event.failed & others) continue;
    for (const value of valuesOf(event)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

const visibleEvents = (line) => line.events.filter((at) => !events[at].failed);
const litCount = (line) => line.events.reduce((sum, at) => sum + (events[at].failed ? 0 : 1), 0);

// The state is in the address, so that a link or a reload shows the same view.
function readHash() {
  Object.assign(state, START);
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (Object.hasOwn(START, key)) state[key] = typeof START[key] === "number" ? Math.max(0, Number(value) || 0) : value;
  }
  if (!VIEWS.includes(state.view)) state.view = START.view;
  if (!nodeByIri.has(state.around)) state.around = "";
  if (!nodeByIri.has(state.path) || state.path === state.around || !state.around) state.path = "";
}

function writeHash() {
  const changed = Object.entries(state).filter(([key, value]) => value !== START[key]);
  const hash = new URLSearchParams(changed).toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
}

function makeChoices() {
  for (const choice of CHOICES) {
    const holder = byId(choice.rare ? "rarer-choices" : "choices");
    choice.values = [...new Set(events.flatMap(choice.of))];
    if (choice.name === "type") choice.values = byTree(choice.values);
    else choice.values.sort((a, b) => compare(choice.title(a), choice.title(b)));
    choice.options = new Map();
    choice.select = el("select", { id: `choose-${choice.name}`, on: { change: () => change({ [choice.name]: choice.select.value }) } });
    if (choice.values.length > 1 || choice.name === "source") holder.append(el("label", {}, el("span", {}, choice.label), choice.select));
  }
}

const collator = new Intl.Collator("en", { numeric: true });
const compare = (a, b) => collator.compare(String(a), String(b));

// Classes below the class that they belong to, set in.
function byTree(names) {
  const path = new Map(names.map((name) => [name, above(name).reverse().map(classLabel).join("\n")]));
  return names.sort((a, b) => compare(path.get(a), path.get(b)));
}

function showChoices() {
  for (const choice of CHOICES) {
    const counts = tally(choice.name, choice.of);
    const chosen = state[choice.name];
    const all = choice.values.filter((value) => counts.has(value) || value === chosen);
    const shown = all.length > LONGEST_LIST ? mostCounted(all, counts, chosen) : all;
    const indent = (value) => (choice.name === "type" ? "\u2003".repeat(above(value).length - 1) : "");
    showOptions(choice, [
      ["", choice.all],
      ...shown.map((value) => [value, `${indent(value)}${choice.title(value)} (${counts.get(value) ?? 0})`]),
      ...(shown.length < all.length ? [[null, `and ${all.length - shown.length} with fewer events: use the search`]] : []),
    ]);
    choice.select.value = chosen;
  }
}

// Options are kept and get a new text, since to make hundreds of them anew takes longer than all else.
function showOptions({ select, options }, rows) {
  const wanted = rows.map(([value, text]) => {
    if (!options.has(value)) options.set(value, { option: el("option", value === null ? { disabled: true } : { value }), text: null });
    const made = options.get(value);
    if (made.text !== text) made.option.textContent = made.text = text;
    return made.option;
  });
  const shown = select.childNodes;
  if (shown.length !== wanted.length || wanted.some((option, at) => shown[at] !== option)) select.replaceChildren(...wanted);
}

function mostCounted(values, counts, chosen) {
  const least = [...counts.values()].sort((a, b) => b - a)[LONGEST_LIST - 1];
  return values.filter((value) => counts.get(value) >= least || value === chosen).slice(0, LONGEST_LIST + 1);
}

// The filters that are on, each with a button that takes it away: nothing is left out unsaid.
function showChips() {
  byId("chips").replaceChildren(...activeTests.map((test) => {
    const [what, which] = test.title();
    return el("li", {}, el("button", { type: "button", class: "chip", "aria-label": `Take away: ${what} ${which}`, on: { click: () => {
      change(test.clear);
      (byId("chips").querySelector("button") ?? byId("q")).focus();
    } } }, el("span", {}, `${what}: `), said(which), el("span", { "aria-hidden": "true", class: "cross" }, "×")));
  }));
}

function makeNames() {
  const counts = new Map();
  for (const event of events) {
    const names = new Set([...event.roles.map((r) => r.label), classLabel(event.type)]);
    names.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  const best = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).slice(0, LONGEST_LIST);
  byId("names").replaceChildren(...best.map(([name, number]) => el("option", { value: name }, count(number, THING))));
}

// The words of each event are gathered while nothing else is to be done, so that the first search is as quick as any.
function gatherWords(at = 0) {
  requestIdleCallback((idle) => {
    let next = at;
    while (next < events.length && idle.timeRemaining() > 2) haystack(events[next++]);
    if (next < events.length) gatherWords(next);
  });
}
