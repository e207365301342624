// What is typed into the grid of a work programme stays in this browser until the server has it: a page that is
// opened anew has it back. The names of the copies begin like those of drafts.js, and go when their writer signs out
// (base.js). `grid` and what is done with its cells are grid.js's, which comes after this file.

// `base` is what the text builds on: what others have saved since is then told as a conflict. Of two texts that
// stand side by side it stays what was there before both.
const baseOf = (cell) => cell.before_conflict ?? cell.dataset.value;
const keyOf = (cell) => `${grid.dataset.kept}${cell.parentElement.id}:${cell.dataset.cell}`;
let isKept = true; // a browser may refuse to keep anything: then it warns

function keep(cell, typed) {
  try {
    localStorage.setItem(keyOf(cell), JSON.stringify({ typed, base: baseOf(cell), at: Date.now() }));
    isKept = true;
  } catch { isKept = false; }
}

function forget(cell) {
  try { localStorage.removeItem(keyOf(cell)); } catch { /* see above */ }
}

function keptTexts() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(grid.dataset.kept)).sort();
    return keys.map((key) => [key.slice(grid.dataset.kept.length).split(":"), JSON.parse(localStorage.getItem(key))]);
  } catch { return []; }
}

// What was typed may have been saved though no answer came: spaces go, and sums have their cents.
function asSaved(name, typed) {
  if (name !== "planned_euros" || !typed.trim()) return typed.trim();
  return Number(typed.replace(/[\s€]/g, "").replace(",", ".")).toFixed(2);
}

// Text that was not saved when the page was left is back in its cell, and the last one is open.
function comeBack() {
  let last;
  for (const [[code, name], { typed, base }] of keptTexts()) {
    const row = rowsOf().find(({ id }) => id === code);
    const cell = row && cellOf(row, name);
    if (!cell) continue; // the row has been removed, and may be brought back
    if ([typed, asSaved(name, typed)].includes(cell.dataset.value)) {
      forget(cell);
      continue;
    }
    cell.as_saved = { value: cell.dataset.value, nodes: [...cell.childNodes].map((node) => node.cloneNode(true)) };
    Object.assign(cell.dataset, { value: base, typed });
    cell.classList.add("cell--unsaved");
    const shown = cell.querySelector(".cell__text");
    if (shown) shown.textContent = typed;
    const note = document.createElement("span");
    note.className = "cell__note";
    note.textContent = said.dataset.kept;
    cell.append(note);
    if (base !== cell.as_saved.value) {
      // Somebody has saved another text meanwhile: the server tells whose, and both are shown.
      deliver(cell, typed);
      go(cell);
    } else last = cell;
  }
  if (!last) return;
  go(last);
  edit(last);
  say("restored");
}

// Escape gives up what was typed, also before the page was opened anew, and of two texts leaves the saved one;
// what was sent in vain stays.
function giveUp(cell) {
  if (editing === cell) close(cell);
  if (cell.hasAttribute("data-conflict")) {
    cell.querySelector("[data-two-texts]").remove();
    cell.classList.remove("cell--contested");
    cell.classList.toggle("cell--wrong", Boolean(cell.querySelector(".cell__error")));
    delete cell.dataset.conflict;
    delete cell.dataset.typed;
    delete cell.before_conflict;
    say("settled");
  }
  if (cell.as_saved) {
    cell.dataset.value = cell.as_saved.value;
    cell.replaceChildren(...cell.as_saved.nodes);
    cell.classList.remove("cell--unsaved");
    delete cell.dataset.typed;
    delete cell.as_saved;
  }
  if (cell.dataset.typed === undefined) forget(cell);
  else keep(cell, cell.dataset.typed);
}
