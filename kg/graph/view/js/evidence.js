// An event with every sentence that tells of it, who says so, and where; and the same as text to take away.

const MARK_TITLES = { t: "trigger", a: "actor or recipient", f: "other role", s: "speaker" };
const BOUNDS = { atLeast: "at least ", atMost: "at most " };
const ROLES = [["actor", "Actor"], ["recipient", "Recipient"], ["instrument", "With"], ["place", "Place"], ["origin", "From"], ["topic", "About"]];

function eventCard(event) {
  const more = [...new Set(event.roles.map((r) => r.role))].filter((role) => !ROLES.some(([name]) => name === role)).map((role) => [role, capital(words(role))]);
  const rows = [
    ...[...ROLES, ...more].map(([role, label]) => [label, roleLabels(event, role).join(", ")]),
    ["Numbers", [...new Set(event.reports.flatMap((r) => r.quantities.map(quantity)))].join(", ")],
    ["Status", `${statusOf(event)}${event.since ? `, since ${event.since}` : ""}`],
    ["Independent sources", event.reports.length ? [event.sources.toLocaleString("en"), event.origins.join(", ")].filter(Boolean).join(": ") : ""],
    ["According to", event.speakers.join(" → ")],
  ].filter(([, value]) => value);
  return el("article", { class: "card" },
    el("h3", {}, `${capital(classLabel(event.type))}, `, event.date ? el("time", {}, event.date) : "no date"),
    el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, said(value))))),
    event.conflicts.map((conflict) => conflictTable(conflict, event)),
    event.reports.map((report) => evidence(report, event)),
    event.reports.length
      ? button("Copy with citations", () => copy(asText(event), "Copied."), { class: "quiet" })
      : el("p", { class: "hint" }, "The data state this; no sentence stands behind it here."),
  );
}

const quantity = ([bound, value, unit]) => `${known(BOUNDS, bound) ?? ""}${value} ${unit}`;
const statusOf = (event) => [...new Set([words(event.status), event.polarity === "negated" && "negated", event.modality !== "actual" && event.modality])]
  .filter(Boolean).map((word, at) => (at ? word : capital(word))).join(", ");

// Each side with its sentences beside those of the other.
function conflictTable(conflict, event) {
  return el("table", { class: "conflict" },
    el("caption", {}, `The reports differ on: ${words(conflict.slot)}`),
    el("thead", {}, el("tr", {}, conflict.sides.map(([value]) => el("th", { scope: "col" }, said(value))))),
    el("tbody", {}, el("tr", {}, conflict.sides.map(([, reports]) => el("td", {},
      reports.map((at) => event.reports[at]).filter(Boolean).map((report) => el("p", {}, said(`“${sentenceOf(report)}”`), el("small", {}, said(citation(report))))))))),
  );
}

function evidence(report, event) {
  const qualities = [report.polarity === "negated" && "negated", report.modality !== "actual" && report.modality,
    report.date && report.date !== event.date && report.date].filter(Boolean).join(", ");
  return el("figure", {},
    el("blockquote", { dir: "auto" }, report.text.map(([piece, mark]) => (mark ? el("mark", { class: mark, title: known(MARK_TITLES, mark) }, piece) : piece))),
    el("figcaption", {},
      ...origin(articleOf(report)),
      report.speakers.length ? [" · according to ", said(report.speakers.join(" → ")), report.stance ? ` (${words(report.stance)})` : ""] : null,
      qualities ? ` · ${qualities}` : "",
      el("span", { class: "how" }, " · rule ", said(report.rule), `, confidence ${report.confidence}`)));
}

// Publisher, date and title, which leads to the article where it has an address.
const origin = (article) => [
  el("strong", {}, said(sourceName(article))), article.published ? [", ", said(article.published)] : "",
  ...(article.title || article.url ? [" · ", outward(article.url, article.title || "article")] : []),
].flat();

function citation(report) {
  const article = articleOf(report);
  return [sourceName(article), article.published, report.speakers.length && `according to ${report.speakers.join(" → ")}`].filter(Boolean).join(", ");
}

function asText(event) {
  const lines = event.reports.map((report) => {
    const article = articleOf(report);
    const from = [sourceName(article), article.title && `“${article.title}”`, article.published, article.url ?? article.source].filter(Boolean).join(", ");
    const speakers = report.speakers.length ? `, according to ${report.speakers.join(" → ")}` : "";
    const end = report.start + [...sentenceOf(report)].length;
    return `“${sentenceOf(report)}”\n  ${from}${speakers} (characters ${report.start} to ${end})`;
  });
  return [`${eventTitle(event)}: ${classLabel(event.type)}, ${event.date ?? "no date"} (${statusOf(event).toLowerCase()})`, ...lines, event.iri].filter(Boolean).join("\n");
}
