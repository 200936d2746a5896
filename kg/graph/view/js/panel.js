// The panel: what a line, a node or an event rests on, sentence by sentence.

const MARK_TITLES = { t: "trigger", a: "actor or recipient", f: "other role", s: "speaker" };
const BOUNDS = { atLeast: "at least ", atMost: "at most " };

function showPanel() {
  const panel = byId("panel");
  const [kind, number] = [state.sel[0], Number(state.sel.slice(1))];
  const open = { e: edges[number] && lineParts, n: nodes[number] && nodeParts, v: events[number] && eventParts }[kind];
  panel.classList.toggle("open", Boolean(open));
  if (!open) {
    panel.replaceChildren(...overview());
    return;
  }
  panel.scrollTop = 0;
  panel.replaceChildren(button("Close", () => { choose(""); byId("graph").focus(); }, { class: "close", "aria-label": "Close the panel" }), ...open(number));
}

// What to look at first, while nothing is chosen.
function overview() {
  if (!events.length) return [];
  const lit = edges.filter((edge) => visibleEvents(edge).length);
  const strongest = [...lit].sort((a, b) => visibleEvents(b).length - visibleEvents(a).length).slice(0, 10);
  const disputed = selection.filter((event) => event.conflicts.length);
  return [
    el("h2", {}, "Overview"),
    el("p", { class: "hint" }, "Choose a line or a node to read the sentences behind it."),
    ...(strongest.length ? [el("h3", {}, "Most reported"), lineRows(strongest)] : []),
    ...(disputed.length ? [el("h3", {}, `Reports contradict each other (${disputed.length})`), paged(disputed, eventRow, el("ul", { class: "rows" }), 10)] : []),
  ];
}

const lineWords = (edge) => [classLabel(edge.type), LOOKS[edge.look]?.word, count(visibleEvents(edge).length, "event")].filter(Boolean).join(", ");
const row = (id, ...words) => el("li", {}, el("button", { type: "button", class: "row", on: { click: () => choose(id) } }, ...words));
const phrase = (...words) => el("span", {}, ...words);
const eventRow = (event) => row(`v${event.number}`, phrase(said(eventTitle(event)), `: ${classLabel(event.type)}, ${event.date ?? "no date"}`));
const lineRows = (lines) => paged(lines, (edge) => row(edge.id, lineSign(edge.look, edge), phrase(said(edgeTitle(edge)), `: ${lineWords(edge)}`)), el("ul", { class: "rows" }), 12);

function lineParts(number) {
  const edge = edges[number];
  const found = visibleEvents(edge).map((at) => events[at]);
  return [
    el("h2", {}, said(nodes[edge.from].full), edge.arrow ? " → " : " – ", said(nodes[edge.to].full)),
    el("p", { class: "what" }, lineSign(edge.look, edge), ` ${capital(classLabel(edge.type))}, ${count(found.length, "event")}`, filteredOut(edge.events.length - found.length)),
    eventList(found),
  ];
}

const filteredOut = (number) => (number ? ` (${number} more filtered out)` : "");

function nodeParts(number) {
  const node = nodes[number];
  const found = eventsAt(node);
  const isActor = actorLabels.has(node.iri);
  const lines = node.lines.map((at) => edges[at]).filter((edge) => visibleEvents(edge).length);
  return [
    el("h2", {}, said(node.full)),
    el("p", { class: "what" }, nodeSign(node.family), ` ${capital(words(node.kind))}, ${count(found.length, "event")} `,
      node.family === "event" ? null : outward(node.iri, "About")),
    isActor && state.actor !== node.iri ? button("Only events of this actor", () => change({ actor: node.iri })) : null,
    isActor && state.actor === node.iri ? button("Events of all actors", () => change({ actor: "" })) : null,
    el("h3", {}, `Lines (${lines.length})`),
    lineRows(lines),
    el("h3", {}, `Events (${found.length})`),
    eventList(found),
  ].filter(Boolean);
}

const eventParts = (number) => [el("h2", {}, said(eventTitle(events[number]))), eventCard(events[number])];

function eventList(found) {
  const sorted = [...found].sort((a, b) => compare(b.days?.[0] ?? "", a.days?.[0] ?? "") || a.number - b.number);
  return paged(sorted, eventCard, el("div", { class: "cards" }), 20);
}

function eventCard(event) {
  const values = (role) => [...new Set(roleLabels(event, role))].join(", ");
  const rows = [
    ["Actor", values("actor")], ["Recipient", values("recipient")], ["With", values("instrument")], ["Place", values("place")],
    ["From", values("origin")], ["About", values("topic")], ["Numbers", [...new Set(event.reports.flatMap((r) => r.quantities.map(quantity)))].join(", ")],
    ["Status", [capital(words(event.status)), event.polarity === "negated" && "negated", event.modality !== "actual" && event.modality].filter(Boolean).join(", ")],
    ["Independent sources", String(event.sources)],
    ["According to", event.speakers.join(" → ")],
  ].filter(([, value]) => value);
  return el("article", { class: "card" },
    el("h3", {}, `${capital(classLabel(event.type))}, `, event.date ? el("time", {}, event.date) : "no date"),
    el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, said(value))))),
    event.conflicts.map((conflict) => conflictTable(conflict, event)),
    event.reports.map((report) => evidence(report, event)),
    button("Copy with citations", () => copy(asText(event), "Copied."), { class: "quiet" }),
  );
}

const quantity = ([bound, value, unit]) => `${BOUNDS[bound] ?? ""}${value} ${unit}`;

function conflictTable(conflict, event) {
  return el("table", { class: "conflict" },
    el("caption", {}, `The reports differ on: ${words(conflict.slot)}`),
    el("thead", {}, el("tr", {}, conflict.sides.map(([value]) => el("th", { scope: "col" }, said(value))))),
    el("tbody", {}, el("tr", {}, conflict.sides.map(([, reports]) => el("td", {},
      reports.map((at) => el("p", {}, said(citation(event.reports[at])))))))),
  );
}

function evidence(report, event) {
  const article = articleOf(report);
  const qualities = [report.polarity === "negated" && "negated", report.modality !== "actual" && report.modality,
    report.date && report.date !== event.date && report.date].filter(Boolean).join(", ");
  return el("figure", {},
    el("blockquote", { dir: "auto" }, report.text.map(([piece, mark]) => (mark ? el("mark", { class: mark, title: MARK_TITLES[mark] }, piece) : piece))),
    el("figcaption", {},
      el("strong", {}, said(sourceName(article))), article.published ? `, ${article.published}` : "",
      article.title || article.url ? [" · ", outward(article.url, article.title || "article")] : null,
      report.speakers.length ? [" · according to ", said(report.speakers.join(" → ")), report.stance ? ` (${words(report.stance)})` : ""] : null,
      qualities ? ` · ${qualities}` : "",
      el("span", { class: "how" }, ` · rule ${report.rule}, confidence ${report.confidence}`)));
}

function citation(report) {
  const article = articleOf(report);
  return [sourceName(article), article.published, report.speakers.length && `according to ${report.speakers.join(" → ")}`].filter(Boolean).join(", ");
}

function asText(event) {
  const lines = event.reports.map((report) => {
    const article = articleOf(report);
    const from = [sourceName(article), article.title && `“${article.title}”`, article.published, article.url].filter(Boolean).join(", ");
    return `“${sentenceOf(report)}”\n  ${from} (characters ${report.start} to ${report.end})`;
  });
  return [`${eventTitle(event)}: ${classLabel(event.type)}, ${event.date ?? "no date"} (${words(event.status)})`, ...lines, event.iri].join("\n");
}
