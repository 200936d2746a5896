// Taking the selection away: as rows, as a query that gives the same rows, as a picture.

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  announce(`${name} is saved.`);
}

// One row a sentence. The query names its columns alike.
const FIELDS = ["date", "actor", "relation", "recipient", "place", "status", "sources", "sentence", "publisher", "published", "event"];

function fieldRows() {
  const joined = (event, role) => roleLabels(event, role).sort().join("; ");
  return sorted().flatMap((event) => (event.reports.length ? event.reports : [null]).map((report) => {
    const article = report ? articleOf(report) : NO_ARTICLE;
    return [event.date ?? "", joined(event, "actor"), event.type, joined(event, "recipient"), joined(event, "place"), event.status,
      event.sources, report ? sentenceOf(report) : "", article.publisher ?? "", article.published ?? "", event.iri ?? ""];
  }));
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
function cell(value) {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return `"${text.replaceAll('"', '""')}"`;
}

const asCsv = () => [FIELDS, ...fieldRows()].map((row) => row.map(cell).join(",")).join("\r\n");

function asSparql() {
  const told = activeTests.map((test) => test.title().join(": ").replace(/\s+/g, " "));
  const note = [`# ${data.title.replace(/\s+/g, " ")}: ${count(selection.length, THING)}`, ...told.map((line) => `# ${line}`)];
  const triples = [...new Set(selection.flatMap((event) => event.triples))];
  if (triples.length) {
    return [...note, "SELECT ?subject ?predicate ?object WHERE {", "  VALUES (?subject ?predicate ?object) {",
      ...triples.map((triple) => `    (${triple})`), "  }", "  ?subject ?predicate ?object .", "}", "ORDER BY ?subject ?predicate ?object"].join("\n");
  }
  return [...note, ...QUERY_START, `  VALUES ?event {`, ...sorted().map((event) => `    <${encodeURI(event.iri)}>`), "  }", ...QUERY_END].join("\n");
}

const labelsOf = (role) => `  OPTIONAL {
    SELECT ?event (GROUP_CONCAT(DISTINCT ?${role}Label; separator="; ") AS ?${role}) WHERE { ?event kg:${role}/skos:prefLabel ?${role}Label } GROUP BY ?event
  }`;
const QUERY_START = [
  "PREFIX dcterms: <http://purl.org/dc/terms/>",
  "PREFIX kg: <https://w3id.org/kg/ontology#>",
  "PREFIX oa: <http://www.w3.org/ns/oa#>",
  "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
  `SELECT ${FIELDS.map((field) => `?${field}`).join(" ")} WHERE {`,
];
const QUERY_END = [
  "  ?event a ?class ; kg:status ?state ; kg:independentSources ?sources ; kg:report ?report .",
  "  ?report kg:sentence ?place_in_text .",
  "  ?place_in_text oa:exact ?sentence ; kg:article ?article .",
  '  BIND(STRAFTER(STR(?class), "#") AS ?relation)',
  '  BIND(STRAFTER(STR(?state), "#") AS ?status)',
  "  OPTIONAL { ?event kg:date ?date }",
  "  OPTIONAL { ?article dcterms:publisher ?publisher }",
  "  OPTIONAL { ?article dcterms:issued ?published }",
  ...["actor", "recipient", "place"].map(labelsOf),
  "}",
  "ORDER BY ?date ?event ?report",
];

// The whole of what is shown, drawn anew at a size for print, with the title above it and what is left out below.
const PICTURE = { width: 2400, height: 1500, head: 90, foot: 110, margin: 40, letters: 30, largest: 3 };

function asPng(done) {
  const { width, height, head, foot, margin } = PICTURE;
  const holder = el("div", { class: "off picture" });
  document.body.append(holder);
  const drawn = new vis.Network(holder, { nodes: new vis.DataSet(nodeSet.get()), edges: new vis.DataSet(edgeSet.get()) }, GRAPH_OPTIONS);
  drawn.on("beforeDrawing", (context) => beforeDrawing(drawn, context));
  drawn.on("afterDrawing", (context) => {
    afterDrawing(drawn);
    write(drawn, context, PICTURE.letters);
  });
  frame(drawn, holder, PICTURE.largest, PICTURE.letters * NAME[0]);
  drawn.redraw();
  const target = el("canvas");
  Object.assign(target, { width, height: height + head + foot });
  const context = target.getContext("2d");
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, target.height);
  context.drawImage(holder.querySelector("canvas"), 0, head, width, height);
  context.fillStyle = colours.ink;
  context.font = "600 40px system-ui, sans-serif";
  context.fillText(data.title, margin, 62, width - 2 * margin);
  context.fillStyle = colours.soft;
  context.font = "26px system-ui, sans-serif";
  writeKey(context, margin, height + head + 30);
  context.fillText([byId("summary").textContent, ...activeTests.map((test) => test.title().join(": ")), byId("note").firstChild?.textContent].filter(Boolean).join(" · "), margin, height + head + 84, width - 2 * margin);
  drawn.destroy();
  holder.remove();
  target.toBlob(done, "image/png");
}

// What the colours and the strokes of the lines mean, in one line.
function writeKey(context, left, top) {
  const drawnLines = lineOrder.map((at) => edges[at]);
  const looks = Object.keys(LOOKS).filter((name) => LOOKS[name].word && drawnLines.some((edge) => edge.look === name));
  const tones = [...new Set(drawnLines.filter((edge) => !known(colours, edge.look)).map((edge) => tone(edge.type)))].sort();
  const items = [...tones.map((name) => [toneName(name), colours[name], [], null]),
    ...looks.map((name) => [LOOKS[name].label, colours[name] ?? colours.soft, LOOKS[name].dashes || [], LOOKS[name].mark])];
  const widths = items.map(([text]) => 72 + context.measureText(text).width + 40);
  const shrunk = Math.min(1, (PICTURE.width - 2 * left) / widths.reduce((sum, width) => sum + width, 0));
  context.save();
  context.translate(left, top);
  context.scale(shrunk, shrunk);
  items.forEach(([text, colour, dashes, mark], at) => {
    Object.assign(context, { strokeStyle: colour, lineWidth: 4, fillStyle: colours.soft });
    context.setLineDash(dashes);
    context.beginPath();
    context.moveTo(0, -8);
    context.lineTo(60, -8);
    context.stroke();
    context.setLineDash([]);
    if (mark) drawMark(context, mark, colour, { x: 30, y: -8, angle: 0 }, 0, 12);
    context.fillText(text, 72, 0);
    context.translate(widths[at], 0);
  });
  context.restore();
}

function makeDownloads() {
  const shut = () => { byId("menu").open = false; };
  const onClick = (id, action) => byId(id).addEventListener("click", () => { shut(); action(); });
  onClick("take-csv", () => save("events.csv", new Blob(["\ufeff", asCsv()], { type: "text/csv;charset=utf-8" })));
  onClick("take-sparql", () => save("events.rq", new Blob([asSparql(), "\n"], { type: "application/sparql-query;charset=utf-8" })));
  onClick("copy-sparql", () => copy(asSparql(), "The query is copied."));
  onClick("take-png", () => {
    if (state.view !== "graph") change({ view: "graph" });
    asPng((blob) => save("graph.png", blob));
  });
  addEventListener("click", ({ target }) => { if (!byId("menu").contains(target)) shut(); });
}
