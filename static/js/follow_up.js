// The update form by keyboard: 1–5 choose the status while it has the focus, Ctrl+Enter submits, Alt+↓ and
// Alt+↑ go to the next line and back.
// The profile can switch the single keys off.

const form = document.querySelector("[data-follow-up]");

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (document.body.dataset.singleKeys === "off") return;
  const choice = form.querySelectorAll("[name=status]")[Number(event.key) - 1];
  if (choice && event.target.name === "status") {
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
