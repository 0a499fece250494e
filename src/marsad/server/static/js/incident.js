// The page of an incident: counts the claims that are ticked, keeps what is being written, draws where it lies.

for (const bar of document.querySelectorAll("[data-pick]")) {
  const told = bar.querySelector("[data-pick-count]");
  const boxes = () => [...document.querySelectorAll("[data-pick-claim]")];
  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    bar.dataset.chosen = String(chosen);
    told.textContent = chosen === 0 ? told.dataset.none : chosen === 1 ? told.dataset.one : `${told.dataset.some} ${chosen}`;
  };
  document.addEventListener("change", (event) => event.target.matches?.("[data-pick-claim]") && count());
  count();
}

// Words that are not kept yet are not lost by leaving the page unawares.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// What a key unfolds can be filled at once.
for (const part of document.querySelectorAll("details.act")) {
  part.addEventListener("toggle", () => {
    if (!part.open || part.contains(document.activeElement) || document.getElementById("problem")) return;
    part.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
}

// A link into a folded part opens it.
const reveal = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView({ block: "start" });
};
addEventListener("hashchange", reveal);
reveal();
document.getElementById("problem")?.focus();
