// What changes while the page stands: work at the server told as it goes, and what HTMX did said to who hears the page.

const words = document.getElementById("live").dataset;

// Says something to who hears the page.
export function say(text) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = text; });
}

// Shows a message at the head of the page: kind is good, warn, bad or info.
export function flash(kind, text) {
  const message = Object.assign(document.createElement("div"), { className: `flash ${kind}` });
  message.setAttribute("role", kind === "bad" ? "alert" : "status");
  const told = Object.assign(document.createElement("div"), { textContent: text, dir: "auto" });
  message.append(told);
  document.getElementById("flashes").replaceChildren(message);
}

// A stream of JSON objects: done, total, text, state (working, done, failed), url to go to at the end.
function follow(box) {
  const [text, bar] = [box.querySelector("[data-live-text]"), box.querySelector("[data-live-bar]")];
  const stream = new EventSource(box.dataset.live);
  stream.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.text) text.textContent = told.text;
    if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
    }
    if (told.state === "done" || told.state === "failed") {
      stream.close();
      bar.hidden = true;
      text.textContent = told.text || (told.state === "done" ? words.done : words.failed);
      if (told.url && told.state === "done") window.location.assign(new URL(told.url, window.location.origin).pathname);
    }
  };
  stream.onerror = () => { if (stream.readyState !== EventSource.CLOSED) text.textContent = words.lost; };
}

const start = (root) => root.querySelectorAll("[data-live]:not([data-followed])").forEach((box) => {
  box.dataset.followed = "";
  follow(box);
});

start(document);
document.addEventListener("htmx:after:swap", () => start(document));
document.addEventListener("htmx:error", () => flash("bad", words.problem));
