// Only adds: a form is whole without it. What is typed stays in this tab, or on the device where somebody asks for that.

/** How long a draft stays on a device. */
export const DAYS = 14;

// A box by which somebody says yes is ticked on the day on which the form is sent, and by nobody else: it is never kept.
const isTyped = field => field.name && !["hidden", "submit", "button", "file"].includes(field.type) && field.name !== "website" && !("anew" in field.dataset);
const isTick = field => ["checkbox", "radio"].includes(field.type);

/** The answers of a form, as name and value: what people typed and chose, and nothing that the page put there. */
export function answers(fields) {
  const chosen = [...fields].filter(field => isTyped(field) && (!isTick(field) || field.checked));
  return chosen.filter(field => field.value).map(field => [field.name, field.value]);
}

/** What the page itself fills in, whatever the browser has brought back since it came. */
function filledIn(fields) {
  const value = field => (isTick(field) ? field.defaultChecked && field.value : field.options ? [...field.options].find(option => option.defaultSelected)?.value : field.defaultValue);
  const filled = [...fields].filter(isTyped).map(field => [field.name, value(field)]);
  return filled.filter(([, value]) => value);
}

const areAnswers = list => Array.isArray(list) && list.every(pair => Array.isArray(pair) && pair.every(part => typeof part === "string"));

/** What a store holds, if it can be read and its time is not over: `{ until, answers, given }`, where `given` is what the page had filled
 * in when it was kept. */
export function read(text, now) {
  try {
    const draft = JSON.parse(text ?? "null");
    const sound = areAnswers(draft?.answers) && areAnswers(draft.given ?? []);
    return sound && (draft.until === null || draft.until > now) ? draft : null;
  } catch {
    return null;
  }
}

/** What was typed before, over what the page fills in now: where nobody touched a field, the page is right. */
export function merge({ answers, given: before = [] }, given) {
  const of = (list, name) => list.filter(pair => pair[0] === name);
  const isTouched = name => JSON.stringify(of(answers, name)) !== JSON.stringify(of(before, name));
  const names = new Set([...given, ...answers].map(([name]) => name));
  return [...names].flatMap(name => of(isTouched(name) ? answers : given, name));
}

/** Puts answers back into fields. */
export function fill(fields, kept) {
  const has = (name, value) => kept.some(pair => pair[0] === name && pair[1] === value);
  for (const field of [...fields].filter(isTyped)) {
    if (isTick(field)) field.checked = has(field.name, field.value);
    else field.value = kept.find(([name]) => name === field.name)?.[1] ?? "";
  }
}

const isJoiner = character => /[\u200c\u200d]/.test(character);
const isPlain = beside => beside === undefined || beside.codePointAt(0) < 0x250 || /\s/.test(beside) || isJoiner(beside);

/** How long a text is as the check counts it: in characters, without what nobody sees. */
export function length(text) {
  const composed = text.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n").normalize("NFC");
  const seen = [...composed.replace(/[\xad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim()];
  const kept = seen.filter((character, at) => !isJoiner(character) || !(isPlain(seen[at - 1]) || isPlain(seen[at + 1])));
  return [...kept.join("").trim()].filter(character => !/[\0-\x08\x0e-\x1f\x7f-\x9f]|\p{Noncharacter_Code_Point}/u.test(character)).length;
}

if (typeof document !== "undefined") start();

function start() {
  const form = document.querySelector("form[data-draft]");
  const sent = document.querySelector("[data-sent]");
  if (sent) forget(sent.dataset.sent);
  for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
  if (form) keep(form, `inside-out-draft:${form.dataset.draft}`);
  document.querySelectorAll("[data-counts]").forEach(measure);
  walk();
  for (const event of ["input", "reset", "pageshow"]) addEventListener(event, () => setTimeout(count));
  count();
}

/** What was sent is kept no longer. */
function forget(action) {
  for (const store of stores()) store.removeItem(`inside-out-draft:${action}`);
}

/** The stores that this browser lets a page have: of the tab, then of the device. */
function stores() {
  return ["sessionStorage", "localStorage"].flatMap(name => {
    try {
      return window[name] ? [window[name]] : [];
    } catch {
      return [];
    }
  });
}

function keep(form, key) {
  const $ = id => document.getElementById(id);
  const say = which => ($("draft-said").textContent = which ? $("draft-said").dataset[which] : "");
  const [tab, device] = stores();
  let until = null;

  function save() {
    const text = JSON.stringify({ until, answers: answers(form.elements), given });
    try {
      (until ? device : tab).setItem(key, text);
      $("draft").hidden = false;
    } catch {
      // A browser that keeps nothing promises nothing.
      $("draft").hidden = true;
    }
  }

  function tell() {
    $("draft-here").hidden = $("draft-keep").hidden = until !== null;
    $("draft-kept").hidden = until === null;
    const day = until && new Date(until).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });
    $("draft-kept").textContent = day ? $("draft-kept").dataset.words.replace("%day", day) : "";
  }

  if (!tab) return void ($("draft").hidden = true);
  const kept = read(device?.getItem(key), Date.now()) ?? read(tab.getItem(key), Date.now());
  until = kept?.until ?? null;
  const given = filledIn(form.elements);
  // What the function shows again is newer than what was kept; whose page it is about came with a link.
  if (kept?.answers.length && !document.querySelector(".again")) {
    const linked = given.filter(([name]) => name === "about");
    const asked = kept.answers.find(([name]) => name === "about");
    if (!linked.length || !asked || linked[0][1] === asked[1]) {
      const before = JSON.stringify(answers(form.elements));
      fill(form.elements, merge(kept, given));
      if (before !== JSON.stringify(answers(form.elements))) say("back");
    }
  }
  tell();
  save();
  form.addEventListener("input", () => (say(""), save()));
  $("draft-keep").addEventListener("click", () => {
    until = Date.now() + DAYS * 24 * 60 * 60 * 1000;
    tab.removeItem(key);
    save();
    tell();
  });
  $("draft-delete").addEventListener("click", () => {
    until = null;
    forget(form.dataset.draft);
    form.reset();
    fill(form.elements, []);
    for (const box of form.querySelectorAll("[data-anew]")) box.checked = false;
    tell();
    say("gone");
  });
}

/** Says how long a text is that is long enough to be cut, once somebody pauses. It keeps nobody from typing on. */
function measure(said) {
  const field = document.getElementById(said.dataset.counts);
  const number = count => count.toLocaleString(document.documentElement.lang);
  let pause;
  const tell = () => {
    const count = length(field.value), over = count - Number(said.dataset.most);
    said.textContent = said.dataset[over > 0 ? "over" : "words"].replace("%n", number(count)).replace("%o", number(over));
  };
  field.addEventListener("input", () => (clearTimeout(pause), (pause = setTimeout(tell, 800))));
  if (field.value) tell();
}

/** How many are chosen of each kind stands beside its name. */
function count() {
  for (const said of document.querySelectorAll(".kind .count")) {
    const chosen = said.closest(".kind").querySelectorAll(":checked").length;
    said.textContent = chosen ? said.dataset.words.replace("%n", chosen) : "";
  }
}

/** Enter in a line goes to the next step, as the button does. */
function walk() {
  document.querySelector(".in-steps form")?.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    const next = event.target.closest(".group")?.querySelector(".next");
    if (!next) return;
    event.preventDefault();
    next.click();
  });
}
