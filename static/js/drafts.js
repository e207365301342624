// What is typed into a form is never lost: this browser keeps it at once, the server when typing pauses.
// Without this file there is a button. `failure`, the banner for requests that fail, is base.js's.

const written = document.querySelector("[data-draft]");
const { draft: draftAddress, draftKey } = written.dataset;
const PAUSE = { browser: 300, server: 1500, answer: 15000, afterFailure: 15000, betweenAnnouncements: 60000 };
const WARNED_BEFORE = 120; // seconds; WCAG 2.2.1 asks for twenty at least

// --- What stands in the form -------------------------------------------------------------------------------

const WORDLESS = ["csrfmiddlewaretoken", "version"];
const words = () => Object.fromEntries([...new FormData(written)].filter(([name]) => !WORDLESS.includes(name)));
const alike = (some, others) =>
  [...Object.keys(some), ...Object.keys(others)].every((name) => (some[name] ?? "") === (others[name] ?? ""));

function fill({ typed, version }) {
  written.elements.version.value = version;
  for (const control of written.elements) {
    if (!control.name || WORDLESS.includes(control.name)) continue;
    if (control.type === "radio") control.checked = control.value === typed[control.name];
    else control.value = typed[control.name] ?? "";
  }
}

// --- This browser ------------------------------------------------------------------------------------------

// A browser may refuse to keep anything: the server still does.
function remembered() {
  try { return JSON.parse(localStorage.getItem(draftKey)); } catch { return null; }
}
function remember() {
  const { savedAt } = written.dataset;
  const kept = { typed: words(), version: written.elements.version.value, at: Date.now(), savedAt };
  try { localStorage.setItem(draftKey, JSON.stringify(kept)); } catch { /* see above */ }
}
function forget() {
  try { localStorage.removeItem(draftKey); } catch { /* see above */ }
}

// --- The server --------------------------------------------------------------------------------------------

const state = document.querySelector("[data-draft-state]");
const spoken = document.querySelector("[data-draft-spoken]");
let known = words(); // what the server has
let saving = null;
let submitting = false;
let spokenAt = 0;
const timers = {};
const later = (what, act, wait) => { clearTimeout(timers[what]); timers[what] = setTimeout(act, wait); };

function save() {
  clearTimeout(timers.server);
  if (submitting || alike(words(), known)) return saving;
  // One at a time: an older text must not come after a newer one.
  const mine = (saving ?? Promise.resolve()).then(send).finally(() => { if (saving === mine) saving = null; });
  saving = mine;
  return mine;
}

async function send() {
  const sent = words();
  if (alike(sent, known)) return;
  remember();
  let answer;
  try {
    // Kept alive: to close the page at once does not cut it.
    const body = new URLSearchParams(new FormData(written));
    const headers = { "HX-Request": "true" };
    // A network that neither answers nor breaks must not keep the submission waiting behind it.
    const signal = AbortSignal.timeout(PAUSE.answer);
    answer = await fetch(draftAddress, { method: "POST", body, headers, signal, keepalive: true });
  } catch { /* told below */ }
  if (answer?.ok) {
    taken(sent, new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild);
  } else if (answer?.status === 401) {
    show(ended);
  } else {
    failure.textContent = failure.dataset.text;
    later("server", save, PAUSE.afterFailure);
  }
}

function taken(sent, told) {
  known = sent;
  written.dataset.savedAt = told.dataset.savedAt;
  failure.textContent = "";
  state.replaceChildren(told);
  if (Date.now() - spokenAt > PAUSE.betweenAnnouncements) {
    spokenAt = Date.now();
    spoken.textContent = told.textContent;
  }
  if (alike(sent, words())) forget();
  else remember();
}

function typing() {
  later("browser", remember, PAUSE.browser);
  later("server", save, PAUSE.server);
}

written.addEventListener("input", typing);
written.addEventListener("change", save);
addEventListener("online", save);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
  else if (ended.open) renew();
});
addEventListener("pagehide", leave);

function leave() {
  if (submitting || alike(words(), known)) return;
  remember();
  save();
}

written.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  save();
});

// A draft that is on its way must not come after what is submitted.
written.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (!alike(words(), known)) remember();
  clearTimeout(timers.server);
  if (saving) {
    event.preventDefault();
    saving.then(() => written.requestSubmit(event.submitter));
    return;
  }
  submitting = true;
});
addEventListener("pageshow", () => { submitting = false; });

// Who signs out leaves nothing in this browser (base.js): the server has it first.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]") || submitting) return;
  const saved = save();
  // With nothing to save it goes on: a form cannot be submitted anew while it is told of being submitted.
  if (!saved) {
    submitting = true;
    return;
  }
  event.preventDefault();
  saved.then(() => {
    submitting = true;
    event.target.requestSubmit();
  });
});

// --- The session -------------------------------------------------------------------------------------------

const ending = document.querySelector("[data-session-ending]");
const ended = document.querySelector("[data-session-ended]");
const show = (dialog) => { if (!dialog.open) dialog.showModal(); };

function watch(seconds) {
  later("ending", () => show(ending), Math.max(0, seconds - WARNED_BEFORE) * 1000);
  later("ended", () => { ending.close(); show(ended); }, seconds * 1000);
}

// To open the page again renews the session; its forms' token is another after a new sign-in.
async function renew() {
  let fresh;
  try {
    const answer = await fetch(location.href);
    if (answer.ok && !answer.redirected) fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { /* told below */ }
  if (!fresh) {
    failure.textContent = failure.dataset.text;
    return;
  }
  const token = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  watch(Number(fresh.querySelector("[data-draft]")?.dataset.sessionSeconds ?? written.dataset.sessionSeconds));
  for (const dialog of [ending, ended]) dialog.close();
  save();
}

for (const button of document.querySelectorAll("[data-session-renew]")) button.addEventListener("click", renew);
watch(Number(written.dataset.sessionSeconds));

// --- Coming back -------------------------------------------------------------------------------------------

// The newest text stands in the form, the other one is offered. The browser's is the newer one if the server's
// draft is still the one that it grew from; else another device has written since.
function comeBack() {
  const kept = remembered();
  if (!kept) return;
  if (alike(kept.typed, known)) {
    forget();
    return;
  }
  const offer = document.querySelector("[data-draft-offer]");
  const other = { typed: known, version: written.elements.version.value };
  const isNewer = kept.savedAt === written.dataset.savedAt && !written.hasAttribute("data-draft-shown");
  const time = new Date(kept.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Helsinki" });
  for (const place of offer.querySelectorAll("time")) place.textContent = time;
  for (const part of offer.querySelectorAll("[data-if]")) part.hidden = (part.dataset.if === "newer") !== isNewer;
  offer.hidden = false;
  if (isNewer) fill(kept);
  offer.addEventListener("click", ({ target }) => {
    if (target.matches("[data-take='browser']")) fill(kept);
    else if (target.matches("[data-take='server']")) fill(other);
    else if (target.matches("[data-discard]")) forget();
    else return;
    offer.hidden = true;
    written.querySelector("textarea").focus();
    save();
  });
  if (isNewer) save();
}
comeBack();
