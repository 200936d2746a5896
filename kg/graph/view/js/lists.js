// The same selection as a table that can be sorted, and along time.

const COLUMNS = [
  { name: "date", label: "Date", of: (e) => e.date ?? "", key: (e) => e.days?.[0] ?? "9999" },
  { name: "actor", label: "Actor", of: (e) => roleLabels(e, "actor").join(", ") },
  { name: "relation", label: "Relation", of: (e) => classLabel(e.type) },
  { name: "recipient", label: "Recipient", of: (e) => roleLabels(e, "recipient").join(", ") },
  { name: "place", label: "Place", of: (e) => roleLabels(e, "place").join(", ") },
  { name: "status", label: "Status", of: (e) => [words(e.status), LOOKS[e.look]?.word !== e.status && LOOKS[e.look]?.word].filter(Boolean).join(", ") },
  { name: "sources", label: "Sources", of: (e) => String(e.sources), key: (e) => e.sources },
];

function sorted() {
  const column = COLUMNS.find((one) => one.name === state.sort) ?? COLUMNS[0];
  const key = column.key ?? column.of;
  const way = state.order === "down" ? -1 : 1;
  const numeric = typeof key(selection[0] ?? { sources: 0, roles: [], type: "", days: null, status: "" }) === "number";
  return [...selection].sort((a, b) => way * (numeric ? key(a) - key(b) : compare(key(a), key(b))) || a.number - b.number);
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
    return el("th", { scope: "col", "aria-sort": active ? (state.order === "up" ? "ascending" : "descending") : null },
      button(`${column.label}${active ? (state.order === "up" ? " ▲" : " ▼") : ""}`, flip, { "data-column": column.name }));
  });
  view.replaceChildren(el("table", { class: "events" }, el("caption", {}, count(selection.length, "event")), el("thead", {}, el("tr", {}, head)), body));
  paged(sorted(), (event) => el("tr", {}, COLUMNS.map((column, at) => {
    const text = column.of(event) || "–";
    return el("td", {}, at === 0 ? button(text === "–" ? "no date" : text, () => choose(`v${event.number}`), { class: "row day-button", "aria-label": `${text}: ${eventTitle(event)}, ${classLabel(event.type)}` }) : said(text));
  })), body, 200);
}

function showTimeline() {
  const view = byId("view-timeline");
  const dated = selection.filter((event) => event.days).sort((a, b) => compare(a.days[0], b.days[0]) || a.number - b.number);
  const undated = selection.filter((event) => !event.days);
  const list = el("div", { class: "months" });
  let month = null;
  paged([...dated, ...undated], (event) => {
    const next = event.days ? event.date.slice(0, 7) : "No date";
    const heading = next === month ? null : el("h3", {}, next);
    month = next;
    return el("div", {}, ...[heading, el("p", {}, el("span", { class: "day" }, event.date ?? ""), lineSign(event.look, event),
      el("button", { type: "button", class: "row", on: { click: () => choose(`v${event.number}`) } }, phrase(said(eventTitle(event)), `: ${classLabel(event.type)}`)))].filter(Boolean));
  }, list, 200);
  view.replaceChildren(selection.length ? list : el("p", { class: "message" }, "No event passes these filters."));
}
