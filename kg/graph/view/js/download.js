// Taking the selection away.

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
function cell(value) {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return `"${text.replaceAll('"', '""')}"`;
}

function asCsv() {
  const head = [...COLUMNS.map((column) => column.label), "Event", "Sentence", "Publisher", "Published", "URL"];
  const rows = sorted().flatMap((event) => event.reports.map((report) => {
    const article = articleOf(report);
    return [...COLUMNS.map((column) => column.of(event)), event.iri, sentenceOf(report), sourceName(article), article.published ?? "", article.url ?? ""];
  }));
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

function asSparql() {
  return [
    "PREFIX kg: <https://w3id.org/kg/ontology#>",
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
    "SELECT ?event ?type ?date ?actor ?recipient ?status WHERE {",
    `  VALUES ?event {\n${sorted().map((event) => `    <${encodeURI(event.iri)}>`).join("\n")}\n  }`,
    "  ?event a ?type ; kg:status ?status .",
    "  OPTIONAL { ?event kg:date ?date }",
    "  OPTIONAL { ?event kg:actor/skos:prefLabel ?actor }",
    "  OPTIONAL { ?event kg:recipient/skos:prefLabel ?recipient }",
    "}",
    "ORDER BY ?date ?event ?actor ?recipient",
  ].join("\n");
}

function asPng(done) {
  const source = byId("graph").querySelector("canvas");
  const target = el("canvas");
  Object.assign(target, { width: source.width, height: source.height });
  const context = target.getContext("2d");
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, target.width, target.height);
  context.drawImage(source, 0, 0);
  target.toBlob(done, "image/png");
}

function makeDownloads() {
  const shut = () => { byId("menu").open = false; };
  byId("take-csv").addEventListener("click", () => { save("events.csv", new Blob(["\ufeff", asCsv()], { type: "text/csv;charset=utf-8" })); shut(); });
  byId("take-png").addEventListener("click", () => { asPng((blob) => save("graph.png", blob)); shut(); });
  byId("take-sparql").addEventListener("click", () => { copy(asSparql(), "The query is copied."); shut(); });
}
