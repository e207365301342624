// What waits for its judge, by single keys while nobody is typing: J and K go to the next line and back, A
// accepts the line that has the focus, R opens the reason for returning it.
// The profile can switch them off.

const judged = [...document.querySelectorAll("[data-judged]")];

// Who has just judged a line hears what became of it, and goes on from there.
const told = document.querySelector(".messages");
if (told) {
  told.tabIndex = -1;
  told.focus();
}

function go(step) {
  const here = judged.findIndex((line) => line.contains(document.activeElement));
  // From elsewhere on the page J begins with the first line.
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), judged.length - 1);
  judged[next].querySelector("h3 a").focus();
}

function giveBack(line) {
  const reason = line.querySelector("details:has([name=reason])");
  reason.open = true;
  reason.querySelector("textarea").focus();
}

const acts = {
  j: () => go(1),
  k: () => go(-1),
  a: (line) => line?.querySelector("[data-accept]").click(),
  r: (line) => line && giveBack(line),
};

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.singleKeys === "off" || !judged.length) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, [type=text]")) return;
  const act = acts[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act(document.activeElement.closest("[data-judged]"));
});
