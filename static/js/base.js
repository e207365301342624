// What every page does for itself. Without this file all of it still works, less conveniently.

// An open menu closes by Escape and by a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// Focus goes to what must be mended, or read first.
document.querySelector("[data-focus]")?.focus();

// On a phone the menu scrolls: the page's own item is in view. The strip itself is scrolled, since after
// scrollIntoView some browsers start Tab from that item, past the link that leads to the content.
const here = document.querySelector(".navigation [aria-current]");
if (here) {
  const strip = here.closest(".navigation");
  const [item, seen] = [here.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += item.left + item.width / 2 - seen.left - seen.width / 2;
}

// Printed pages show what is folded away.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")];
  for (const details of folded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
});

// A request of htmx that fails says so; the next one that works takes the banner away.
const failure = document.getElementById("failure");
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => { failure.textContent = failure.dataset.text; });
}
document.addEventListener("htmx:afterOnLoad", () => { failure.textContent = ""; });

// A browser keeps what its reader types (drafts.js) until the server has taken it, or the reader signs out; what
// nobody came back for goes half a year after its last key, when no round of its time is open any more.
const KEPT_AT_MOST = 183 * 24 * 60 * 60 * 1000; // milliseconds
const received = [...document.querySelectorAll("[data-received]")].flatMap(({ dataset }) => dataset.received.split(" "));
const drafts = (key) => key.startsWith("draft:");
function isOld(key) {
  if (!drafts(key)) return false;
  try { return !(JSON.parse(localStorage.getItem(key)).at > Date.now() - KEPT_AT_MOST); } catch { return true; }
}
function forgetWhere(which) {
  try {
    for (const key of Object.keys(localStorage).filter(which)) localStorage.removeItem(key);
  } catch { /* This browser keeps nothing. */ }
}
forgetWhere((key) => received.includes(key) || isOld(key));
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-sign-out]")) forgetWhere(drafts);
});
