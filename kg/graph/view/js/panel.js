// The panel: what a line, a node or an event is, and what it rests on.

let panelShows = "";

function showPanel() {
  const panel = byId("panel");
  const [kind, number] = [state.sel[0], Number(state.sel.slice(1))];
  const open = { e: edges[number] && lineParts, n: nodes[number] && nodeParts, v: events[number] && eventParts }[kind];
  panel.classList.toggle("open", Boolean(open));
  // Asking for a place to scroll to costs a layout of the whole page, so only what is newly chosen does.
  if (panelShows !== state.sel) panel.scrollTop = 0;
  panelShows = state.sel;
  if (!open) panel.replaceChildren(...overview());
  else panel.replaceChildren(button("Close", letGo, { class: "close", "aria-label": "Close the panel" }), ...open(number));
}

function letGo() {
  choose("");
  (state.view === "graph" ? byId("graph") : byId(`view-${state.view}`)).focus();
}

function lineParts(number) {
  const edge = edges[number];
  const found = visibleEvents(edge).map((at) => events[at]);
  return [
    el("h2", {}, said(nodes[edge.from].full), edge.arrow ? " → " : " – ", said(nodes[edge.to].full)),
    el("p", { class: "what" }, lineSign(edge.look, edge), ` ${capital(classLabel(edge.type))}, ${known(LOOKS, edge.look)?.label.toLowerCase() ?? edge.look}, ${count(found.length, THING)}`, filteredOut(edge.events.length - found.length)),
    meaning(edge.type),
    el("p", { class: "tools" }, ...[edge.from, edge.to].filter((id) => !isBox(nodes[id])).map((id) => button(nodes[id].full, () => choose(`n${id}`), { class: "quiet", dir: "auto" })), copyAll(found)),
    found.some((event) => event.reports.length) ? markKey() : null,
    eventList(found),
  ].filter(Boolean);
}

const meaning = (type) => (classMeaning(type) ? el("p", { class: "hint" }, classMeaning(type)) : null);
const filteredOut = (number) => (number ? ` (${number.toLocaleString("en")} more filtered out)` : "");
const copyAll = (found) => (found.some((event) => event.reports.length)
  ? button(`Copy all with citations`, () => copy(found.map(asText).join("\n\n"), `${count(found.length, THING)} copied.`), { class: "quiet" }) : null);

function nodeParts(number) {
  const node = nodes[number];
  const found = eventsAt(node);
  const all = new Set(node.lines.flatMap((at) => edges[at].events)).size;
  const lines = node.lines.map((at) => edges[at]).filter((edge) => litCount(edge)).sort((a, b) => litCount(b) - litCount(a));
  return [
    el("h2", {}, said(node.full)),
    el("p", { class: "what" }, nodeSign(node.family), ` ${capital(words(node.kind))}, ${count(found.length, THING)}${filteredOut(all - found.length)} `,
      isBox(node) ? null : elsewhere(node.iri)),
    isBox(node) ? null : nodeTools(node),
    node.facts.length ? el("section", {}, el("h3", {}, `Offices and ties (${node.facts.length})`), el("ul", { class: "facts" }, node.facts.map(factRow))) : null,
    found.some((event) => event.days) ? el("section", {}, el("h3", {}, "Over time"), chart(found)) : null,
    el("h3", {}, `Relations (${lines.length})`),
    lineRows(lines),
    el("h3", {}, `Events (${found.length})`),
    el("p", { class: "tools" }, copyAll(found)),
    eventList(found),
  ].filter(Boolean);
}

// Names of our own lead nowhere.
const elsewhere = (iri) => (/^https?:/i.test(iri) && !iri.startsWith(data.own) ? outward(iri, new URL(iri).hostname.replace(/^www\./, "")) : null);

function nodeTools(node) {
  const isActor = actorLabels.has(node.iri);
  const alone = state.around === node.iri && !state.path;
  return el("p", { class: "tools" },
    alone ? button("Show the whole graph", () => change(FOCUS.clear), { class: "quiet" })
      : button("Only its neighbours", () => change({ around: node.iri, path: "", view: "graph" }), { class: "quiet" }),
    button("Paths to…", () => { change({ around: node.iri, path: "", view: "graph" }); byId("path").focus(); }, { class: "quiet" }),
    isActor && state.actor !== node.iri ? button("Only events of this actor", () => change({ actor: node.iri }), { class: "quiet" }) : null,
    isActor && state.actor === node.iri ? button("Events of all actors", () => change({ actor: "" }), { class: "quiet" }) : null);
}

// «Choe Son Hui: Foreign Minister, North Korea», and the sentences that say so.
function factRow(fact) {
  const [subject, object] = [entities[fact.subject], entities[fact.object]];
  const sources = new Set(fact.evidence.map(([at]) => sourceName(articles[at] ?? NO_ARTICLE)));
  return el("li", {}, el("details", {},
    el("summary", {}, said(subject.label), ": ", said(fact.title ?? words(fact.predicate)), ", ", said(object.label), el("small", {}, ` ${count(sources.size, "source")}`)),
    fact.evidence.map(([at, sentence]) => {
      const article = articles[at] ?? NO_ARTICLE;
      return el("figure", {}, el("blockquote", { dir: "auto" }, sentence), el("figcaption", {}, ...origin(article)));
    })));
}

function eventParts(number) {
  const event = events[number];
  return [el("h2", {}, said(eventTitle(event))), meaning(event.type), event.reports.length ? markKey() : null, eventCard(event)].filter(Boolean);
}

function eventList(found) {
  const sorted = [...found].sort((a, b) => compare(b.days?.[0] ?? "", a.days?.[0] ?? "") || a.number - b.number);
  return paged(sorted, eventCard, el("div", { class: "cards" }), 20);
}

// Bars of events over the same time as that of the whole page.
function chart(found) {
  const counts = countBins(found.filter((event) => event.days));
  const most = Math.max(...counts), width = 100 / bins.length;
  const bars = counts.map((number, at) => {
    if (!number) return null;
    const bar = svg("rect", { x: at * width, y: 30 - (30 * number) / most, width: Math.max(0.4, width * 0.86), height: (30 * number) / most });
    bar.append(svg("title", {}, `${bins[at].name}: ${count(number, THING)}`));
    return bar;
  }).filter(Boolean);
  const best = counts.indexOf(most);
  const text = `${bins[0].name} to ${bins.at(-1).name}; most in ${bins[best].name}: ${count(most, THING)}`;
  return el("div", { class: "chart" }, svg("svg", { viewBox: "0 0 100 30", preserveAspectRatio: "none", role: "img", "aria-label": text }, ...bars),
    el("p", { class: "hint" }, text));
}
