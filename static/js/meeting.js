// Meeting mode by single keys while the focus is in it and nobody is typing: J and K change the line, A accepts.
// The profile can switch them off.

const meeting = document.querySelector(".meeting");

meeting.addEventListener("keydown", (event) => {
  if (document.body.dataset.singleKeys === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const control = meeting.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
});

meeting.focus({ preventScroll: true });
