// The inbox by keyboard: "a" and "r" press the buttons of the row that is walked on (j and k walk, as in every list).

const KEPT = "marsad.inbox.row";
const rows = () => [...document.querySelectorAll("[data-row]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog") || localStorage.getItem("marsad.keys") === "off") return;
  const key = /^Key(.)$/.exec(event.code)?.[1].toLowerCase();
  const row = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][aria-current]");
  const button = key && row?.querySelector(`[data-row-key="${key}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// After a decision the list comes anew: the row that took the place of the one decided is walked on next.
document.addEventListener("submit", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) sessionStorage.setItem(KEPT, String(rows().indexOf(row)));
});
const at = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
if (at !== null && rows().length) {
  const row = rows()[Math.min(Number(at), rows().length - 1)];
  row.setAttribute("aria-current", "true");
  row.querySelector("a").focus();
}
