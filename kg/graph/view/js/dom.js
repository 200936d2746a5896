// Building the page. Text reaches it only here, as text: nothing in this program writes HTML.

const byId = (id) => document.getElementById(id);

function el(name, attributes = {}, ...children) {
  const { on = {}, ...rest } = attributes;
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(rest)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  for (const [kind, listener] of Object.entries(on)) made.addEventListener(kind, listener);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// Names and sentences come in any script and direction; none may turn the words around it.
const said = (text, attributes = {}) => el("bdi", attributes, text);

// A day is one word.
const day = (text) => el("time", {}, text);

function button(label, action, attributes = {}) {
  return el("button", { type: "button", ...attributes, on: { click: action } }, label);
}

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Links lead to http and https only; the data holds no other, and this makes sure of it.
function outward(address, label) {
  if (!/^https?:\/\//i.test(address ?? "")) return said(label);
  return el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, said(label));
}

// A long list, a page at a time.
function paged(items, make, holder, size = 50) {
  let next = 0;
  const another = button("", () => add(), { class: "more" });
  const more = holder.tagName === "UL" ? el("li", {}, another) : another;
  function add() {
    more.remove();
    holder.append(...items.slice(next, next + size).map(make));
    next += size;
    const left = items.length - next;
    if (left > 0) {
      another.textContent = left > size ? `Show ${size} more of ${left.toLocaleString("en")}` : `Show the other ${left}`;
      (holder.tagName === "TBODY" ? holder.closest("table").parentElement : holder).append(more);
    }
  }
  add();
  return holder;
}

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// What has just happened, for those who see the page and those who hear it.
let announced;
function announce(text) {
  clearTimeout(announced);
  byId("said").textContent = text;
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  announced = setTimeout(() => { byId("toast").hidden = true; }, 2500);
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "off", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  announce(done);
}
