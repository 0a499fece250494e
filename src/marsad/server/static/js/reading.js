// The reading page: words are picked in the article, by mouse or by keyboard alone, for a new claim or a field of one.
// HTMX brings the next claim into the page, so all of it is set up anew then.

import { Places } from "./places.js";
import { Picking } from "./picking.js";

const $ = (selector, root = document) => root.querySelector(selector);
const narrow = window.matchMedia("(max-width: 64rem)");
let leaving = new AbortController();

function said(text) {
  const live = document.getElementById("said");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

// What of the article is picked, until it goes into a new claim or the field that waits for it.
class Picked {
  constructor(article, bar, signal) {
    Object.assign(this, { article, bar, stretch: null, waiting: null });
    this.places = new Places(article);
    this.picking = new Picking(article, this.places, { said, taken: () => this.take(), signal });
    document.addEventListener("selectionchange", () => this.selected(), { signal });
    document.addEventListener("click", (event) => this.clicked(event), { signal });
    document.addEventListener("input", (event) => { // words that are written are sought by the server
      if (event.target.matches("[data-words-text]")) $("[data-words-span]", event.target.parentElement).value = "";
    }, { signal });
  }

  selected() {
    const selection = document.getSelection();
    const here = this.article.contains(selection.anchorNode);
    if (!here && selection.type !== "Range") return; // the focus went to a field
    const found = this.places.selected();
    if (!found && !here) return;
    this.stretch = found;
    this.show();
  }

  clicked(event) {
    const button = event.target.closest("[data-take], [data-add-claim], [data-into], [data-unpick], [data-select]");
    if (!button) return;
    if (button.matches("[data-take]")) {
      this.waiting = button;
      if (this.stretch) this.take();
      else this.picking.begin();
    } else if (button.matches("[data-select]")) this.picking.begin();
    else if (button.matches("[data-unpick]")) this.forget();
    else {
      if (button.matches("[data-add-claim]")) this.waiting = null;
      this.take();
    }
  }

  show() {
    this.bar.hidden = this.stretch === null;
    if (!this.stretch) return;
    $("[data-picked]", this.bar).textContent = this.stretch.text;
    $("[data-into]", this.bar).hidden = this.waiting === null;
    if (this.waiting) $("[data-into-name]", this.bar).textContent = $("label", this.waiting.closest("[data-words]")).textContent.trim();
  }

  take() {
    this.stretch = this.places.selected() ?? this.stretch;
    if (!this.stretch) return;
    const add = document.getElementById("add");
    const box = this.waiting ? this.waiting.closest("[data-words]") : $("[data-words]", add);
    const text = $("[data-words-text]", box);
    text.value = this.stretch.text.replace(/\s+/g, " ");
    $("[data-words-span]", box).value = `${this.stretch.start}-${this.stretch.end}`;
    if (!this.waiting) add.open = true;
    (this.waiting ? text : $("select", add)).focus();
    box.scrollIntoView({ block: "nearest" });
    this.forget();
  }

  forget() {
    [this.stretch, this.waiting] = [null, null];
    document.getSelection().removeAllRanges();
    this.show();
  }
}

function open(id) {
  const details = document.getElementById(id);
  details.open = true;
  details.scrollIntoView({ block: "start" });
  $("select, input:not([type=hidden])", details).focus({ preventScroll: true });
}

// The page opens at the words of the claim, its form where that is what comes next, or what went wrong.
function arrive() {
  const listed = $(".claim-list [aria-current]");
  if (listed) listed.parentElement.scrollTop = listed.offsetTop - listed.parentElement.offsetTop - 60;
  const problem = document.getElementById("problem");
  if ($("#correct[open]") && !problem) open("correct");
  const words = $("#text mark.part-trigger") ?? $("#text mark");
  if (!location.hash && words && !words.closest("details:not([open])")) {
    const place = words.getBoundingClientRect();
    if (place.bottom > window.innerHeight * 0.8 || place.top < 60) words.scrollIntoView({ block: "center" });
  }
  problem?.focus({ preventScroll: true });
  setTimeout(() => $(".reading > .flash.good")?.remove(), 8000);
}

function start() {
  leaving.abort();
  leaving = new AbortController();
  const [article, bar] = [document.getElementById("text"), document.getElementById("picked")];
  if (article && bar) new Picked(article, bar, leaving.signal);
  if (narrow.matches) document.querySelectorAll("[data-legend], [data-beside]").forEach((one) => one.removeAttribute("open"));
  arrive();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (!link) return;
  event.preventDefault();
  open(link.dataset.open);
});
document.addEventListener("htmx:after:swap", start);
start();
