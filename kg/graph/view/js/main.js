// One change of state, one redrawing.

const NARROW = matchMedia("(max-width: 760px)");

function change(what) {
  Object.assign(state, what);
  render();
}

function choose(id) {
  state.sel = id;
  writeHash();
  showPanel();
  markSelection();
  byId("reset").disabled = !activeTests.length && !state.sel;
  if (id && NARROW.matches) byId("panel").scrollIntoView({ block: "start" });
}

function reset() {
  const { view, level } = state;
  Object.assign(state, START, { view, level });
  render();
}

function render() {
  filter();
  writeHash();
  for (const view of VIEWS) {
    byId(`view-${view}`).hidden = state.view !== view;
    const tab = byId(`tab-${view}`);
    tab.setAttribute("aria-selected", String(state.view === view));
    tab.tabIndex = state.view === view ? 0 : -1;
  }
  if (byId("q").value !== state.q) byId("q").value = state.q;
  // Who is searched for by name is opened, too.
byId("q").addEventListener("change", ({ target }) => {
  const found = nodeNamed(target.value);
  if (found) choose(`n${found.id}`);
});
byId("min-sources").value = state.sources;
  byId("min-confidence").value = state.confidence;
  showActive();
  byId("reset").disabled = !activeTests.length && !state.sel;
  showChoices();
  showFocusFields();
  showChips();
  showPeriod();
  if (state.view === "graph") drawGraph();
  if (state.view === "table") showTable();
  if (state.view === "timeline") showTimeline();
  showLegend();
  showPanel();
  markSelection();
  summarise();
}

// How many filters are on; a part of the page that has one of them does not stay shut.
function showActive() {
  byId("active-filters").textContent = activeTests.length ? `(${activeTests.length} set)` : "";
  for (const [id, names] of [["rarer-filters", RARER], ["focus", ["focus"]]]) {
    if (activeTests.some((test) => names.includes(test.name))) byId(id).open = true;
  }
}

// The canvas needs its size, so the graph is made when it is first seen.
function drawGraph() {
  if (!network) makeGraph();
  showGraph();
}

function summarise() {
  const sentences = selection.reduce((sum, event) => sum + event.reports.length, 0);
  const sources = new Set(selection.flatMap((event) => event.publishers)).size;
  const of = selection.length === events.length ? "" : ` of ${events.length.toLocaleString("en")}`;
  byId("summary").textContent = `${selection.length.toLocaleString("en")}${of} ${THING}${events.length === 1 ? "" : "s"}, ${count(sentences, "report")}, ${count(sources, "source")}`;
}

function makeTabs() {
  VIEWS.forEach((view, at) => {
    const tab = byId(`tab-${view}`);
    tab.addEventListener("click", () => change({ view }));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = VIEWS[(at + step + VIEWS.length) % VIEWS.length];
      change({ view: next });
      byId(`tab-${next}`).focus();
    });
  });
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function showTheme() {
  byId("theme").setAttribute("aria-pressed", String(isDark()));
  if (!network) return;
  readColours();
  showGraph(true);
  network.redraw();
}

function makeTheme() {
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  byId("theme").setAttribute("aria-pressed", String(isDark()));
}

let typing;
byId("q").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => change({ q: byId("q").value }), 120);
});
byId("min-sources").addEventListener("change", ({ target }) => change({ sources: Math.max(0, Number(target.value) || 0) }));
byId("min-confidence").addEventListener("change", ({ target }) => change({ confidence: Math.max(0, Number(target.value) || 0) }));
byId("reset").addEventListener("click", reset);
addEventListener("hashchange", () => { readHash(); render(); });

// Escape lets go of one thing after the other; «/» leads to the search.
addEventListener("keydown", (key) => {
  const typingText = key.target.matches?.("input, select, textarea");
  if (key.key === "/" && !typingText) { key.preventDefault(); byId("q").focus(); }
  if (key.key !== "Escape") return;
  if (byId("menu").open) { byId("menu").open = false; byId("menu").querySelector("summary").focus(); } else if (state.sel) letGo();
  else if (focus && !typingText) change(FOCUS.clear);
});

// On a narrow screen the graph comes first, so filters and legend start closed.
if (NARROW.matches) for (const id of ["more-filters", "legend"]) byId(id).open = false;

makeChoices();
makeNames();
makeFocusFields();
makeTimeline();
makeTabs();
makeDownloads();
makeTheme();
readHash();
render();
document.documentElement.dataset.ready = "yes";
gatherWords();
