// The period: bars of events over time, and two ends that can be dragged or moved by keys.

const bins = [];

function makeTimeline() {
  const dated = events.filter((event) => event.days);
  byId("period").hidden = !dated.length;
  if (!dated.length) return;
  const first = dated.reduce((least, e) => (e.days[0] < least ? e.days[0] : least), "9999");
  const last = dated.reduce((most, e) => (e.days[1] > most ? e.days[1] : most), "0000");
  bins.push(...cut(first, last));
  const [from, to] = [byId("from"), byId("to")];
  for (const end of [from, to]) Object.assign(end, { min: 0, max: bins.length - 1, step: 1 });
  from.addEventListener("input", () => setPeriod(Math.min(Number(from.value), Number(to.value)), Number(to.value)));
  to.addEventListener("input", () => setPeriod(Number(from.value), Math.max(Number(from.value), Number(to.value))));
  dragBars();
}

// Days, months or years, as many as fit.
function cut(first, last) {
  const days = (Date.parse(last) - Date.parse(first)) / 86400000 + 1;
  const length = days <= 45 ? 10 : days <= 1500 ? 7 : 4;
  const found = [];
  for (let at = new Date(`${first.slice(0, length)}${"-01-01".slice(length - 4)}T00:00:00Z`), stop = Date.parse(last); at.getTime() <= stop;) {
    const name = at.toISOString().slice(0, length);
    if (length === 10) at.setUTCDate(at.getUTCDate() + 1);
    else if (length === 7) at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setUTCFullYear(at.getUTCFullYear() + 1);
    found.push({ name, from: `${name}${"-01-01".slice(length - 4)}`, to: new Date(at.getTime() - 86400000).toISOString().slice(0, 10) });
  }
  return found;
}

function setPeriod(low, high) {
  change({ from: low > 0 ? bins[low].from : "", to: high < bins.length - 1 ? bins[high].to : "" });
}

function ends() {
  const low = state.from ? bins.findIndex((bin) => bin.to >= state.from) : 0;
  const high = state.to ? bins.findLastIndex((bin) => bin.from <= state.to) : bins.length - 1;
  return [low < 0 ? bins.length - 1 : low, high < 0 ? 0 : high];
}

// How many events each bar stands for.
function countBins(dated) {
  const counts = bins.map(() => 0);
  for (const event of dated) for (let at = binOf(event.days[0]), end = binOf(event.days[1]); at <= end; at += 1) counts[at] += 1;
  return counts;
}

function showPeriod() {
  if (!bins.length) return;
  const [low, high] = ends();
  const passing = events.filter((event) => !(event.failed & ~BIT.period));
  const dated = passing.filter((event) => event.days);
  const undated = passing.length - dated.length;
  const counts = countBins(dated);
  const most = Math.max(1, ...counts);
  byId("bars").replaceChildren(...bins.map((bin, at) => {
    const bar = el("span", { class: at >= low && at <= high ? "in" : "out", title: `${bin.name}: ${count(counts[at], THING)}` });
    bar.style.height = counts[at] ? `${Math.max(8, (100 * counts[at]) / most)}%` : "1px";
    return bar;
  }));
  byId("period-text").textContent = `${bins[low].name} to ${bins[high].name}${undated ? `, ${undated.toLocaleString("en")} undated` : ""}`;
  for (const [id, at] of [["from", low], ["to", high]]) {
    byId(id).value = at;
    byId(id).setAttribute("aria-valuetext", bins[at].name);
  }
}

function binOf(day) {
  let low = 0, high = bins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins[middle].from <= day) low = middle; else high = middle - 1;
  }
  return low;
}

function dragBars() {
  const bars = byId("bars");
  let start = null;
  const at = (pointer) => {
    const { left, width } = bars.getBoundingClientRect();
    return Math.max(0, Math.min(bins.length - 1, Math.floor(((pointer.clientX - left) / width) * bins.length)));
  };
  bars.addEventListener("pointerdown", (pointer) => { start = at(pointer); bars.setPointerCapture(pointer.pointerId); setPeriod(start, start); });
  bars.addEventListener("pointermove", (pointer) => { if (start !== null) setPeriod(Math.min(start, at(pointer)), Math.max(start, at(pointer))); });
  bars.addEventListener("pointerup", () => { start = null; });
}
