// Picking words by keyboard alone: arrow keys walk from word to word, Shift takes more, Enter takes them, Escape leaves.

export class Picking {
  constructor(article, places, { said, taken, signal }) {
    Object.assign(this, { article, places, said, taken, on: false });
    document.addEventListener("keydown", (event) => this.key(event), { capture: true, signal });
    article.addEventListener("blur", () => this.end());
  }

  // Starts at the words of the claim that is looked at, or at the first word.
  begin() {
    this.words = this.places.words(this.article.lang);
    if (this.words.length === 0) return;
    const trigger = this.article.querySelector("mark.part-trigger")?.closest("[data-at]");
    const at = trigger ? Number(trigger.dataset.at) : 0;
    this.focus = Math.max(0, this.words.findIndex((word) => word.end > at));
    this.anchor = this.focus;
    this.on = true;
    this.article.classList.add("picking");
    this.article.focus({ preventScroll: true });
    this.said(this.article.dataset.on);
    this.select();
  }

  end() {
    if (!this.on) return;
    this.on = false;
    this.article.classList.remove("picking");
    this.said(this.article.dataset.off);
  }

  select() {
    const [first, last] = [Math.min(this.anchor, this.focus), Math.max(this.anchor, this.focus)];
    const begin = this.places.point(this.words[first].start + (this.words[first].start === this.words[first].end ? 0 : 0.5));
    const end = this.places.point(this.words[last].end);
    document.getSelection().setBaseAndExtent(...begin, ...end);
    const rect = this.rect(this.focus);
    if (rect.top < 120 || rect.bottom > window.innerHeight - 140) window.scrollBy({ top: rect.top - window.innerHeight / 2 });
  }

  rect(at) {
    const range = document.createRange();
    range.setStart(...this.places.point(this.words[at].start));
    range.setEnd(...this.places.point(this.words[at].end));
    return range.getBoundingClientRect();
  }

  // The word nearest below (1) or above (-1) on another line.
  line(by) {
    const here = this.rect(this.focus);
    const middle = (rect) => (rect.left + rect.right) / 2;
    let [best, top] = [null, null];
    for (let at = this.focus + by; at >= 0 && at < this.words.length; at += by) {
      const rect = this.rect(at);
      if (Math.abs(rect.top - here.top) < here.height / 2) continue;
      if (top !== null && Math.abs(rect.top - top) > here.height / 2) break;
      top ??= rect.top;
      const far = Math.abs(middle(rect) - middle(here));
      if (best === null || far < best.far) best = { at, far };
    }
    return best?.at ?? this.focus;
  }

  key(event) {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey) return;
    const onward = getComputedStyle(this.article).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    let to = null;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") to = this.focus + (event.key === onward ? 1 : -1);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") to = this.line(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") {
      this.end();
      this.taken();
    } else if (event.key === "Escape") {
      this.end();
      this.article.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    if (to === null) return;
    this.focus = Math.min(Math.max(to, 0), this.words.length - 1);
    if (!event.shiftKey) this.anchor = this.focus;
    this.select();
    this.said(this.places.text(this.words[Math.min(this.anchor, this.focus)].start, this.words[Math.max(this.anchor, this.focus)].end));
  }
}
