// An event with every sentence that tells of it, who says so, and where; and the same as text to take away.

const MARK_TITLES = { t: "what happens", a: "actor or recipient", f: "other role", s: "speaker" };
const BOUNDS = { atLeast: "at least ", atMost: "at most " };
// What reports may differ on, and how its two sides are called where their values are no words for people.
const SLOTS = { polarity: "whether it happened", quantity: "how many", date: "when", place: "where", actor: "who did it" };
const SIDES = { affirmed: "It happened", negated: "It did not happen" };
const ROLES = [["actor", "Actor"], ["recipient", "Recipient"], ["instrument", "With"], ["place", "Place"], ["origin", "From"], ["topic", "About"]];

function eventCard(event) {
  const more = [...new Set(event.roles.map((r) => r.role))].filter((role) => !ROLES.some(([name]) => name === role)).map((role) => [role, capital(words(role))]);
  const rows = [
    ...[...ROLES, ...more].map(([role, label]) => [label, roleLabels(event, role).join(", ")]),
    ["Numbers", [...new Set(event.reports.flatMap((r) => r.quantities.map(quantity)))].join(", ")],
    ["Status", statusOf(event), event.since ? [", since ", day(event.since)] : null, known(statuses, event.status)],
    ["Independent sources", event.reports.length ? [event.sources.toLocaleString("en"), event.origins.join(", ")].filter(Boolean).join(": ") : ""],
    ["According to", event.speakers.join(" → ")],
  ].filter(([, value]) => value);
  return el("article", { class: "card" },
    el("h3", {}, `${capital(classLabel(event.type))}, `, el("time", {}, dateWords(event))),
    el("dl", {}, rows.map(([name, value, more, why]) => el("div", {}, el("dt", {}, name), el("dd", {}, said(value), ...(more ?? []), why ? el("small", {}, why) : null)))),
    event.conflicts.map((conflict) => conflictTable(conflict, event)),
    event.reports.map((report) => evidence(report, event)),
    event.reports.length
      ? button("Copy with citations", () => copy(asText(event), "Copied."), { class: "quiet" })
      : el("p", { class: "hint" }, "The data state this; no sentence stands behind it here."),
  );
}

// What the colours in sentences mean.
const markKey = () => el("p", { class: "hint" }, "In the sentences: ", Object.entries(MARK_TITLES).flatMap(([mark, title]) => [el("span", { class: `mark ${mark}` }, title), " "]));

const quantity = ([bound, value, unit]) => `${known(BOUNDS, bound) ?? ""}${value} ${unit}`;
const statusOf = (event) => [...new Set([words(event.status), event.polarity === "negated" && "negated", event.modality !== "actual" && event.modality])]
  .filter(Boolean).map((word, at) => (at ? word : capital(word))).join(", ");

// Each side with its sentences beside those of the other.
function conflictTable(conflict, event) {
  return el("table", { class: "conflict" },
    el("caption", {}, `The reports differ on ${known(SLOTS, conflict.slot) ?? words(conflict.slot)}`),
    el("thead", {}, el("tr", {}, conflict.sides.map(([value]) => el("th", { scope: "col" }, said(known(SIDES, value) ?? value))))),
    el("tbody", {}, el("tr", {}, conflict.sides.map(([, reports]) => el("td", {},
      reports.map((at) => event.reports[at]).filter(Boolean).map((report) => el("p", {}, said(`“${sentenceOf(report)}”`), el("small", {}, ...cited(report)))))))),
  );
}

function evidence(report, event) {
  const qualities = [report.polarity === "negated" && "negated", report.modality !== "actual" && report.modality,
    report.date && report.date !== event.date && report.date].filter(Boolean).join(", ");
  return el("figure", {},
    el("blockquote", { dir: "auto" }, report.text.map((piece) => (typeof piece === "string" ? piece : el("mark", { class: piece[1], title: known(MARK_TITLES, piece[1]) }, piece[0])))),
    el("figcaption", {},
      ...origin(articleOf(report)),
      report.speakers.length ? [" · according to ", said(report.speakers.join(" → ")), report.stance ? ` (${words(report.stance)})` : ""] : null,
      qualities ? ` · ${qualities}` : "",
      el("span", { class: "how" }, " · rule ", said(data.rules[report.rule]), `, confidence ${report.confidence}`)));
}

// Publisher, date and title, which leads to the article where it has an address.
const origin = (article) => [
  el("strong", {}, said(sourceName(article))), article.published ? [", ", day(article.published)] : "",
  ...(article.title || article.url ? [" · ", outward(article.url, article.title || "article")] : []),
].flat();

function cited(report) {
  const article = articleOf(report);
  return [said(sourceName(article)), article.published ? [", ", day(article.published)] : [], report.speakers.length ? [", according to ", said(report.speakers.join(" → "))] : []].flat();
}

function asText(event) {
  const lines = event.reports.map((report) => {
    const article = articleOf(report);
    const from = [sourceName(article), article.title && `“${article.title}”`, article.published, article.url ?? article.source].filter(Boolean).join(", ");
    const speakers = report.speakers.length ? `, according to ${report.speakers.join(" → ")}` : "";
    const end = report.start + [...sentenceOf(report)].length;
    return `“${sentenceOf(report)}”\n  ${from}${speakers} (characters ${report.start} to ${end})`;
  });
  return [`${eventTitle(event)}: ${classLabel(event.type)}, ${dateWords(event)} (${statusOf(event).toLowerCase()})`, ...lines, event.iri].filter(Boolean).join("\n");
}
