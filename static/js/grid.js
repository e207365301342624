// The work programme as a grid to type into. Each cell saves by itself; without this file each row has a page.
// What the server does not have yet grid_kept.js keeps; grid_sending.js asks it.

const grid = document.querySelector("[data-grid]");
const region = grid.closest("[role=region]");
const said = document.querySelector("[data-said]");
let editing = null; // the cell that is being typed into

const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
const cellOf = (row, name) => row.querySelector(`[data-cell="${name}"]`);
const rowsOf = () => [...grid.tBodies[0].rows];
const say = (what) => { said.textContent = ""; said.textContent = said.dataset[what]; };

// One cell of the grid takes part in the tab order; the arrows move among the others.
function prepare(row) {
  for (const cell of cellsOf(row)) cell.tabIndex = -1;
}

function putInTabOrder(cell) {
  for (const other of grid.querySelectorAll("[data-cell][tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
}

function go(cell) {
  if (!cell) return;
  putInTabOrder(cell);
  cell.focus({ preventScroll: true });
  show(cell);
}

// A cell is seen whole, and the heads of the columns with it where the region scrolls by itself.
function show(cell) {
  if (region.offsetHeight < innerHeight) region.scrollIntoView({ block: "nearest" });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function neighbour(cell, rows, columns) {
  const all = rowsOf();
  const row = all.indexOf(cell.parentElement) + rows;
  const column = cellsOf(cell.parentElement).indexOf(cell) + columns;
  return all[row] ? cellsOf(all[row])[column] : undefined;
}

// The next cell to type into, from row to row.
function onward(cell, step) {
  const cells = [...grid.tBodies[0].querySelectorAll("[data-cell]")];
  return cells[cells.indexOf(cell) + step];
}

function valueIn(cell) {
  const several = [...cell.querySelectorAll("[type=checkbox]")];
  if (several.length) return several.filter((box) => box.checked).map((box) => box.value).sort().join(" ");
  return cell.querySelector("textarea, input, select")?.value ?? "";
}

function edit(cell) {
  if (editing === cell) return;
  const template = document.querySelector(`template[data-editor="${cell.dataset.cell}"]`);
  const wrong = [...cell.querySelectorAll(".cell__error")].map((told) => told.cloneNode(true));
  const value = cell.dataset.typed ?? cell.dataset.value;
  cell.before_editing = [...cell.childNodes];
  const label = cell.querySelector(".cell__label");
  cell.replaceChildren(label.cloneNode(true), template.content.cloneNode(true));
  const boxes = [...cell.querySelectorAll("[type=checkbox]")];
  for (const box of boxes) box.checked = value.split(" ").includes(box.value);
  const field = boxes[0] ?? cell.querySelector("textarea, input, select, [tabindex]");
  if (field.value !== undefined && !boxes.length) {
    field.value = cell.dataset.cell === "planned_euros" ? value.replace(/\.00$/, "").replace(".", ",") : value;
  }
  const hints = [...cell.querySelectorAll(".cell__hint"), ...wrong];
  hints.forEach((hint, place) => { hint.id = `hint-${cell.parentElement.id}-${cell.dataset.cell}-${place}`; });
  for (const control of cell.querySelectorAll("textarea, input, select")) {
    control.removeAttribute("id");
    control.removeAttribute("aria-describedby");
    if (!boxes.length) control.setAttribute("aria-label", cell.dataset.label);
    if (hints.length) control.setAttribute("aria-describedby", hints.map(({ id }) => id).join(" "));
    if (wrong.length) control.setAttribute("aria-invalid", "true");
  }
  cell.append(...wrong);
  cell.opened_with = valueIn(cell);
  cell.classList.add("cell--editing");
  editing = cell;
  field.focus({ preventScroll: true });
  field.select?.();
  show(cell);
}

function close(cell) {
  // First of all: what loses the focus by being taken away must not be saved by that.
  if (editing === cell) editing = null;
  cell.classList.remove("cell--editing");
  cell.replaceChildren(...cell.before_editing);
}

// What is typed stays in this browser until the server has it (grid_kept.js).
grid.addEventListener("input", () => {
  if (!editing) return;
  const typed = valueIn(editing);
  if (typed === editing.opened_with && editing.dataset.typed === undefined) forget(editing);
  else keep(editing, typed);
});

// Whoever submits the plan, or moves a row, does so with everything saved that was typed.
document.addEventListener("submit", (event) => {
  if (!unanswered) return;
  event.preventDefault();
  const { target: form, submitter } = event;
  Promise.all(queues.values()).then(() => form.requestSubmit(submitter));
});

// What could not be saved is not left behind without a word.
addEventListener("beforeunload", (event) => {
  const isTyped = editing && valueIn(editing) !== editing.opened_with;
  if (grid.querySelector(".cell--unsaved, [data-conflict]") || (isTyped && !isKept)) event.preventDefault();
});

let told = 0; // the one whose totals are shown

// Show the totals of the newest request: rows are saved side by side, and their answers may pass each other.
function tell(answer) {
  if (answer.number < told) return;
  told = answer.number;
  document.querySelector("[data-totals]").replaceWith(answer.totals);
}

// Put in what the server made of a row, but for the cell in which somebody is typing. `sent` is the cell whose
// answer it is.
function take(row, answer, sent) {
  const focused = document.activeElement;
  // Whoever removes the row has seen what is shown from now on.
  const base = row.querySelector("[name=base]");
  const seen = JSON.parse(base.value);
  for (const fresh of cellsOf(answer.row)) {
    const stale = cellOf(row, fresh.dataset.cell);
    if (stale === editing || stale.dataset.pending) {
      // It goes on being typed into, over what its writer sent; what another has saved there was never seen.
      if (stale === sent && !fresh.hasAttribute("data-conflict")) stale.dataset.value = fresh.dataset.value;
      continue;
    }
    // What waits in it to be saved, or to be chosen, is not taken away by another cell's answer.
    if (stale !== sent && stale.dataset.typed !== undefined) continue;
    fresh.tabIndex = stale.tabIndex;
    fresh.dataset.label = stale.dataset.label;
    stale.replaceWith(fresh);
    // Until its writer has chosen, both texts are shown again wherever the page is opened anew.
    if (fresh.hasAttribute("data-conflict")) fresh.before_conflict = baseOf(stale);
    seen[fresh.dataset.cell] = fresh.dataset.value;
    if (focused === stale) fresh.focus();
  }
  base.value = JSON.stringify(seen);
  tell(answer);
}

async function save(cell) {
  const value = valueIn(cell);
  const untouched = value === cell.opened_with && cell.dataset.typed === undefined;
  close(cell);
  if (untouched) {
    forget(cell);
    return;
  }
  await deliver(cell, value);
}

async function deliver(cell, value) {
  const row = cell.parentElement;
  const name = cell.dataset.cell;
  delete row.is_new;
  keep(cell, value);
  delete cell.as_saved;
  const shown = cell.querySelector(".cell__text");
  if (shown) shown.textContent = value;
  // Opened again before the answer it shows what was typed.
  cell.dataset.typed = value;
  cell.dataset.pending = Number(cell.dataset.pending ?? 0) + 1;
  cell.setAttribute("aria-busy", "true");
  const several = document.querySelector(`template[data-editor="${name}"]`).hasAttribute("data-several");
  const values = several ? value.split(" ").filter(Boolean) : [value];
  const answer = await send(row.dataset.address, () => [
    ...values.map((one) => [name, one]),
    ["base", JSON.stringify({ [name]: cell.dataset.value })],
  ]);
  const waiting = Number(cell.dataset.pending) - 1;
  if (waiting) {
    cell.dataset.pending = waiting;
  } else {
    delete cell.dataset.pending;
    cell.removeAttribute("aria-busy");
  }
  // What could not be sent stays in the cell, to be sent again.
  cell.classList.toggle("cell--unsaved", !answer);
  if (!answer) return;
  if (!waiting && cell !== editing) {
    delete cell.dataset.typed;
    if (answer.status !== 409) forget(cell);
  }
  take(row, answer, cell);
  say({ 200: "saved", 409: "conflict", 422: "wrong" }[answer.status]);
}

async function add() {
  const answer = await send(grid.dataset.add, () => []);
  if (!answer) return;
  document.querySelector("[data-empty]")?.remove();
  document.querySelector("[data-rows]").hidden = false;
  answer.row.is_new = true;
  label(answer.row);
  prepare(answer.row);
  grid.tBodies[0].append(answer.row);
  tell(answer);
  go(cellsOf(answer.row)[0]);
  edit(cellsOf(answer.row)[0]);
}

// A row that was added by a slip of the key, and given up before anything was typed, is not left behind.
async function drop(row) {
  try {
    const answer = await post(...removalOf(row));
    if (answer.status !== 204) throw new Error(answer.status);
  } catch {
    failure.textContent = failure.dataset.text;
    return;
  }
  const near = row.previousElementSibling ?? row.nextElementSibling;
  row.remove();
  if (near) go(cellsOf(near)[0]);
  else document.querySelector("[data-adds] button").focus();
}

// Nor is one that is left as it was added when its page is left; who comes back to the page reads it anew.
let hasDropped = false;
addEventListener("pagehide", () => {
  for (const row of rowsOf().filter(({ is_new: isNew }) => isNew)) {
    if (editing?.parentElement === row && valueIn(editing) !== editing.opened_with) continue;
    hasDropped = true;
    post(...removalOf(row));
  }
});
addEventListener("pageshow", () => { if (hasDropped) location.reload(); });

function removalOf(row) {
  const form = row.querySelector("form");
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return [form.querySelector("[formaction]").formAction, fields];
}

function label(row) {
  for (const cell of cellsOf(row)) cell.dataset.label = cell.querySelector(".cell__label").textContent;
}

// Among several choices the arrows move: Tab already means to go on.
function moveAmongChoices(event, cell) {
  const boxes = [...cell.querySelectorAll("[type=checkbox]")];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || event.target.type !== "checkbox") return;
  event.preventDefault();
  boxes[boxes.indexOf(event.target) + step]?.focus();
}

function typing(event, cell) {
  moveAmongChoices(event, cell);
  if (event.key === "Escape") {
    event.preventDefault();
    giveUp(cell);
    go(cell);
    if (cell.parentElement.is_new) drop(cell.parentElement);
  } else if (event.key === "Tab") {
    const next = onward(cell, event.shiftKey ? -1 : 1);
    save(cell);
    if (!next) return;
    event.preventDefault();
    go(next);
    edit(next);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    save(cell);
    go(neighbour(cell, 1, 0) ?? cell);
  }
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

grid.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell) return;
  if (editing === cell) {
    typing(event, cell);
    return;
  }
  if (event.target !== cell || event.ctrlKey || event.metaKey || event.altKey) return;
  if (MOVES[event.key]) {
    event.preventDefault();
    go(neighbour(cell, ...MOVES[event.key]));
  } else if (event.key === "Enter" || event.key === "F2") {
    event.preventDefault();
    edit(cell);
  } else if (event.key === "Escape" && cell.hasAttribute("data-conflict")) {
    giveUp(cell);
  }
});

// N adds a row, where the focus is in the grid, or on what adds one, and nobody is typing; the profile can switch
// the key off.
const adding = document.querySelector("[data-adds]");
for (const place of [region, adding]) place.addEventListener("keydown", (event) => {
  if (document.body.dataset.singleKeys === "off") return;
  if (event.key.toLowerCase() !== "n" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  add();
});

// A cell that closes as another is pressed may shrink its row: what is released then is no longer what was pressed.
let pressed = null;
grid.addEventListener("mousedown", ({ target }) => { pressed = target.closest("[data-cell]"); });
grid.addEventListener("click", (event) => {
  const isMoved = event.target.matches("table, tbody, tr") && pressed?.isConnected;
  const cell = isMoved ? pressed : event.target.closest("[data-cell]");
  if (cell && event.target.closest("[data-settle]")) {
    giveUp(cell);
    go(cell);
    return;
  }
  if (!cell || editing === cell) return;
  go(cell);
  edit(cell);
});

// Who goes elsewhere with the mouse has finished typing; of two texts none is chosen by that.
grid.addEventListener("focusout", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell || editing !== cell || cell.contains(event.relatedTarget)) return;
  const isTyped = valueIn(cell) !== cell.opened_with;
  // Who looks into another window comes back to the open cell.
  if (!isTyped && cell.contains(document.activeElement)) return;
  if (!isTyped && cell.hasAttribute("data-conflict")) close(cell);
  else save(cell);
});

document.querySelector("[data-scripted]").hidden = false;
grid.setAttribute("role", "grid");
for (const row of rowsOf()) {
  label(row);
  prepare(row);
}
// One comes here to write: the first cell has the focus, or the empty grid.
const first = grid.querySelector("[data-cell]");
if (first) first.tabIndex = 0;
// A cell may be reached by a link to it.
grid.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-cell][tabindex='-1']")) putInTabOrder(target);
});

// A link to a row leads into it. The browser goes to the row itself, before or after this: a row that could not
// have the focus would take it away.
function goToNamedRow() {
  const row = rowsOf().find(({ id }) => `#${id}` === location.hash);
  if (!row) return;
  row.tabIndex = -1;
  row.addEventListener("focus", () => {
    row.removeAttribute("tabindex");
    go(cellsOf(row)[0]);
  }, { once: true });
  go(cellsOf(row)[0]);
}
addEventListener("hashchange", goToNamedRow);
if (location.hash) goToNamedRow();
else (first ?? adding.querySelector("button")).focus({ preventScroll: true });
comeBack();
