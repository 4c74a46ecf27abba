// A letter, written on this device and nowhere else: what is needed of a person's own page is fetched once, when the page opens;
// after that nothing is requested. Words come from the page, facts from the person's page; only the counting is done here.
// Whatever is typed is kept at once: in the tab, and on the device where the writer asks for that.

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

/** Which are doubted where nobody has found out: of such services in general it is said that they carry English letters alone. */
const DOUBTED = ["emoji", "accents", "scripts"];

/** The characters of a text that a service loses, each once. */
export const lost = (text, loses = "") => {
  const kinds = loses.split(" ").filter(kind => kind in LOSES);
  return [...new Set((kinds.length ? kinds : DOUBTED).flatMap(kind => text.match(LOSES[kind]) ?? []))];
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
  const person = { id: "", head: "", pages: 0, number: "", parted: false };
  const KEY = "inside-out-letter:";
  /** More characters than any sheet holds. */
  const WINDOW = 6000;
  /** About as many characters as a line of a sheet holds. */
  const LINE = 80;
  /** Sheets of copy paper that weigh less than an ounce together with their envelope, and the grams of one. */
  const [OUNCE, GRAMS] = [4, 5];
  /** Papers to print on, the usual ones of a country first. */
  const PAPERS = { home: ["letter", "ten", "dl", "c5", "c6", "tag"], abroad: ["letter", "dl", "c5", "c6", "ten", "tag"] };

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

  const services = new Map();
  /** The way that the writer chose, also where the person in sight cannot be reached by it. */
  let way = "post";
  const untouched = { heading: $("heading").textContent, title: document.title, rules: $("rules").textContent };
  const changing = ["first-rules", "there", "address", "service-words"];
  const empty = Object.fromEntries(changing.map(id => [id, [...$(id).children]]));

  /** Leaves the page as it was before it knew of anybody. */
  function forget() {
    Object.assign(person, { head: "", pages: 0, number: "", parted: false });
    [$("heading").textContent, document.title, $("rules").textContent] = [untouched.heading, untouched.title, untouched.rules];
    for (const id of changing) put($(id), ...empty[id]);
    put($("paused"));
    $("envelope").className = "envelope";
    $("theirs").hidden = true;
    $("way").length = 1;
    $("service-name").textContent = "";
    services.clear();
  }

  function show(page) {
    forget();
    const section = page.querySelector("section.write");
    const { head, number, name, parted } = section.dataset;
    Object.assign(person, { head, number, parted: parted !== undefined, pages: Number(section.dataset.pages ?? 0) });
    $("heading").textContent = document.title = say($("heading").dataset.to, { name });
    tell("for");
    $("for").textContent = say($("for").dataset.words, { name: page.querySelector("h1").textContent });
    showWords(page, name);
    copyInto($("paused"), section.querySelectorAll(".paused, .missing, .coming"));
    if (section.querySelector(".mail")) showRules(section);
    const lines = [...section.querySelectorAll("#address .line")];
    if (lines.length) copyInto($("address"), lines);
    $("envelope").className = section.querySelector(".envelope")?.className ?? "envelope";
    showServices(section);
  }

  /** What the person wrote, so that nobody has to leave the letter to read it. */
  function showWords(page, name) {
    copyInto($("their-words"), page.querySelectorAll(".voice-text"));
    $("theirs").querySelector("summary").textContent = say($("theirs").querySelector("summary").dataset.words, { name });
    $("theirs").querySelector("a").href = `${$("letter-page").dataset.people}${person.id}/`;
    $("theirs").hidden = !$("their-words").children.length;
  }

  /** The first rule about each thing, then the next ones, until there are three; all of them in the fold. */
  function showRules(section) {
    $("rules").textContent = say($("rules").dataset.there, { name: section.dataset.facility });
    const lists = [...section.querySelectorAll(".mail .rules")].map(list => [...list.children]);
    const rules = [...lists.map(([first]) => first), ...lists.flatMap(([, ...others]) => others)];
    if (rules.length) copyInto($("first-rules"), rules.slice(0, 3));
    else put($("first-rules"));
    copyInto($("there"), section.querySelectorAll(".mail, .checked"));
  }

  function showServices(section) {
    for (const service of section.querySelectorAll(".service")) {
      const name = service.querySelector("h4").textContent;
      services.set(service.id, { name, most: Number(service.dataset.most ?? 0), loses: service.dataset.loses ?? "", said: [...service.querySelectorAll("p")] });
      $("way").add(new Option(name, service.id));
    }
    copyInto($("service-words"), section.querySelectorAll(".copies"));
  }

  /** Shows what the way needs by which the letter goes, and nothing of the other ways. */
  function showWay(service) {
    for (const part of document.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== (service ? "message" : "post");
    if (!service || $("service-name").textContent === service.name) return;
    $("service-name").textContent = service.name;
    $("sending").textContent = say($("sending").dataset.words, { name: service.name });
    copyInto($("service-facts"), service.said.filter(said => !said.querySelector("a")));
    put($("service-link"), ...service.said.flatMap(said => [...said.querySelectorAll("a")]).map(link => document.importNode(link, true)));
    const words = $("service-loses").dataset;
    const kinds = service.loses.split(" ").map(kind => words[kind]).filter(Boolean);
    $("service-loses").hidden = !kinds.length;
    $("service-loses").textContent = say(words.words, { kinds: kinds.join(", ") });
  }

  function copyInto(place, elements) {
    put(place, ...[...elements].map(element => document.importNode(element, true)));
  }

  const sheets = { top: "", text: "", starts: [] };

  /** Sets the letter on sheets as they will be printed, and gives their number: none where nothing is written. Sheets before the
      change stay as they are. `from` stands with the day above the first one. */
  function setSheets(text, from) {
    const whole = text.replace(/\s+$/u, "");
    const top = [person.head, ...from].join("\n");
    if (top !== sheets.top || !whole) Object.assign(sheets, { top, text: "", starts: [] });
    if (!whole) return put($("sheets")), 0;
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
      at += addSheet(whole.slice(at, at + WINDOW), whole.length - at <= WINDOW, at ? null : from);
      if (whole[at] === "\n") at++;
      else while (whole[at] === " ") at++;
    } while (at < whole.length);
    sheets.text = whole;
    const numbers = $("sheets").querySelectorAll(".number");
    numbers.forEach((number, page) => (number.textContent = `${page + 1} / ${numbers.length}`));
    return numbers.length;
  }

  const today = () => new Date().toLocaleDateString(document.documentElement.lang === "en" ? "en-US" : document.documentElement.lang, { dateStyle: "long" });

  /** Adds a sheet with as much of a text as it holds, cut between words, and gives how much that is. */
  function addSheet(text, isLast, from) {
    const [sheet, head, body] = [element("div", "sheet"), element("div", "sheet-head"), element("div", "sheet-text")];
    head.append(element("span", "", person.head), element("span", "number"));
    sheet.append(head);
    if (from) sheet.append(element("div", "sheet-from", from.join("\n")), element("div", "sheet-day", today()));
    sheet.append(body);
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

  const linesOf = text => text.split("\n").map(line => line.trim()).filter(Boolean);

  /** Whether letters are parted from their envelope there. */
  const isParted = () => person.parted;
  /** What the writer said about the address on the letter; until then it goes with how letters are handled. */
  let answer;

  function refresh() {
    const [text, sender] = [$("letter").value, linesOf($("sender").value)];
    const service = services.get(way);
    $("way").value = service ? way : "post";
    $("answer").checked = answer ?? isParted();
    showWay(service);
    const from = $("answer").checked ? sender : [];
    const pages = service ? setSheets("", []) : setSheets(text, from);
    const parts = service ? split(text.trim(), service.most) : [];
    count(service, pages, [...text].length, parts.length);
    check(text, sender, service, pages);
    showParts(parts);
    address(sender, from);
    post(pages);
    keep();
  }

  function count(service, pages, characters, parts) {
    const words = $("count").dataset;
    const value = number => number.toLocaleString();
    const said = service
      ? [say(service.most ? words.charactersMost : words.characters, { n: value(characters), most: value(service.most) })]
      : [say(person.pages ? words.pagesMost : words.pages, { n: pages, most: person.pages })];
    if (parts > 1) said.push(say(words.parts, { n: parts }));
    put($("count"), ...said.map(sentence => element("span", "", sentence)));
  }

  function check(text, sender, service, pages) {
    const found = service ? lost(text, service.loses) : [];
    const long = text.trim().length > 80;
    const finds = name => holds(text, $(`check-${name}`).dataset.find, $(`check-${name}`).dataset.apart);
    const warnings = {
      return: !service && text.trim() && sender.length < 3,
      answer: !service && text.trim() && isParted() && !$("answer").checked,
      sign: !service && long && sender.length && !signed(text, sender[0]),
      phone: phone(text, person.number, $("check-phone").dataset.after),
      money: finds("money") || /[$€£]\s?\d/u.test(text),
      case: finds("case"),
      penpal: finds("penpal"),
      pages: !service && person.pages && pages > person.pages,
      lost: found.length > 0,
    };
    for (const [name, warns] of Object.entries(warnings)) $(`check-${name}`).hidden = !warns;
    const warned = Object.values(warnings).some(Boolean);
    $("check-none").hidden = warned || !long;
    $("check-wait").hidden = warned || long;
    $("lost-characters").textContent = found.slice(0, 12).join(" ");
    const { maybe, sure } = $("lost-words").dataset;
    $("lost-words").textContent = service?.loses ? say(sure, { name: service.name }) : maybe;
    $("plain").hidden = !found.some(character => character in PLAIN);
  }

  function showParts(parts) {
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
  /** The envelope, and the top of the letter, as they will be printed. */
  function address(sender, from) {
    $("from").classList.toggle("typed", sender.length > 0);
    put($("from"), ...(sender.length ? sender.map(line => element("span", "", line)) : blank));
    $("address").querySelector(".country")?.remove();
    if ($("abroad").checked) $("address").append(element("span", "line country", $("address").dataset.country));
    $("leaf-from").textContent = from.join("\n");
    $("leaf-day").textContent = today();
    $("answer-hint").textContent = isParted() ? $("answer-hint").dataset.apart : answerHint;
  }
  const answerHint = $("answer-hint").textContent;

  /** What the post of the writer's country wants: its papers first, and the postage of so many sheets. */
  function post(pages) {
    const here = $("abroad").checked ? "abroad" : "home";
    $("sheets").classList.toggle("a4", here === "abroad");
    for (const part of document.querySelectorAll("[data-from]")) part.hidden = part.dataset.from !== here;
    const { one, more, grams } = $("postage").dataset;
    const words = here === "abroad" ? grams : pages > OUNCE ? more : one;
    $("postage").textContent = pages ? say(words, { n: pages, g: pages * GRAMS }) : "";
    if ($("papers").dataset.order === here) return;
    $("papers").dataset.order = here;
    $("papers").append(...PAPERS[here].map(paper => $(`paper-${paper}`).parentElement));
  }

  /** What was typed for each person, for as long as this page lives: where the browser keeps nothing, at least nothing is lost here. */
  const typed = new Map();
  /** Reads from a store of the browser. One that is forbidden holds nothing. */
  const read = (store, id) => {
    try {
      return JSON.parse(window[store].getItem(KEY + id) ?? "null");
    } catch {
      // What cannot be read is left alone.
      return null;
    }
  };
  /** Writes to a store, or deletes there; gives whether the store took it. */
  const write = (store, id, draft) => {
    try {
      if (draft) window[store].setItem(KEY + id, JSON.stringify(draft));
      else window[store].removeItem(KEY + id);
      return true;
    } catch {
      // Storage may be full or forbidden: the page says so.
      return false;
    }
  };

  const draft = () => ({ letter: $("letter").value, sender: $("sender").value, way, abroad: $("abroad").checked, answer, kept: $("keep").checked });
  const isEmpty = ({ letter, sender }) => !letter.trim() && !sender.trim();

  /** Keeps what is typed, and says in a line where. */
  function keep() {
    const now = draft();
    typed.set(person.id, now);
    const onDevice = now.kept && write("localStorage", person.id, now);
    $("keep").checked = now.kept = onDevice;
    const inTab = write("sessionStorage", person.id, isEmpty(now) && !onDevice ? null : now);
    $("where").dataset.at = onDevice ? "device" : inTab ? "tab" : "nowhere";
    const words = $("where").dataset[$("where").dataset.at];
    if ($("where").textContent !== words) $("where").textContent = words;
  }

  /** The letter to a person that this tab knows, or that the device does. */
  function keptFor(id) {
    const [here, device] = [read("sessionStorage", id) ?? typed.get(id), read("localStorage", id)];
    // One that was kept on the device is read there: another tab may have gone on with it. If it was erased there, the words stay here.
    if (!here || (here.kept && device)) return device && { ...device, kept: true };
    return { ...here, kept: false };
  }

  function bringBack(kept) {
    $("letter").value = String(kept?.letter ?? "");
    $("sender").value = String(kept?.sender ?? $("sender").value);
    way = kept?.way ?? "post";
    $("abroad").checked = kept?.abroad ?? $("abroad").checked;
    answer = kept?.answer;
    $("keep").checked = Boolean(kept?.kept);
  }

  /** What was erased or cleared, until this page is left: a slip of the finger costs nobody a letter. */
  let aside = null;
  function putAside(words) {
    aside = draft();
    $("put-aside").textContent = words;
    $("undo").hidden = false;
  }
  function forgetAside() {
    aside = null;
    $("put-aside").textContent = "";
    $("undo").hidden = true;
  }

  function clear() {
    putAside($("put-aside").dataset.cleared);
    $("letter").value = "";
    $("printed").hidden = true;
    refresh();
    $("undo").focus();
  }

  function erase() {
    putAside($("put-aside").dataset.erased);
    $("letter").value = $("sender").value = "";
    $("keep").checked = $("abroad").checked = false;
    answer = undefined;
    typed.clear();
    for (const store of ["localStorage", "sessionStorage"]) eraseFrom(store);
    refresh();
    $("undo").focus();
  }

  function eraseFrom(store) {
    try {
      Object.keys(window[store]).filter(name => name.startsWith(KEY)).forEach(name => window[store].removeItem(name));
    } catch {
      // Then nothing was kept there either.
    }
  }

  /** Brings back what was put aside. What was written since goes aside in its place. */
  function undo() {
    const [back, now] = [aside, draft()];
    if (now.letter.trim() || (now.sender.trim() && now.sender !== back.sender)) aside = now;
    else forgetAside();
    bringBack(back);
    refresh();
    $("letter").focus();
  }

  /** Asks before another letter on the device gives way. */
  function askToKeep() {
    const other = read("localStorage", person.id);
    const gives = !$("keep").checked || !other?.letter?.trim() || other.letter === $("letter").value;
    $("keep").checked = $("keep").checked && (gives || confirm($("keep").dataset.instead));
  }

  $("keep").addEventListener("change", () => {
    askToKeep();
    if (!$("keep").checked && typed.get(person.id)?.kept) write("localStorage", person.id, null);
    refresh();
  });
  $("way").addEventListener("input", () => ((way = $("way").value), refresh()));
  $("answer").addEventListener("change", () => ((answer = $("answer").checked), refresh()));
  for (const id of ["letter", "sender", "abroad"]) $(id).addEventListener("input", refresh);
  $("erase").addEventListener("click", erase);
  $("undo").addEventListener("click", undo);
  $("clear").addEventListener("click", clear);
  $("print").addEventListener("click", () => print());
  // Nobody but the writer knows whether the printer did its work.
  addEventListener("afterprint", () => ($("printed").hidden = !($("paper-letter").checked && $("sheets").children.length)));
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
    if ($("letter").value.trim() && $("where").dataset.at === "nowhere") event.preventDefault();
  });
  addEventListener("pagehide", forgetAside);
  // Back may bring a page as it was left, while a later one of the same tab went on with the letter.
  addEventListener("pageshow", event => {
    if (!event.persisted || $("where").dataset.at === "nowhere") return;
    typed.clear();
    bringBack(keptFor(person.id));
    refresh();
  });
  // Another tab keeps its letter on the device, or erases it: this one's words stay in this tab.
  addEventListener("storage", event => {
    if (event.storageArea !== window.localStorage || (event.key !== null && event.key !== KEY + person.id) || !$("keep").checked) return;
    if (read("localStorage", person.id)?.letter === $("letter").value) return;
    $("keep").checked = false;
    const now = draft();
    typed.set(person.id, now);
    write("sessionStorage", person.id, now);
    $("where").dataset.at = "tab";
    $("where").textContent = $("where").dataset.tab;
  });

  const asked = () => location.hash.match(/^#to=([a-z0-9-]{3,40})$/)?.[1] ?? "";
  const back = () => history.replaceState(null, "", person.id ? `#to=${person.id}` : location.pathname);

  /** Turns to a person's letter. Each waits for its own person; one for nobody yet goes to whom the writer chooses, if none waits there. */
  function turnLetter(id) {
    const waiting = keptFor(id);
    const goesAlong = !person.id && !waiting && !isEmpty(draft());
    if (goesAlong) for (const store of ["localStorage", "sessionStorage"]) write(store, "", null);
    person.id = id;
    if (!goesAlong) bringBack(waiting);
    forget();
    refresh();
  }

  let turn = 0;
  /** Turns to a person: their letter at once, so that nothing typed meanwhile is another's, and their page when it is there. */
  async function turnTo(id) {
    const mine = ++turn;
    if (id !== person.id) turnLetter(id);
    tell("");
    const { page, why } = await fetchPerson(id);
    if (mine !== turn) return;
    if (page) show(page);
    else forget(), tell(why);
    refresh();
  }

  addEventListener("hashchange", () => {
    // Any other hash is a place on this page, like that of the link past the menu: whom the letter is for stays.
    if (!asked()) back();
    else if (asked() !== person.id) turnTo(asked());
  });
  $("again").addEventListener("click", () => turnTo(person.id));

  async function open() {
    bringBack(keptFor(""));
    // What the person's page says comes in once, and nothing jumps; nobody waits long for it.
    const coming = $("letter-page").classList;
    coming.toggle("coming", Boolean(asked()));
    setTimeout(() => coming.remove("coming"), 6000);
    if (asked()) await turnTo(asked());
    else refresh();
    coming.remove("coming");
    $("letter-page").dataset.ready = "true";
  }
  open();
}
