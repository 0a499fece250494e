// Single keys: an element with data-key="j" (or "g i") is pressed or focused by it; data-row makes rows to walk with j and k.
// The help lists every key of the page. Single keys can be turned off, for they get in the way of speech input.

const KEPT = "marsad.keys";
const PAUSE = 1200;
const help = document.getElementById("help");
let pending = "";
let pendingSince = 0;

const on = () => localStorage.getItem(KEPT) !== "off";

// Whether the key belongs to what is being written.
function writing(target) {
  return target.closest("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]") !== null;
}

const shown = (element) => element.getClientRects().length > 0 || element.closest("[popover]") !== null;
const keyed = (root = document) => [...root.querySelectorAll("[data-key]")].filter(shown);

function press(element) {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

const rows = () => [...document.querySelectorAll("[data-row]")].filter(shown);

// Moves to the next row (1) or the one before (-1), and puts the focus on it or on its first link.
export function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.contains(document.activeElement) || row.matches("[aria-current]"));
  const row = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  all.forEach((other) => other.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
  (row.matches("a, button, [tabindex]") ? row : row.querySelector("a, button") ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
}

const built = { "?": () => openHelp(), j: () => step(1), k: () => step(-1) };

function answered(keys) {
  const scope = document.querySelector("dialog[open]") ?? document;
  const found = keyed(scope).filter((one) => one.dataset.key === keys);
  const element = found.find((one) => !("keyEverywhere" in one.dataset)) ?? found[0]; // the page's own goes before
  if (element) {
    press(element);
    return true;
  }
  if (built[keys] && scope === document) {
    built[keys]();
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && writing(event.target) && !event.defaultPrevented) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (!on() || writing(event.target) || event.key.length !== 1 || event.key === " ") return;
  const key = letter(event);
  const keys = pending && event.timeStamp - pendingSince < PAUSE ? `${pending} ${key}` : key;
  pending = "";
  if (answered(keys)) event.preventDefault();
  else if (keyed().some((one) => one.dataset.key.startsWith(`${keys} `))) [pending, pendingSince] = [keys, event.timeStamp];
});

// The key as on a Latin keyboard, so that shortcuts work while the Arabic layout is on.
function letter(event) {
  if (/^[ -~]$/.test(event.key)) return event.key;
  const latin = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase();
  return latin ?? { Slash: event.shiftKey ? "?" : "/", BracketLeft: "[", BracketRight: "]" }[event.code] ?? event.key;
}

function line(keys, label) {
  const entry = document.createElement("div");
  const [term, told] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = label;
  keys.split(" ").forEach((key, number) => {
    if (number) told.append(` ${help.dataset.then} `);
    told.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  });
  entry.append(term, told);
  return entry;
}

function list(title, lines) {
  const heading = Object.assign(document.createElement("h3"), { textContent: title });
  const all = Object.assign(document.createElement("dl"), { className: "keys" });
  all.append(...lines);
  return lines.length ? [heading, all] : [];
}

const label = (element) => element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim();

export function openHelp() {
  const [here, everywhere] = [new Map(), new Map()];
  for (const element of keyed()) {
    const into = "keyEverywhere" in element.dataset ? everywhere : here;
    if (!into.has(element.dataset.key)) into.set(element.dataset.key, label(element));
  }
  if (rows().length) here.set("j", help.dataset.next).set("k", help.dataset.previous);
  everywhere.set("?", help.dataset.own);
  const lines = (found) => [...found].map(([keys, told]) => line(keys, told));
  help.querySelector("[data-keys]").replaceChildren(
    ...list(help.dataset.here, lines(here)), ...list(help.dataset.everywhere, lines(everywhere)),
  );
  help.showModal();
}

document.querySelector("[data-help]")?.addEventListener("click", openHelp);
const toggle = help.querySelector("[data-keys-on]");
toggle.checked = on();
toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"));

for (const element of document.querySelectorAll("[data-key]")) {
  element.setAttribute("aria-keyshortcuts", element.dataset.key.split(" ").join(" "));
}

// Filters stand open where there is room for them.
if (window.matchMedia("(max-width: 40rem)").matches) {
  document.querySelectorAll("[data-filters]").forEach((filters) => filters.removeAttribute("open"));
}
