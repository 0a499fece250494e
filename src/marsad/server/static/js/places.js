// Places in the text of an article: from a selection on the page to code points of the original, and back.
// Each piece of the article says where it begins (data-at); one that is masked says where it ends too (data-to).

const MASK = "●●●●";
const length = (text) => Array.from(text).length;

export class Places {
  constructor(root) {
    this.root = root;
    this.pieces = [...root.querySelectorAll("[data-at]")].map((element) => {
      const at = Number(element.dataset.at);
      const masked = element.dataset.to !== undefined;
      const text = masked ? "" : element.textContent;
      return { element, at, masked, text, to: masked ? Number(element.dataset.to) : at + length(text) };
    });
  }

  // The code point at a boundary of the page (node and offset as ranges have them); null outside the article.
  offset(node, index, atEnd) {
    const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (element && this.root.contains(element)) {
      const at = Number(element.dataset.at);
      if (element.dataset.to !== undefined) return atEnd ? Number(element.dataset.to) : at;
      const range = document.createRange();
      range.setStart(element, 0);
      range.setEnd(node, index);
      return at + length(range.toString());
    }
    if (!this.root.contains(node)) return null;
    const there = document.createRange(); // between pieces: the end of the one before, the beginning of the one behind
    there.setStart(node, index);
    if (atEnd) return this.pieces.findLast((piece) => there.comparePoint(piece.element, 0) < 0)?.to ?? null;
    return this.pieces.find((piece) => there.comparePoint(piece.element, 0) >= 0)?.at ?? null;
  }

  // Node and offset of a code point, for a selection.
  point(offset) {
    const piece = this.pieces.find((one) => offset <= one.to) ?? this.pieces.at(-1);
    if (piece.masked) {
      const index = [...piece.element.parentNode.childNodes].indexOf(piece.element);
      return [piece.element.parentNode, offset > piece.at ? index + 1 : index];
    }
    const walker = document.createTreeWalker(piece.element, NodeFilter.SHOW_TEXT);
    let [left, node] = [Array.from(piece.text).slice(0, offset - piece.at).join("").length, walker.nextNode()];
    while (node && left > node.length) [left, node] = [left - node.length, walker.nextNode()];
    return node ? [node, left] : [piece.element, 0];
  }

  // The words of a stretch as the page shows them.
  text(start, end) {
    return this.pieces.filter((piece) => piece.at < end && piece.to > start).map((piece) => {
      if (piece.masked) return MASK;
      return Array.from(piece.text).slice(Math.max(0, start - piece.at), end - piece.at).join("");
    }).join("");
  }

  // The selected stretch without blanks at its ends; null where nothing of the article is selected.
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    let start = this.offset(range.startContainer, range.startOffset, false) ?? (range.comparePoint(this.root, 0) >= 0 ? this.pieces[0]?.at : null);
    let end = this.offset(range.endContainer, range.endOffset, true) ?? this.pieces.at(-1)?.to;
    if (start === null || start === undefined || end === undefined || end <= start) return null;
    const text = this.text(start, end);
    start += length(text) - length(text.trimStart());
    end -= length(text) - length(text.trimEnd());
    return end > start ? { start, end, text: this.text(start, end) } : null;
  }

  // Every word that can be seen, in order; what is masked is one word.
  words(lang) {
    const segmenter = new Intl.Segmenter(lang || undefined, { granularity: "word" });
    const found = [];
    let [text, at, end] = ["", 0, 0];
    const flush = () => {
      let place = at;
      for (const { segment, isWordLike } of segmenter.segment(text)) {
        const size = length(segment);
        if (isWordLike) found.push({ start: place, end: place + size });
        place += size;
      }
      text = "";
    };
    for (const piece of this.pieces) {
      if (piece.at !== end || piece.masked) flush();
      if (piece.masked) found.push({ start: piece.at, end: piece.to });
      else if (!piece.element.closest("details:not([open])")) {
        if (!text) at = piece.at;
        text += piece.text;
      }
      end = piece.to;
    }
    flush();
    return found;
  }
}
