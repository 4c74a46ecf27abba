// Only adds: every page works without it.
for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;

const summary = document.querySelector(".summary[tabindex]");
if (summary) {
  summary.focus();
  // Where other parts of the page were still on their way, nothing took the focus.
  addEventListener("load", () => document.activeElement === document.body && summary.focus());
}

document.addEventListener("click", async event => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("print" in button.dataset) print();
  if (!button.dataset.copy) return;
  const address = document.querySelector(button.dataset.copy);
  const lines = [...address.querySelectorAll(".line")].map(line => line.textContent.trim()).join("\n");
  const said = document.querySelector(button.dataset.said);
  try {
    await navigator.clipboard.writeText(lines);
    said.textContent = said.dataset.words;
  } catch {
    // Without leave to copy, the address is at least selected.
    getSelection().selectAllChildren(address);
  }
});
