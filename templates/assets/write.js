// A letter, written on this device and nowhere else: what is needed of a person's own page is fetched once, when the page opens;
// after that nothing is requested. Words come from the page, facts from the person's page; only the counting is done here.

/** A text in parts that each fit a limit, cut at ends of sentences, or of words, or anywhere; each part says which it is. */
export function split(text, limit) {
  const characters = [...text];
  if (!limit || characters.length <= limit) return text ? [text] : [];
  const room = limit - 10;
  const parts = [];
  let rest = characters;
  while (rest.length > room) {
    const head = rest.slice(0, room).join("");
    const sentence = [...head.matchAll(/[.!?…]["'”’)]*\s+|\n+/gu)].pop();
    const word = [...head.matchAll(/\s+/gu)].pop();
    const found = [sentence, word].find(cut => cut && cut.index > room / 3);
    const cut = found ? [...head.slice(0, found.index + found[0].length)].length : room;
    parts.push(rest.slice(0, cut).join("").trim());
    rest = rest.slice(cut);
  }
  parts.push(rest.join("").trim());
  const whole = parts.filter(part => part);
  return whole.map((part, at) => `(${at + 1}/${whole.length}) ${part}`);
}

/** What a service may lose, by the word that its file uses. */
const LOSES = {
  emoji: /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u{10000}-\u{10ffff}]/gu,
  accents: /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]/gu,
  marks: /[‘’“”–—…\u00a0]/gu,
  scripts: /(?!\p{Script=Latin})\p{L}\p{M}*/gu,
};

/** The characters of a text that a service loses, each once. Of a service of which nothing is known, none but emoji are doubted. */
export const lost = (text, loses = "") => {
  const kinds = loses.split(" ").filter(kind => kind in LOSES);
  return [...new Set((kinds.length ? kinds : ["emoji"]).flatMap(kind => text.match(LOSES[kind]) ?? []))];
};

const PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " " };
/** A text with typists' quotes, dashes and dots made plain. */
export const plain = text => [...text].map(character => PLAIN[character] ?? character).join("");

/** Words as they are compared: one case, one apostrophe, dashes, brackets and breaks of lines as single spaces. */
export const folded = text =>
  ` ${text.replace(/[\u00b4`‘’ʼ]/gu, "'").normalize("NFKC").toLowerCase().replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, "").replace(/[\p{Pd}\u2212()[\]{}\s]+/gu, " ")} `;

const listed = phrases => phrases.split(",").map(phrase => folded(phrase).trim()).filter(Boolean);

/** Where a phrase stands in folded words as whole words, or -1. */
function place(words, phrase) {
  for (let at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(words[at - 1]) && !/[\p{L}\p{N}]/u.test(words[at + phrase.length] ?? " ")) return at;
  }
  return -1;
}

/** Whether a text holds one of the phrases as whole words, apart from those that mean something else. */
export function holds(text, phrases, apart = "") {
  let words = folded(text);
  for (const phrase of listed(apart)) {
    for (let at = place(words, phrase); at >= 0; at = place(words, phrase)) words = `${words.slice(0, at)}|${words.slice(at + phrase.length)}`;
  }
  return listed(phrases).some(phrase => place(words, phrase) >= 0);
}

const isYear = group => /^(?:19|20)\d\d$/.test(group);
/** Whether groups of digits read as a day, years, a ZIP code or a fraction rather than as a telephone number. */
function isOther(groups, written) {
  const [first, last] = [groups[0], groups[groups.length - 1]];
  const day = groups.length === 3 && (isYear(first) ? groups.slice(1) : isYear(last) ? groups.slice(0, 2) : []);
  const parts = day && day.length === 2 && day.every(part => part.length < 3);
  const whole = groups.length === 1 && (/^(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d$/.test(first) || /^[01]\d{6}$/.test(first));
  const zip = groups.length === 2 && first.length === 5 && last.length === 4 && /\d-\d/.test(written);
  const fraction = /^\d{1,2}\.\d+$/.test(written);
  return parts || whole || zip || fraction || groups.every(isYear);
}

/** Whether a text holds what looks like a telephone number. The person's own number is none, nor is what follows one of the words. */
export function phone(text, own = "", after = "") {
  let plainly = text.normalize("NFKC").replace(/[\u00ad\u200b-\u200d\u2060]/gu, "").replace(/[\p{Pd}\u2212]/gu, "-").replace(/[^\S\n]+/gu, " ");
  const digits = own.replace(/[^\p{L}\p{N}]/gu, "");
  if (digits) plainly = plainly.replace(new RegExp([...digits].join("[ .-]?"), "giu"), "|");
  for (const found of plainly.matchAll(/(^|[^\p{L}\p{N}#$€£])((?:\+ ?)?\(?\d(?:[ ()./-]{0,3}\d){6,14})(?![\p{L}\p{N}])/gu)) {
    const written = found[2];
    const groups = written.match(/\d+/gu);
    const before = folded(plainly.slice(0, found.index + found[1].length)).trim();
    const counts = listed(after).some(word => before.endsWith(word) && !/\p{L}/u.test(before.charAt(before.length - word.length - 1)));
    if (written.startsWith("+") || !(counts || isOther(groups, written))) return true;
  }
  return false;
}

/** Whether the last lines hold one of the sender's names. */
export function signed(text, sender) {
  const names = sender.split("\n")[0].toLowerCase().split(/\s+/u).filter(name => [...name].length > 1);
  const last = text.trim().split("\n").slice(-3).join(" ").toLowerCase();
  return names.some(name => last.includes(name));
}

/** Puts these in the place of all that a node holds. */
function put(node, ...children) {
  node.textContent = "";
  node.append(...children);
}

if (typeof document !== "undefined") start();

function start() {
  const $ = id => document.getElementById(id);
  const say = (words, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`%${name}`, value), words);
  const person = { id: "", head: "", pages: 0, number: "" };
  const KEY = "inside-out-letter:";
  /** More characters than any sheet holds. */
  const WINDOW = 6000;
  /** About as many characters as a line of a sheet holds. */
  const LINE = 80;

  for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
  $("paper-letter").checked = true;

  /** Reads the person's own page, or says why it is not there. Nothing is requested but this, once. */
  function fetchPerson(id) {
    return new Promise(found => {
      const request = new XMLHttpRequest();
      request.open("GET", `${$("letter-page").dataset.people}${id}/`);
      request.responseType = "document";
      request.onload = () => {
        const page = request.status === 200 ? request.response : null;
        const gone = [200, 404, 410].includes(request.status);
        found(page?.querySelector("section.write") ? { page } : { why: gone ? "gone" : "unreached" });
      };
      request.onerror = () => found({ why: "unreached" });
      request.send();
    });
  }

  /** Says who the letter is for: `nobody`, `gone`, `unreached` or `for`. */
  function tell(which) {
    for (const words of ["nobody", "gone", "unreached", "for"]) $(words).hidden = words !== which;
  }

  const untouched = { heading: $("heading").textContent, title: document.title, rules: $("rules").textContent };
  const empty = { there: [...$("there").children], address: [...$("address").children] };

  /** Leaves the page as it was before it knew of anybody. */
  function forget() {
    Object.assign(person, { head: "", pages: 0, number: "" });
    [$("heading").textContent, document.title, $("rules").textContent] = [untouched.heading, untouched.title, untouched.rules];
    for (const id of ["there", "address"]) put($(id), ...empty[id]);
    put($("paused"));
    $("envelope").className = "envelope";
    $("way").length = 1;
  }

  function show(page) {
    forget();
    const section = page.querySelector("section.write");
    const { head, number, name } = section.dataset;
    Object.assign(person, { head, number, pages: Number(section.dataset.pages ?? 0) });
    $("heading").textContent = document.title = say($("heading").dataset.to, { name });
    tell("for");
    $("for").querySelector("b").textContent = say($("for").dataset.words, { name: page.querySelector("h1").textContent });
    $("theirs").href = `${$("letter-page").dataset.people}${person.id}/`;
    copyInto($("paused"), section.querySelectorAll(".paused, .missing, .coming"));
    const rules = section.querySelectorAll(".mail, .checked");
    if (section.querySelector(".mail")) {
      $("rules").textContent = $("rules").dataset.there;
      copyInto($("there"), rules);
    }
    const lines = [...section.querySelectorAll("#address .line")];
    if (lines.length) copyInto($("address"), lines);
    $("envelope").className = section.querySelector(".envelope")?.className ?? "envelope";
    for (const service of section.querySelectorAll(".service")) {
      const most = Number(service.dataset.most ?? 0);
      const name = service.querySelector("h4").textContent;
      const option = new Option(name, service.id);
      Object.assign(option.dataset, { most, name, loses: service.dataset.loses ?? "" });
      $("way").add(option);
    }
  }

  function copyInto(place, elements) {
    put(place, ...[...elements].map(element => document.importNode(element, true)));
  }

  const sheets = { text: "", starts: [] };

  /** Sets the letter on sheets as they will be printed, and gives their number. Sheets before the change stay as they are. */
  function setSheets(text) {
    const whole = text.replace(/\s+$/u, "");
    let same = 0;
    while (same < whole.length && whole[same] === sheets.text[same]) same++;
    // A sheet may take words from the next one: it stays where that one is the same too.
    const { starts } = sheets;
    const kept = starts.filter((_, at) => starts[at + 2] <= same).length;
    let at = starts[kept] ?? 0;
    starts.length = kept;
    [...$("sheets").children].slice(kept).forEach(sheet => sheet.remove());
    do {
      starts.push(at);
      at += addSheet(whole.slice(at, at + WINDOW), whole.length - at <= WINDOW);
      if (whole[at] === "\n") at++;
      else while (whole[at] === " ") at++;
    } while (at < whole.length);
    sheets.text = whole;
    const numbers = $("sheets").querySelectorAll(".number");
    numbers.forEach((number, page) => (number.textContent = `${page + 1} / ${numbers.length}`));
    return numbers.length;
  }

  /** Adds a sheet with as much of a text as it holds, cut between words, and gives how much that is. */
  function addSheet(text, isLast) {
    const [sheet, head, body] = [element("div", "sheet"), element("div", "sheet-head"), element("div", "sheet-text")];
    head.append(element("span", "", person.head), element("span", "number"));
    sheet.append(head, body);
    $("sheets").append(sheet);
    const fits = length => ((body.textContent = text.slice(0, length)), body.scrollHeight <= body.clientHeight);
    if (isLast && fits(text.length)) return text.length;
    const cuts = [...text.matchAll(/\s/gu)].map(space => space.index);
    const spaces = most(cuts, fits);
    let cut = cuts[spaces - 1] ?? 0;
    const run = (cuts[spaces] ?? text.length) - cut;
    // A run without spaces that is longer than a line is broken between lines anyway: it fills this sheet too.
    if (run > LINE) {
      const marks = boundaries(text.slice(cut, cut + run)).map(mark => cut + mark);
      cut = marks[most(marks, fits) - 1] ?? (cut || marks[0] || text.length);
    }
    fits(cut);
    return cut;
  }

  /** How many of these lengths, shortest first, fit. */
  function most(lengths, fits) {
    let [low, high] = [0, lengths.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (fits(lengths[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where a text may be cut without parting what is read as one character. */
  function boundaries(text) {
    if (typeof Intl.Segmenter === "function") return [...new Intl.Segmenter().segment(text)].map(part => part.index).slice(1);
    let at = 0;
    return [...text].slice(1).map((_, index) => (at += [...text.slice(at, at + 2)][0].length));
  }

  function element(tag, name, text = "") {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  }

  function refresh() {
    const [text, sender] = [$("letter").value, $("sender").value];
    const post = $("way").value === "post";
    const { most: limit, loses, name } = $("way").selectedOptions[0].dataset;
    const most = Number(limit ?? 0);
    const pages = setSheets(text);
    const parts = post ? [] : split(text.trim(), most);
    count(post, pages, [...text].length, most, parts.length);
    check(text, sender, post ? null : { loses, name }, pages);
    showParts(parts);
    address(sender);
    keep();
  }

  function count(post, pages, characters, most, parts) {
    const words = $("count").dataset;
    const value = number => number.toLocaleString();
    const said = post
      ? [say(person.pages ? words.pagesMost : words.pages, { n: pages, most: person.pages })]
      : [say(most ? words.charactersMost : words.characters, { n: value(characters), most: value(most) })];
    if (parts > 1) said.push(say(words.parts, { n: parts }));
    put($("count"), ...said.map(sentence => element("span", "", sentence)));
  }

  function check(text, sender, service, pages) {
    const found = service ? lost(text, service.loses) : [];
    const long = text.trim().length > 80;
    const finds = name => holds(text, $(`check-${name}`).dataset.find, $(`check-${name}`).dataset.apart);
    const warnings = {
      return: !service && text.trim() && sender.trim().split("\n").filter(line => line.trim()).length < 3,
      sign: long && sender.trim() && !signed(text, sender),
      phone: phone(text, person.number, $("check-phone").dataset.after),
      money: finds("money") || /[$€£]\s?\d/u.test(text),
      case: finds("case"),
      penpal: finds("penpal"),
      pages: !service && person.pages && pages > person.pages,
      lost: found.length > 0,
    };
    for (const [name, warns] of Object.entries(warnings)) $(`check-${name}`).hidden = !warns;
    $("check-none").hidden = Object.values(warnings).some(Boolean) || !long;
    $("lost-characters").textContent = found.slice(0, 12).join(" ");
    const { maybe, sure } = $("lost-words").dataset;
    $("lost-words").textContent = service?.loses ? say(sure, { name: service.name }) : maybe;
    $("plain").hidden = !found.some(character => character in PLAIN);
  }

  function showParts(parts) {
    $("parts").hidden = !parts.length;
    const list = $("parts").querySelector("ol");
    put(list, ...parts.map((part, at) => {
      const item = element("li", "");
      const label = element("label", "", say(list.dataset.part, { n: at + 1, most: parts.length }));
      const field = element("textarea", "");
      Object.assign(field, { value: part, readOnly: true, rows: 4, id: `part-${at + 1}` });
      label.htmlFor = field.id;
      const copy = element("button", "button quiet", list.dataset.copy);
      copy.type = "button";
      const said = element("span", "");
      said.role = "status";
      copy.addEventListener("click", async () => {
        field.select();
        try {
          await navigator.clipboard.writeText(part);
          said.textContent = ` ${list.dataset.copied}`;
        } catch {
          // Without leave to copy, the part is at least selected.
        }
      });
      item.append(label, field, copy, said);
      return item;
    }));
  }

  const blank = [...$("from").children];
  function address(sender) {
    const lines = sender.split("\n").map(line => line.trim()).filter(Boolean);
    $("from").classList.toggle("typed", lines.length > 0);
    put($("from"), ...(lines.length ? lines.map(line => element("span", "", line)) : blank));
  }

  function keep() {
    try {
      const letter = { letter: $("letter").value, sender: $("sender").value };
      if ($("keep").checked) localStorage.setItem(KEY + person.id, JSON.stringify(letter));
      else localStorage.removeItem(KEY + person.id);
    } catch {
      // A browser that keeps nothing lets one write all the same.
      $("keep").checked = false;
    }
  }

  function keptFor(id) {
    try {
      return JSON.parse(localStorage.getItem(KEY + id) ?? "null");
    } catch {
      // What cannot be read is left alone.
      return null;
    }
  }

  function bringBack(kept) {
    $("letter").value = String(kept?.letter ?? "");
    $("sender").value = String(kept?.sender ?? $("sender").value);
    $("keep").checked = Boolean(kept);
  }

  function erase() {
    $("letter").value = $("sender").value = "";
    $("keep").checked = false;
    try {
      Object.keys(localStorage).filter(name => name.startsWith(KEY)).forEach(name => localStorage.removeItem(name));
    } catch {
      // Then nothing was kept either.
    }
    refresh();
    $("erased").textContent = $("erased").dataset.words;
    $("letter").focus();
  }

  for (const id of ["letter", "sender", "way", "keep"]) $(id).addEventListener("input", () => ($("erased").textContent = "", refresh()));
  $("erase").addEventListener("click", erase);
  $("print").addEventListener("click", () => print());
  $("plain").addEventListener("click", () => {
    $("letter").value = plain($("letter").value);
    refresh();
  });
  for (const button of document.querySelectorAll("[data-start]")) {
    button.addEventListener("click", () => {
      const field = $("letter");
      field.value = `${field.value.replace(/\s+$/u, "")}${field.value.trim() ? "\n\n" : ""}${button.dataset.start} `;
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      refresh();
    });
  }
  addEventListener("beforeunload", event => {
    if ($("letter").value.trim() && !$("keep").checked) event.preventDefault();
  });
  const asked = () => location.hash.match(/^#to=([a-z0-9-]{3,40})$/)?.[1] ?? "";
  const back = () => history.replaceState(null, "", person.id ? `#to=${person.id}` : location.pathname);

  let turn = 0;
  /** Turns to another person. A letter that is not kept stays in its field; it gives way to a kept one only with the writer's leave. */
  async function turnTo(id) {
    const mine = ++turn;
    const { page, why } = await fetchPerson(id);
    if (mine !== turn) return;
    const again = id === person.id;
    const [kept, written] = [keptFor(id), $("letter").value.trim() && !$("keep").checked];
    if (kept && written && !again && !confirm($("to").dataset.leave)) return back();
    person.id = id;
    if (page) show(page);
    else forget(), tell(why);
    if (!again && (kept || !written)) bringBack(kept);
    refresh();
  }

  addEventListener("hashchange", () => {
    // Any other hash is a place on this page, like that of the link past the menu: whom the letter is for stays.
    if (!asked()) back();
    else if (asked() !== person.id) turnTo(asked());
  });
  $("again").addEventListener("click", () => turnTo(person.id));

  async function open() {
    if (asked()) await turnTo(asked());
    else bringBack(keptFor("")), refresh();
    $("letter-page").dataset.ready = "true";
  }
  open();
}
