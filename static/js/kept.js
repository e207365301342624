// Reasons and comments that are being typed stay in this browser until the server says, by the same name, that it has
// taken them (base.js). The name is the writer and the address to which the form is sent. Ctrl+Enter sends it.

for (const form of document.querySelectorAll("form[data-kept]")) {
  const key = `draft:${form.dataset.kept}:${new URL(form.action).pathname}`;
  const field = form.querySelector("textarea");
  let kept;
  try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* This browser keeps nothing. */ }
  if (kept) {
    field.value ||= kept.typed;
    const folded = form.closest("details");
    if (folded) folded.open = true;
  }
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener("input", () => {
    try {
      if (field.value.trim()) localStorage.setItem(key, JSON.stringify({ typed: field.value, at: Date.now() }));
      else localStorage.removeItem(key);
    } catch { /* see above */ }
  });
}
