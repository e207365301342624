// How the grid of a work programme asks the server. `grid` and `said` are grid.js's, which comes after this file;
// `failure`, the banner for requests that fail, is base.js's.

// One request at a time for a row, in the order of typing: an older answer must not come after a newer one.
// Rows do not wait for each other, nor a new one for what is still being saved.
const queues = new Map();
let unanswered = 0;
function send(address, fields) {
  unanswered += 1;
  // What a cell builds on is read when its turn comes: the answer before may have changed it.
  const sent = (queues.get(address) ?? Promise.resolve()).then(() => request(address, fields()));
  queues.set(address, sent);
  sent.then(() => { unanswered -= 1; });
  return sent;
}

let asked = 0; // how many requests there have been
function post(address, fields) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams([["csrfmiddlewaretoken", token], ...fields]);
  // Kept alive: to go to another page at once does not cut it.
  return fetch(address, { method: "POST", body, headers: { "HX-Request": "true" }, keepalive: true });
}

// A new sign-in on another page made this page's proof of origin old: it takes the new one. Nothing is sent in
// the name of somebody else who has signed in meanwhile. Returns what stops the sending, or nothing.
async function renew() {
  const answer = await fetch(location.href);
  if (answer.redirected || answer.status === 401) return said.dataset.signedOut;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) return page.querySelector("[data-reason]")?.textContent ?? said.dataset.handedOn;
  const fresh = page.querySelector("[data-grid]");
  if (fresh?.dataset.kept !== grid.dataset.kept) return said.dataset.otherWriter;
  const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return null;
}

async function request(address, fields) {
  const number = ++asked;
  try {
    let answer = await post(address, fields);
    if (answer.status === 403) {
      const stopped = await renew();
      if (stopped) {
        failure.textContent = stopped;
        return null;
      }
      answer = await post(address, fields);
      if (answer.status === 403) {
        const refused = new DOMParser().parseFromString(await answer.text(), "text/html");
        failure.textContent = refused.querySelector("[data-reason]")?.textContent ?? said.dataset.handedOn;
        return null;
      }
    }
    if (![200, 409, 422].includes(answer.status)) {
      failure.textContent = { 401: said.dataset.signedOut, 404: said.dataset.gone }[answer.status] ?? failure.dataset.text;
      return null;
    }
    failure.textContent = "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { number, status: answer.status, row: page.querySelector("tbody tr"), totals: page.querySelector("[data-totals]") };
  } catch {
    failure.textContent = failure.dataset.text;
    return null;
  }
}
