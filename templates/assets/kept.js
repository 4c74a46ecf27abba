// People whom a visitor keeps: their pages' addresses and names, in this browser and nowhere else.
const KEY = "kept";

export function kept() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter(one => /^(\/[a-z]{2,3})?\/people\/[a-z0-9-]+\/$/.test(one?.path) && typeof one.name === "string") : [];
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    // Storage may be full or forbidden; then nothing is kept, and whoever asked is told.
    return false;
  }
}

const without = path => kept().filter(one => one.path !== path);

/** On a person's page: a button that stays down while they are kept. */
function offer(button) {
  const { keep: path, name, full } = button.dataset;
  const said = document.getElementById("keep-said"), list = said.parentElement.querySelector("a");
  const isKept = () => kept().some(one => one.path === path);
  const show = () => button.setAttribute("aria-pressed", isKept());
  button.addEventListener("click", () => {
    const done = keep(isKept() ? without(path) : [...without(path), { path, name }]);
    said.textContent = !done ? full : isKept() ? said.dataset.done : "";
    list.hidden = !isKept();
    show();
  });
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  show();
}

/** A page as the browser reads it; nothing where it was taken down. Fails with the status of the answer, if there was one. */
const page = path =>
  new Promise((found, failed) => {
    const request = new XMLHttpRequest();
    request.open("GET", path);
    request.responseType = "document";
    request.timeout = 12000;
    request.onload = () => (request.status === 200 && request.response ? found(request.response) : request.status === 410 ? found(null) : failed(request.status));
    request.onerror = request.ontimeout = failed;
    request.send();
  });

const text = (document, selector) => document.querySelector(selector)?.textContent.trim() ?? "";

function list(root) {
  const [said, some, empty, items] = ["#said", "[data-some]", "[data-empty]", ".kept-list"].map(part => root.querySelector(part));
  const template = root.querySelector("template").content.firstElementChild;
  root.querySelector("[data-no-script]").hidden = true;
  const lines = new Map(), here = new Map();
  let file;

  function settle() {
    const list = kept();
    some.hidden = !list.length;
    empty.hidden = !!list.length;
    const link = root.querySelector("[data-export]");
    if (file) URL.revokeObjectURL(file);
    const words = list.map(one => [one.name, ...(lines.get(one.path) ?? []), location.origin + one.path].join("\r\n")).join("\r\n\r\n");
    file = URL.createObjectURL(new Blob([words + "\r\n"], { type: "text/plain;charset=utf-8" }));
    link.href = file;
  }

  function add(one) {
    const item = template.cloneNode(true);
    const link = item.querySelector("a");
    link.href = one.path;
    link.textContent = one.name;
    item.querySelector(".name").textContent = one.name;
    item.querySelector("button").addEventListener("click", () => {
      if (!keep(without(one.path))) return (said.textContent = said.dataset.full);
      const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("a");
      item.remove();
      here.delete(one.path);
      settle();
      said.textContent = said.dataset.taken.replace("#", one.name);
      (next ?? empty.querySelector("a")).focus();
    });
    items.append(item);
    here.set(one.path, item);
    return item;
  }

  async function fill(one, item) {
    const theirs = await page(one.path);
    if (!theirs) {
      keep(without(one.path));
      item.remove();
      here.delete(one.path);
      return one.name;
    }
    const voice = item.querySelector(".voice"), spoken = theirs.querySelector(".voice-text");
    item.querySelector(".where").textContent = text(theirs, ".meta");
    voice.lang = spoken?.lang ?? "";
    voice.textContent = text(theirs, ".voice-text p");
    const address = [...theirs.querySelectorAll("#address .line")].map(line => line.textContent.trim());
    lines.set(one.path, address);
    item.querySelector("address").append(...address.flatMap(line => [line, document.createElement("br")]).slice(0, -1));
  }

  root.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (button && "print" in button.dataset) print();
    if (button && "clear" in button.dataset) {
      if (!keep([])) return void (said.textContent = said.dataset.full);
      sync();
      said.textContent = said.dataset.emptied;
      empty.querySelector("a").focus();
    }
  });
  /** Shows who is kept now, whoever changed it: this page, or another one that is open. */
  async function sync() {
    const now = kept();
    for (const [path, item] of here) {
      if (now.some(one => one.path === path)) continue;
      item.remove();
      here.delete(path);
    }
    settle();
    const fresh = now.filter(one => !here.has(one.path));
    if (!fresh.length) return;
    said.textContent = said.dataset.wait;
    const notes = new Set();
    const gone = await Promise.all(fresh.map(async one => {
      const item = add(one);
      try {
        return await fill(one, item);
      } catch (status) {
        // A page that is not found may be back tomorrow; only one that was taken down is let go.
        const note = status === 404 ? "lost" : "far";
        notes.add(note);
        item.querySelector(`.${note}`).hidden = false;
      }
    }));
    settle();
    const names = gone.filter(Boolean);
    said.textContent = [names.length ? said.dataset.gone.replace("#", names.join(", ")) : "", ...[...notes].map(note => said.dataset[note])].filter(Boolean).join(" ");
  }

  addEventListener("storage", event => (event.key === KEY || event.key === null) && sync());
  sync();
}

if (globalThis.document) {
  for (const button of document.querySelectorAll("[data-keep]")) offer(button);
  const root = document.getElementById("kept");
  if (root) list(root);
}
