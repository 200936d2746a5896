// The same selection as a table that can be sorted, and along time.

const COLUMNS = [
  { name: "date", label: "Date", of: (e) => e.date ?? "", key: (e) => e.days?.[0] ?? "9999" },
  { name: "actor", label: "Actor", of: (e) => roleLabels(e, "actor").join(", ") },
  { name: "relation", label: "Relation", of: (e) => classLabel(e.type) },
  { name: "recipient", label: "Recipient", of: (e) => roleLabels(e, "recipient").join(", ") },
  { name: "place", label: "Place", of: (e) => roleLabels(e, "place").join(", ") },
  { name: "status", label: "Status", of: (e) => [...new Set([words(e.status), known(LOOKS, e.look)?.word].filter(Boolean))].join(", ") },
  { name: "told", label: "Told by", of: (e) => e.publishers.join(", ") },
  { name: "sources", label: "Independent", of: (e) => String(e.sources), key: (e) => e.sources },
];
const AT_FIRST = 200;

function sorted() {
  const column = COLUMNS.find((one) => one.name === state.sort) ?? COLUMNS[0];
  const key = column.key ?? column.of;
  const keys = new Map(selection.map((event) => [event, key(event)]));
  const way = state.order === "down" ? -1 : 1;
  const order = column.name === "sources" ? (a, b) => a - b : compare;
  return [...selection].sort((a, b) => way * order(keys.get(a), keys.get(b)) || a.number - b.number);
}

function showTable() {
  const view = byId("view-table");
  const body = el("tbody");
  const head = COLUMNS.map((column) => {
    const active = state.sort === column.name;
    const flip = () => {
      change({ sort: column.name, order: active && state.order === "up" ? "down" : "up" });
      document.querySelector(`[data-column="${column.name}"]`).focus();
    };
    const arrow = active ? el("span", { "aria-hidden": "true" }, state.order === "up" ? " ▲" : " ▼") : null;
    return el("th", { scope: "col", "aria-sort": active ? (state.order === "up" ? "ascending" : "descending") : null },
      el("button", { type: "button", "data-column": column.name, on: { click: flip } }, column.label, arrow));
  });
  view.replaceChildren(el("table", { class: "events" }, el("caption", {}, count(selection.length, THING)), el("thead", {}, el("tr", {}, head)), body));
  paged(sorted(), tableRow, body, AT_FIRST);
}

function tableRow(event) {
  return el("tr", {}, COLUMNS.map((column, at) => {
    const text = column.of(event);
    if (at) return el("td", { "data-label": column.label }, text ? said(text) : el("span", { class: "none" }, "–"));
    const open = () => choose(`v${event.number}`);
    return el("td", {}, el("button", { type: "button", class: "row day-button", on: { click: open }, "aria-label": `${text || "no date"}: ${eventTitle(event)}, ${classLabel(event.type)}` }, text || "no date"));
  }));
}

function showTimeline() {
  const view = byId("view-timeline");
  const dated = selection.filter((event) => event.days).sort((a, b) => compare(a.days[0], b.days[0]) || a.number - b.number);
  const undated = selection.filter((event) => !event.days).sort((a, b) => compare(a.told ?? "9999", b.told ?? "9999") || a.number - b.number);
  const list = el("div", { class: "months" });
  const months = tally("none", (event) => [monthOf(event)]);
  let month = null;
  paged([...dated, ...undated], (event) => {
    const next = monthOf(event);
    const heading = next === month ? null : el("h3", {}, next, el("small", {}, count(months.get(next), THING)));
    month = next;
    return el("div", {}, ...[heading, el("p", {}, el("span", { class: "day" }, event.date ?? event.told ?? ""), lineSign(event.look, event),
      el("button", { type: "button", class: "row", on: { click: () => choose(`v${event.number}`) } },
        phrase(said(eventTitle(event)), `: ${classLabel(event.type)}`, known(LOOKS, event.look)?.word ? el("small", {}, ` ${LOOKS[event.look].word}`) : null)), el("small", { class: "told" }, event.publishers.join(", ")))].filter(Boolean));
  }, list, AT_FIRST);
  view.replaceChildren(selection.length ? list : el("p", { class: "message" }, "No event passes these filters."));
}

const monthOf = (event) => (event.days ? event.date.slice(0, 7) : "No date; by the day of the first report");
