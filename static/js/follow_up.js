// The update form by keyboard: it begins on the status, where 1–5 choose one and 0 leads to “no change”;
// Alt+↓ and Alt+↑ go to the next line and back. Ctrl+Enter, which submits, is of every form that is kept (drafts.js).
// The profile can switch the single keys off.

const form = document.querySelector("[data-follow-up]");

// Who goes through a round writes of one line after another: nobody walks the menu before each. Not on a
// touch screen, which would scroll past the heading, nor where base.js leads to what must be mended.
const first = form.querySelector("[name=status]:checked") ?? form.querySelector("[name=status]");
if (form.matches("[data-begins]") && !form.querySelector("[data-focus]") && matchMedia("(pointer: fine)").matches) {
  first.focus();
}

form.addEventListener("keydown", (event) => {
  if (document.body.dataset.singleKeys === "off") return;
  if (event.target.name !== "status") return;
  // Only led to: nothing is stored before its button is pressed.
  if (event.key === "0") document.querySelector("[data-no-change]")?.focus();
  const choice = form.querySelectorAll("[name=status]")[Number(event.key) - 1];
  if (choice) {
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.target.matches("select")) return;
  const link = document.querySelector({ ArrowDown: "[data-next]", ArrowUp: "[data-previous]" }[event.key] ?? "nothing");
  if (!link) return;
  event.preventDefault();
  link.click();
});
