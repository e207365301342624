// What is typed into a form is never lost: this browser keeps it at once, the server when typing pauses.
// Without this file there is a button. `failure`, the banner for requests that fail, is base.js's.

const written = document.querySelector("[data-draft]");
const { draft: draftAddress, draftKey } = written.dataset;
const PAUSE = { browser: 300, server: 1500, answer: 15000, afterFailure: 15000, betweenAnnouncements: 60000 };
const WARNED_BEFORE = 120; // seconds; WCAG 2.2.1 asks for twenty at least

// --- What stands in the form -------------------------------------------------------------------------------

// `version` is that of the stored follow-up that the words build on, `drafted` the stamp of the saved draft.
const { version, drafted } = written.elements;
// Files and what belongs to them go with the form itself, not at every pause.
const WORDLESS = ["csrfmiddlewaretoken", "version", "drafted", "attachments", "secrecy_ground", "removed"];
const holdsWords = ({ name, type }) => name && !WORDLESS.includes(name) && !["submit", "file"].includes(type);
const controls = () => [...written.elements].filter(holdsWords);
const names = [...new Set(controls().map(({ name }) => name))];

function words() {
  const typed = new FormData(written);
  return Object.fromEntries(names.map((name) => [name, typed.get(name) ?? ""]));
}
const alike = (some, others) => names.every((name) => (some[name] ?? "") === (others[name] ?? ""));

function fill(text) {
  version.value = text.version;
  for (const control of controls()) {
    const said = text.typed[control.name];
    if (said === undefined) continue;
    if (control.type === "radio") control.checked = control.value === said;
    else control.value = said;
  }
}

// --- This browser ------------------------------------------------------------------------------------------

// A browser may refuse to keep anything: the server still does.
function remembered() {
  try { return JSON.parse(localStorage.getItem(draftKey)); } catch { return null; }
}
// Texts of this browser that are offered and not chosen yet, the newest last: typing on takes nothing from them.
let others = [];
function keep(typed) {
  const kept = { typed, version: version.value, drafted: drafted.value, at: Date.now(), others };
  try { localStorage.setItem(draftKey, JSON.stringify(kept)); } catch { /* see above */ }
}
// A form with fewer fields, as in a meeting, leaves the words of the others.
const remember = () => keep({ ...remembered()?.typed, ...words() });
function forget() {
  const rest = Object.entries(remembered()?.typed ?? {}).filter(([name, said]) => said && !names.includes(name));
  if (rest.length || others.length) return keep(Object.fromEntries(rest));
  try { localStorage.removeItem(draftKey); } catch { /* see above */ }
}

// --- The server --------------------------------------------------------------------------------------------

const state = document.querySelector("[data-draft-state]");
const offered = document.querySelector("[data-draft-offer]");
const spoken = document.querySelector("[data-draft-spoken]");
let known = words(); // what the server has
let saving = null;
let submitting = false;
let unanswered = []; // what was sent and may have been kept, though no answer came
let isRefused = false; // the server refused the latest save
let isContested = false; // another text was saved elsewhere, and the writer has not chosen yet
let spokenAt = 0;
const timers = {};
const later = (what, act, wait) => { clearTimeout(timers[what]); timers[what] = setTimeout(act, wait); };

function save() {
  clearTimeout(timers.server);
  if (submitting || isContested || alike(words(), known)) return saving;
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
    const body = new URLSearchParams([...new FormData(written)].filter(([, value]) => typeof value === "string"));
    const headers = { "HX-Request": "true" };
    // A network that neither answers nor breaks must not keep the submission waiting behind it.
    const signal = AbortSignal.timeout(PAUSE.answer);
    answer = await fetch(draftAddress, { method: "POST", body, headers, signal, keepalive: true });
  } catch {
    unanswered.push(sent);
  }
  if (answer?.ok) {
    const [told, doubts] = new DOMParser().parseFromString(await answer.text(), "text/html").body.children;
    taken(sent, told);
    doubt(doubts);
  } else if (answer?.status === 409) {
    meet(await answer.json());
  } else if (answer?.status === 401) {
    show(ended);
  } else if (answer?.status === 403 && !isRefused) {
    // A new sign-in on another page made this page's proof of origin old: it takes the new one, once.
    isRefused = true;
    renew();
  } else {
    tellFailure();
  }
}

// What failed is tried again by itself, and at once by a button; the writer learns that nothing is lost by it.
const again = document.createElement("button");
again.type = "button";
again.className = "button button--second button--small";
again.textContent = offered.dataset.again;
again.addEventListener("click", tryAgain);
function tryAgain() {
  if (failure.contains(document.activeElement)) written.querySelector("textarea").focus();
  failure.textContent = "";
  save();
}
function tellFailure() {
  if (!failure.contains(again)) failure.replaceChildren(offered.dataset.kept, " ", again);
  later("server", save, PAUSE.afterFailure);
}

function taken(sent, told) {
  known = sent;
  unanswered = [];
  isRefused = false;
  drafted.value = told.dataset.savedAt;
  failure.textContent = "";
  state.replaceChildren(told);
  if (Date.now() - spokenAt > PAUSE.betweenAnnouncements) {
    spokenAt = Date.now();
    spoken.textContent = told.textContent;
  }
  if (alike(sent, words())) forget();
  else remember();
}

// What speaks against what is typed; said again only when it is another thing.
function doubt(doubts) {
  const place = written.querySelector("[data-doubts]");
  if (place && place.textContent.trim() !== doubts.textContent.trim()) place.replaceChildren(...doubts.children);
}

// The server keeps another text of the same writer: their own, whose answer was lost, or one typed elsewhere.
function meet(saved) {
  const goOn = () => { known = saved.typed; drafted.value = saved.stamp; };
  if (unanswered.some((sent) => alike(sent, saved.typed))) {
    goOn();
    later("server", save, 0);
    return;
  }
  isContested = true;
  const browser = { get typed() { return words(); }, version: version.value };
  offer("elsewhere", saved.stamp, { browser, server: saved }, goOn);
}

function typing() {
  later("browser", remember, PAUSE.browser);
  later("server", save, PAUSE.server);
}

written.addEventListener("input", typing);
written.addEventListener("change", save);
addEventListener("online", tryAgain);
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
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    written.requestSubmit();
  } else if (event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
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
  // Without a network the browser would leave the page for one of its own.
  if (!navigator.onLine) {
    event.preventDefault();
    tellFailure();
    return;
  }
  submitting = true;
});
addEventListener("pageshow", () => { submitting = false; });

// Who signs out leaves nothing in this browser (base.js): the server has it first.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]") || submitting) return;
  if (isContested) {
    event.preventDefault();
    remember();
    offered.scrollIntoView();
    return;
  }
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

// To open the page again renews the session; its forms' token is another after a new sign-in. Where somebody
// else has signed in meanwhile, the words stay their writer's: nothing is sent in another's name.
async function renew() {
  let fresh;
  try {
    const answer = await fetch(location.href);
    // Who has signed in instead may not see this page at all: the form is theirs no more than when they do.
    if (answer.redirected) {
      show(ended);
      return;
    }
    if (answer.ok || [403, 404].includes(answer.status)) {
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    }
  } catch { /* told below */ }
  if (!fresh) {
    tellFailure();
    return;
  }
  const { draftKey: key, sessionSeconds: seconds } = fresh.querySelector("[data-draft]")?.dataset ?? {};
  ended.querySelector("[data-other-writer]").hidden = key === draftKey;
  if (key !== draftKey) {
    show(ended);
    return;
  }
  const token = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  watch(Number(seconds));
  for (const dialog of [ending, ended]) dialog.close();
  save();
}

for (const button of document.querySelectorAll("[data-session-renew]")) button.addEventListener("click", renew);
watch(Number(written.dataset.sessionSeconds));

// --- Two texts of one writer ---------------------------------------------------------------------------------

const saidIn = (text) => ({ ...known, ...text.typed });

function offer(which, at, texts, goOn = () => {}) {
  const form = { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Helsinki" };
  const parts = new Intl.DateTimeFormat("fi", form).formatToParts(new Date(at));
  const [hour, minute] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type).value);
  const time = `${Number(hour)}${document.documentElement.lang === "en" ? ":" : "."}${minute}`;
  for (const place of offered.querySelectorAll("time")) place.textContent = time;
  for (const part of offered.querySelectorAll("[data-if]")) part.hidden = part.dataset.if !== which;
  offered.querySelector("[data-if-newer]").hidden = !(at > savedAt);
  offered.hidden = false;
  offered.onclick = ({ target }) => {
    const taken = texts[target.dataset.take];
    if (!taken && !target.matches("[data-discard]")) return;
    goOn();
    if (taken) fill(taken);
    else forget();
    isContested = false;
    offered.hidden = true;
    written.querySelector("textarea").focus();
    save();
    offerNext();
  };
}

function offerNext() {
  const browser = others.at(-1);
  if (browser) offer("other", browser.at, { browser }, () => { others = others.filter((one) => one !== browser); });
}

// --- Coming back -------------------------------------------------------------------------------------------

// When the server's draft was saved, by this browser's clock; nothing where there is none.
const savedAt = written.dataset.draftAge ? Date.now() - Number(written.dataset.draftAge) * 1000 : undefined;
// What was sent and came back to be mended.
const isShownAgain = written.hasAttribute("data-draft-shown");

// The newest text stands in the form, the other one is offered. The browser's is the newer one if the server's
// draft is still the one that it grew from; else another device has written since.
function comeBack() {
  const kept = remembered();
  if (!kept) return;
  others = (kept.others ?? []).filter((text) => !alike(saidIn(text), known));
  const server = { typed: known, version: version.value };
  if (alike(saidIn(kept), known)) {
    forget();
  } else if (kept.drafted === drafted.value && !isShownAgain) {
    fill(kept);
    offer("newer", kept.at, { browser: kept, server });
    save();
  } else {
    others.push({ typed: kept.typed, version: kept.version, at: kept.at });
  }
  offerNext();
}
comeBack();
// To load such a page anew would send again what was mended since: it opens as any other, with the newest text.
if (isShownAgain) {
  remember();
  history.replaceState(null, "", written.action);
}
