// One change of state, one redrawing.

const NARROW = matchMedia("(max-width: 760px)");
const VIEWS = ["graph", "timeline", "table"];

function change(what) {
  Object.assign(state, what);
  render();
}

function choose(id) {
  state.sel = id;
  writeHash();
  showPanel();
  markSelection();
  if (id && NARROW.matches) byId("panel").scrollIntoView({ block: "start" });
}

function reset() {
  const { view, all } = state;
  Object.assign(state, START, { view, all });
  render();
}

function render() {
  const active = filter();
  writeHash();
  for (const view of VIEWS) {
    byId(`view-${view}`).hidden = state.view !== view;
    const tab = byId(`tab-${view}`);
    tab.setAttribute("aria-selected", String(state.view === view));
    tab.tabIndex = state.view === view ? 0 : -1;
  }
  if (byId("q").value !== state.q) byId("q").value = state.q;
  byId("min-sources").value = state.sources;
  byId("min-confidence").value = state.confidence;
  byId("active-filters").textContent = active ? `(${active} set)` : "";
  byId("reset").disabled = !active && !state.sel;
  showChoices();
  showPeriod();
  if (state.view === "graph") drawGraph();
  if (state.view === "table") showTable();
  if (state.view === "timeline") showTimeline();
  showLegend();
  showPanel();
  markSelection();
  summarise();
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
  const text = `${selection.length.toLocaleString("en")}${of} ${events.length === 1 ? "event" : "events"}, ${count(sentences, "report")}, ${count(sources, "source")}`;
  byId("summary").dataset.text = text;
  byId("summary").textContent = text;
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
  showTheme();
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
addEventListener("keydown", ({ key }) => { if (key === "Escape" && state.sel) { choose(""); byId("graph").focus(); } });

// On a narrow screen the graph comes first, so filters and legend start closed.
if (NARROW.matches) for (const id of ["more-filters", "legend"]) byId(id).open = false;

makeChoices();
makeNames();
makeTimeline();
makeTabs();
makeDownloads();
readHash();
render();
makeTheme();
document.documentElement.dataset.ready = "yes";
