// Only adds: every page works without it.
for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;

const summary = document.querySelector(".summary[tabindex]");
if (summary) summary.focus();

// A photo that is too large is told before it is on its way for minutes.
document.addEventListener("change", ({ target }) => {
  if (!target.files || !target.dataset.most) return;
  const large = document.getElementById(`${target.id}-large`);
  const isLarge = target.files.length > 0 && target.files[0].size > Number(target.dataset.most);
  large.textContent = isLarge ? large.dataset.words : "";
  if (isLarge) target.value = "";
});

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
