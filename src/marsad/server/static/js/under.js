// The list of what was chosen on the map, beside it.

const MOST = 100;
const panel = document.getElementById("under");

const made = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const address = (...parts) => `/${parts.map(encodeURIComponent).join("/")}`;

function figure(columns, i) {
  return columns.known[i] === "none_reported" || columns.killed[i] === null ? "" : String(columns.killed[i]);
}

function incident(i, { columns, words }) {
  const facts = [columns.day[i], figure(columns, i) && words.killed.replace("{n}", figure(columns, i)), columns.km[i] && words.within.replace("{km}", Math.ceil(columns.km[i]))];
  return made("li", {}, made("a", { href: address("incidents", columns.id[i]), className: "title", textContent: columns.title[i] }), made("small", { className: "muted", textContent: facts.filter(Boolean).join(" · ") }));
}

// "reported by X", and before it whether X denies it, has it planned or thinks it possible.
export function reported(one, words) {
  const source = words.reported.replace("{source}", () => one.source || words.no_source);
  return one.factuality === "asserted" ? source : `${words.factuality[one.factuality]} · ${source}`;
}

function statement(s, { rows, words }) {
  const one = rows[s];
  const sentence = (one.place && one.destination ? words.movement : words.at)
    .replace("{who}", () => one.who.join(", ") || words.nobody)
    .replace("{place}", () => one.place || one.destination)
    .replace("{destination}", () => one.destination);
  return made("li", {}, made("a", { href: address("claims", one.claim), className: "title", textContent: sentence, dir: "auto" }), made("small", { className: "muted said", textContent: [one.told, reported(one, words), one.day].filter(Boolean).join(" · ") }));
}

// Shows what was found; where it was asked for by key, the focus goes to it.
export function listed(found, options) {
  const { words, focus, zoom } = options;
  const items = [
    ...[...found.incidents].slice(0, MOST).map((i) => incident(i, options)),
    ...[...found.statements].slice(0, MOST).map((s) => statement(s, options)),
  ];
  const more = found.more + Math.max(found.incidents.size - MOST, 0) + Math.max(found.statements.size - MOST, 0);
  const body = panel.querySelector("[data-under]");
  if (items.length === 0) body.replaceChildren(made("p", { className: "muted small", textContent: words.none }));
  else body.replaceChildren(made("ul", { className: "plain" }, ...items));
  if (more > 0) body.append(made("p", { className: "muted small", textContent: words.more.replace("{n}", more) }));
  const button = panel.querySelector("[data-under-zoom]");
  button.hidden = !found.clusters;
  button.onclick = zoom;
  if (focus) (body.querySelector("a") ?? panel).focus();
}
