// Finds people in the static index: the first half answers questions and knows no page, the second half is the page.
// Only adds: without it, the panels are links to lists.

export const FACETS = ["jurisdiction", "facility", "interest", "language", "tie", "service", "age"];

const APOSTROPHES = /['‘’‛´`ʼʻ′]/g;

/** What people type for letters that are no letters with a mark. */
const PLAINLY = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ł: "l", ƚ: "l", ø: "o", ɵ: "o", đ: "d", ð: "d", ɗ: "d", ħ: "h", ı: "i", ɨ: "i", ŧ: "t", ŋ: "n", ĸ: "k", ƙ: "k", ɓ: "b", ƀ: "b", ƴ: "y", ə: "e", ǝ: "e", ʉ: "u", ƶ: "z", ǥ: "g", ς: "σ" };
const PLAIN = new RegExp(`[${Object.keys(PLAINLY).join("")}]`, "g");

/** Scripts without blanks between words: Thai, Lao, Burmese, Khmer, kana, Han, Hangul. */
const DENSE = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;
const RUNS = new RegExp(`${DENSE.source}+|[^${DENSE.source.slice(1, -1)}]+`, "gu");

/** Each character with the one behind it. */
const pairs = run => [...run].map((one, at, all) => one + (all[at + 1] ?? ""));

/** The words of a text, as the index compares them: those of a script without blanks in overlapping pairs. */
export const words = text =>
  text.replace(APOSTROPHES, "").normalize("NFKD").replace(/\p{M}/gu, "").replace(APOSTROPHES, "").toLowerCase().replace(PLAIN, letter => PLAINLY[letter]).normalize("NFC")
    .split(/[^\p{Alphabetic}\p{N}]+/u).filter(Boolean).flatMap(word => word.match(RUNS).flatMap(run => (DENSE.test(run) ? pairs(run) : [run])));

/** Numbers written as printable characters: leading digits to base 31, then one to base 60. */
export function numbers(text) {
  const found = [];
  let rest = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const digit = code - 35 - (code > 92);
    if (digit >= 60) rest = (rest < 0 ? 0 : rest * 31) + digit - 60;
    else {
      found.push(rest < 0 ? digit : 60 + rest * 60 + digit);
      rest = -1;
    }
  }
  return found;
}

/** Rising numbers, which are written as gaps. */
function rising(text) {
  let next = 0;
  return numbers(text).map(gap => (next += gap + 1) - 1);
}

/** Marks the people of a printable list; after a `!` those are named who are missing. */
function mark(set, text) {
  const missing = text[0] === "!";
  const named = missing ? new Uint8Array(set.length) : set;
  for (const person of rising(missing ? text.slice(1) : text)) named[person] = 1;
  if (missing) named.forEach((is, at) => is || (set[at] = 1));
}

/** Marks the people of a list in bytes: gaps in sevens of bits, or a bit for each. */
function markBytes(set, bytes) {
  if (bytes[0]) {
    for (let at = 0; at < set.length; at++) if (bytes[1 + (at >> 3)] & (1 << (at & 7))) set[at] = 1;
    return;
  }
  let next = 0, gap = 0, shift = 0;
  for (let at = 1; at < bytes.length; at++) {
    gap += (bytes[at] & 127) << shift;
    shift += 7;
    if (bytes[at] < 128) {
      set[next + gap] = 1;
      next += gap + 1;
      gap = shift = 0;
    }
  }
}

/** Opens an index, which begins in the page. `read(path, from, to)` gives the bytes of a file, or of a piece of it. */
export function open(index, read) {
  const kept = new Map();
  const once = (key, make) => {
    if (!kept.has(key)) kept.set(key, make().catch(error => (kept.delete(key), Promise.reject(error))));
    return kept.get(key);
  };
  const text = bytes => new TextDecoder().decode(bytes);
  const json = hash => once(hash, async () => JSON.parse(text(await read(`/search/${hash}.json`))));
  const { total, listed } = index;
  const columns = FACETS.filter(facet => facet !== "facility").flatMap(facet => (index.values[facet] ?? []).map(([id]) => `${facet}=${id}`));

  const has = (map, key) => Object.prototype.hasOwnProperty.call(map, key);

  async function placeOf(facility) {
    const places = typeof index.places === "string" ? await json(index.places) : index.places;
    return has(places, facility) ? places[facility] : undefined;
  }

  /** What the files of lists, or of counts, hold of a value; nothing where nobody has it. */
  async function entry(kind, facet, value) {
    const files = facet === "facility" ? index.facilities[await placeOf(value)] : (index.values[facet] ?? []).find(([id]) => id === value)?.[3];
    return files && (await json(index[kind][files[kind === "lists" ? 0 : 1]]))[`${facet}=${value}`];
  }

  async function having(facet, values) {
    const set = new Uint8Array(total);
    for (const known of await Promise.all(values.map(value => entry("lists", facet, value)))) if (known) mark(set, known[0]);
    return set;
  }

  /** The words of one file: each with where its list begins and ends. */
  const lexicon = ([, hash, head, size]) =>
    once(`${hash} words`, async () => {
      const whole = size <= 32000 ? await read(`/search/${hash}.bin`, 0, size, true) : null;
      let word = "", from = head;
      const lines = text(whole ? whole.subarray(0, head) : await read(`/search/${hash}.bin`, 0, head)).split("\n");
      lines.pop();
      const entries = lines.map(line => {
        const [rest, bytes] = line.split(" ");
        word = [...word].slice(0, parseInt(rest[0], 36)).join("") + rest.slice(1);
        return { word, from, to: (from += +bytes) };
      });
      return { entries, piece: async (from, to) => (whole ? whole.subarray(from, to) : read(`/search/${hash}.bin`, from, to)) };
    });

  /** Whoever uses a word: the very word, or, from three characters on and in a script without blanks, one that begins like it. */
  const using = word =>
    once(`word ${word}`, async () => {
      const set = new Uint8Array(total);
      const prefix = [...word].length > 2 || DENSE.test(word);
      const fits = other => (prefix ? other.startsWith(word) : other === word);
      const files = index.words.filter(([first], at) => {
        const next = index.words[at + 1]?.[0];
        return (first <= word || fits(first)) && (next === undefined || next > word);
      });
      for (const file of files) {
        const { entries, piece } = await lexicon(file);
        const found = entries.filter(entry => fits(entry.word));
        if (!found.length) continue;
        const from = found[0].from;
        const bytes = await piece(from, found[found.length - 1].to);
        for (const entry of found) markBytes(set, bytes.subarray(entry.from - from, entry.to - from));
      }
      return set;
    });

  /** Everybody who fits, as marks. */
  async function fitting(state, without) {
    const chosen = FACETS.filter(facet => facet !== without && state[facet]?.length);
    const sets = await Promise.all([...chosen.map(facet => having(facet, state[facet])), ...words(state.q ?? "").map(using)]);
    const all = new Uint8Array(total).fill(1, 0, state.paused ? total : listed);
    for (const set of sets) for (let at = 0; at < total; at++) all[at] &= set[at];
    return all;
  }

  /** People by the day they were listed: as many as are needed, and the rest in any order after them. */
  async function byDay(found, newest, need) {
    const left = new Uint8Array(total), sorted = [];
    for (const person of found) left[person] = 1;
    const files = newest ? index.days.slice().reverse() : index.days;
    const enough = () => sorted.length >= Math.min(need, found.length);
    const take = days => {
      for (const day of newest ? days.slice().reverse() : days) for (const person of rising(day)) if (left[person]) left[person] = 0, sorted.push(person);
    };
    // Most often the first file is enough; where it is not, all others are asked for at once.
    if (files.length) take(await json(files[0]));
    if (!enough()) for (const days of await Promise.all(files.slice(1).map(json))) take(days);
    return [...sorted, ...found.filter(person => left[person])];
  }

  /** The numbers of everybody who fits; so many of them as are needed stand in order. */
  async function search(state, need = Infinity) {
    const all = await fitting(state);
    const found = [];
    for (let at = 0; at < total; at++) if (all[at]) found.push(at);
    if (state.sort) return byDay(found, state.sort === "newest", need);
    // Those who wait for letters take turns, paused people come after them.
    let waiting = found.findIndex(at => at >= listed);
    if (waiting < 0) waiting = found.length;
    const start = Math.floor((((index.day * 40503) % 65536) * waiting) / 65536);
    return [...found.slice(start, waiting), ...found.slice(0, start), ...found.slice(waiting)];
  }

  /** For each value of a facet, how many people there would be with it, whatever is chosen of this facet. */
  async function counts(state, facet, values) {
    const others = FACETS.filter(other => other !== facet).flatMap(other => (state[other] ?? []).map(value => [other, value]));
    const plain = !words(state.q ?? "").length && !state.paused && facet !== "facility";
    if (plain && !others.length) return new Map(index.values[facet].map(([id, , people]) => [id, people]));
    if (plain && others.length === 1) {
      const known = await entry("counts", ...others[0]);
      const row = known ? numbers(known[0]) : [];
      return new Map(values.map(value => [value, row[columns.indexOf(`${facet}=${value}`)] ?? 0]));
    }
    const all = await fitting(state, facet);
    const count = async value => {
      const set = await having(facet, [value]);
      let people = 0;
      for (let at = 0; at < total; at++) people += set[at] & all[at];
      return [value, people];
    };
    return new Map(await Promise.all(values.map(count)));
  }

  /** The facilities of jurisdictions: id and name. */
  async function facilities(places) {
    const files = new Set(places.filter(place => has(index.facilities, place)).map(place => index.facilities[place][0]));
    const known = await Promise.all([...files].map(file => json(index.lists[file])));
    return known
      .flatMap(file => Object.entries(file).filter(([key, value]) => key.startsWith("facility=") && places.includes(value[2])).map(([key, value]) => [key.slice(9), value[1]]))
      .sort((one, other) => one[1].localeCompare(other[1]));
  }

  const name = (facet, value) => (index.values[facet] ?? []).find(([id]) => id === value)?.[1] ?? value;

  const shardOf = person => Math.floor(person / index.shard);

  /** Cards by number; one whose shard did not arrive is left out, and so are those of a shard that is known to be lost. */
  async function cards(people, lost) {
    const shards = new Map();
    await Promise.all([...new Set(people.map(shardOf))].map(async shard => {
      shards.set(shard, shard === lost ? null : await json(index.cards[shard]).catch(() => null));
    }));
    return people.flatMap(person => {
      const shard = shards.get(shardOf(person));
      if (!shard) return [];
      const [id, shown, age, at, teaser, lang, likes, languages, stamp, photo] = shard.people[person % index.shard];
      const [town, place] = shard.places[at];
      return [{ id, name: shown, age, town, place, teaser, lang, likes, languages, stamp, photo, paused: person >= listed }];
    });
  }

  return { search, counts, cards, shardOf, facilities, facilityName: async id => (await entry("lists", "facility", id))?.[1] ?? id, placeOf, name, total, listed };
}

/** What an address asks for. */
export function stateOf(query) {
  const asked = new URLSearchParams(query);
  const state = { q: asked.get("q")?.trim() ?? "", sort: ["newest", "waiting"].includes(asked.get("sort")) ? asked.get("sort") : "", paused: asked.get("paused") === "yes", page: Math.max(1, Math.floor(Number(asked.get("page"))) || 1) };
  for (const facet of FACETS) state[facet] = [...new Set(asked.getAll(facet).filter(Boolean))];
  return state;
}

/** The address that asks for something. */
export function queryOf(state) {
  const asked = new URLSearchParams();
  if (state.q) asked.set("q", state.q);
  for (const facet of FACETS) for (const value of state[facet]) asked.append(facet, value);
  if (state.paused) asked.set("paused", "yes");
  if (state.sort) asked.set("sort", state.sort);
  if (state.page > 1) asked.set("page", state.page);
  const query = String(asked);
  return query && `?${query}`;
}

const asksNothing = state => !queryOf({ ...state, q: words(state.q).join(), page: 1 });

/** After so many milliseconds nobody waits any longer. */
const PATIENCE = 12000;

/** A file, or a piece of it; a whole one may be known to have so many bytes. */
async function read(path, from, to, whole) {
  const patience = new AbortController();
  const bell = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(path, { signal: patience.signal, headers: from === undefined || whole ? {} : { Range: `bytes=${from}-${to - 1}` } });
    const all = new Uint8Array(await answer.arrayBuffer());
    // A server that knows no pieces sends the whole.
    const bytes = from === undefined || answer.status === 206 ? all : all.subarray(from, to);
    if (!answer.ok || !bytes.length || (to && bytes.length !== to - from)) throw new Error(`${path}: ${answer.status}`);
    return bytes;
  } finally {
    clearTimeout(bell);
  }
}

function start(form) {
  const page = id => document.getElementById(id);
  const [found, said, results, chosen, again, browse] = ["found", "said", "results", "chosen", "again", "browse"].map(page);
  const heading = page("results-heading"), list = results.querySelector(".cards"), pager = results.querySelector(".pager");
  const home = form.getAttribute("action"), lang = form.dataset.lang, prefix = form.dataset.prefix, perPage = Number(form.dataset.perPage);
  const panels = [...form.querySelectorAll("[data-facet]")];
  const lead = document.querySelector("main .lead");
  const q = page("q"), fits = form.querySelector(".fits"), fold = form.querySelector(".fold");
  const known = open(JSON.parse(form.dataset.index), read);
  let state = stateOf(location.search), turn = 0, given = false, refocus = -1;

  // Older phones cannot replace children in one call.
  const fillWith = (parent, children) => {
    parent.textContent = "";
    parent.append(...children);
  };
  const template = id => page(id).content.firstElementChild.cloneNode(true);
  const people = count => (count === 1 ? said.dataset.peopleOne : said.dataset.peopleMany.replace("#", count));
  /** Where one begins: the line to type in, or what it is folded under. */
  const beginning = () => (fold.open || !fold.querySelector("summary").offsetParent ? q : fold.querySelector("summary"));
  const boxes = panel => [...panel.querySelectorAll("input")];

  function addPick(panel, item, value, words) {
    const pick = template("pick");
    const box = pick.querySelector("input");
    box.value = value;
    box.checked = state[panel.dataset.facet].includes(value);
    pick.querySelector(".name").textContent = words;
    pick.querySelector(".count").textContent = item.querySelector(".count")?.textContent ?? "";
    for (const child of item.children) child.hidden = true;
    item.append(pick);
  }

  function enhance() {
    given = true;
    form.classList.remove("without");
    for (const part of form.querySelectorAll("[data-script]")) part.hidden = false;
    for (const panel of panels) for (const item of panel.querySelectorAll("li[data-value]")) addPick(panel, item, item.dataset.value, item.querySelector("a").textContent);
  }

  /** Takes the search away again, so that what is left works: links to lists. */
  function giveUp() {
    const focused = document.activeElement, ours = form.contains(focused) || found.contains(focused);
    given = false;
    for (const pick of form.querySelectorAll(".pick")) {
      for (const child of pick.parentElement.children) child.hidden = false;
      pick.remove();
    }
    // Their room is not kept for them any longer.
    form.classList.add("without");
    for (const part of form.querySelectorAll("[data-script]")) part.hidden = true;
    chosen.hidden = true;
    show(null);
    say(said.dataset.failed);
    again.hidden = false;
    // What had the focus may be gone.
    if (ours && !(focused.isConnected && focused.offsetParent)) again.querySelector("button").focus();
  }

  /** Says something under the form, and at the foot of the screen as long as the form is longer than it. */
  function say(text, leads) {
    said.textContent = text;
    fits.hidden = !text;
    fits.querySelector("span").textContent = text;
    fits.querySelector("a").hidden = !leads;
  }

  /** Shows results, or, with none, the list of the day. A card that stands where it should stays, and with it the focus. */
  function show(cards) {
    results.hidden = !cards || !cards.length;
    if (browse) browse.hidden = !!cards;
    if (lead) lead.hidden = !!cards;
    if (!cards) document.documentElement.classList.remove("asked");
    const stood = [...list.children], wanted = cards ?? [];
    const isSame = (one, other) => one.querySelector("a").href === other.querySelector("a").href;
    wanted.forEach((card, at) => {
      if (!stood[at]) list.append(card);
      else if (!isSame(stood[at], card)) stood[at].replaceWith(card);
    });
    stood.slice(wanted.length).forEach(card => card.remove());
  }

  async function facilityPicks(panel) {
    const items = panel.querySelector(".picks"), places = state.jurisdiction.join(), { jurisdiction, facility } = state;
    // A short list stands in the page: of it, those in the states that are chosen. A long one follows these states.
    const here = items.querySelectorAll("li[data-value]");
    for (const item of here) item.hidden = jurisdiction.length > 0 && !facility.includes(item.dataset.value) && !jurisdiction.includes(await known.placeOf(item.dataset.value));
    if (here.length || panel.dataset.places === places) return;
    const names = new Map(await known.facilities(jurisdiction));
    for (const id of facility) if (!names.has(id)) names.set(id, await known.facilityName(id));
    if (places !== state.jurisdiction.join()) return;
    panel.dataset.places = places;
    fillWith(items, [...names].map(([id, words]) => {
      const item = document.createElement("li");
      addPick(panel, item, id, words);
      return item;
    }));
    panel.querySelector("[data-wait]").hidden = names.size > 0;
  }

  /** Counts of an open panel. Those of another question are taken away at once, and if none arrive, the panel says so. */
  async function count(panel) {
    if (!panel.open) return;
    const mine = turn, facet = panel.dataset.facet, note = panel.querySelector("[data-uncounted]");
    const tell = counted => boxes(panel).forEach(box => (box.closest("label").querySelector(".count").textContent = counted ? people(counted.get(box.value) ?? 0) : ""));
    note.hidden = true;
    tell();
    try {
      if (facet === "facility") await facilityPicks(panel);
      const counted = await known.counts(state, facet, boxes(panel).map(box => box.value));
      if (mine === turn) tell(counted);
    } catch {
      if (mine === turn && given) note.hidden = false;
    }
  }

  function card(person) {
    const item = template("card");
    const [image, stamp] = [item.querySelector("img"), item.querySelector("svg")];
    if (person.photo) {
      image.src = person.photo[0];
      image.setAttribute("height", person.photo[1]);
      stamp.remove();
    } else {
      image.remove();
      const [palette, x, y, far, near, lean] = [...person.stamp].map(digit => parseInt(digit, 36));
      const [sunX, sunY, farY, nearY, by] = [x + 12, y + 14, far + 34, near + 42, lean - 8];
      stamp.setAttribute("class", `stamp p${palette} face`);
      const set = (part, name, value) => stamp.querySelector(part).setAttribute(name, value);
      set(".sun", "cx", sunX);
      set(".sun", "cy", sunY);
      set(".far", "d", `M4 ${farY}Q${18 + by} ${farY - 11} 32 ${farY}T46 ${farY - 2}V56H4z`);
      set(".near", "d", `M4 ${nearY}Q${16 - by} ${nearY - 7} 28 ${nearY}T46 ${nearY + 1}V56H4z`);
      stamp.querySelector("text").textContent = (person.name.match(/[\p{Alphabetic}\p{N}]/u)?.[0] ?? "·").toUpperCase();
    }
    const link = item.querySelector("a");
    link.href = `${prefix}/people/${person.id}/`;
    link.textContent = person.name;
    item.querySelector(".where").textContent = `${person.age} · ${person.town}, ${known.name("jurisdiction", person.place)}`;
    const voice = item.querySelector(".voice");
    voice.lang = person.lang;
    voice.textContent = `“${person.teaser}”`;
    const likes = [...person.likes.map(id => known.name("interest", id)), ...person.languages.filter(id => id !== lang).map(id => known.name("language", id))];
    item.querySelector(".likes").textContent = likes.join(" · ");
    if (!person.paused) item.querySelector(".tag").remove();
    return item;
  }

  /** What is asked for, each with a button that takes it away. */
  function drops() {
    const items = FACETS.flatMap(facet => state[facet].map(value => [facet, value]));
    const words = ([facet, value]) => {
      const box = panels.find(panel => panel.dataset.facet === facet)?.querySelector(`input[value="${CSS.escape(value)}"]`);
      return box?.closest("label").querySelector(".name").textContent ?? known.name(facet, value);
    };
    const drop = (name, change, at) => {
      const item = template("drop");
      item.querySelector(".name").textContent = name;
      item.querySelector("button").addEventListener("click", () => {
        refocus = at;
        ask(change());
      });
      return item;
    };
    const typed = state.q ? [drop(`“${state.q}”`, () => ((q.value = ""), { q: "" }), 0)] : [];
    const take = (pair, at) => drop(words(pair), () => ({ [pair[0]]: state[pair[0]].filter(value => value !== pair[1]) }), typed.length + at);
    fillWith(chosen.querySelector("ul"), [...typed, ...items.map(take)]);
    chosen.hidden = asksNothing(state);
    fold.querySelector(".fold-chosen").textContent = [state.q && `“${state.q}”`, ...items.map(words)].filter(Boolean).join(", ");
    // The button that was pressed is gone: the focus goes to the one in its place, or to where one begins.
    if (refocus >= 0) {
      const left = chosen.querySelectorAll("li button");
      (left[Math.min(refocus, left.length - 1)] ?? beginning()).focus();
    }
    refocus = -1;
  }

  function turnPages(pages) {
    pager.hidden = pages < 2;
    pager.querySelector(".turn").textContent = said.dataset.page.replace("#1", state.page).replace("#2", pages);
    const to = (rel, number) => {
      const link = pager.querySelector(`[rel=${rel}]`);
      link.parentElement.hidden = number < 1 || number > pages;
      link.href = home + queryOf({ ...state, page: number });
    };
    to("prev", state.page - 1);
    to("next", state.page + 1);
  }

  async function run(moved) {
    const mine = ++turn;
    again.hidden = true;
    if (!given) enhance();
    fill();
    const unsaid = q.value.trim() && !words(q.value).length ? said.dataset.noWord : "";
    if (asksNothing(state)) {
      drops();
      results.removeAttribute("aria-busy");
      say(unsaid);
      show(null);
      panels.forEach(count);
      return;
    }
    say(said.dataset.wait);
    results.setAttribute("aria-busy", "true");
    // What the address asks for can be said before anybody is found, but for names of places, which come later.
    if (mine === 1 && !state.facility.length) drops();
    try {
      const ids = await known.search(state, state.page * perPage);
      const pages = Math.max(1, Math.ceil(ids.length / perPage));
      state.page = Math.min(state.page, pages);
      const wanted = ids.slice((state.page - 1) * perPage, state.page * perPage);
      // The first shard is shown while the others are on their way.
      const near = known.shardOf(wanted[0]);
      const first = await known.cards(wanted.filter(one => known.shardOf(one) === near));
      if (mine !== turn) return;
      if (first.length && first.length < wanted.length) show(first.map(card));
      // Nobody waits twice for a shard that did not come.
      const cards = await known.cards(wanted, first.length ? undefined : near);
      const panel = panels.find(panel => panel.dataset.facet === "facility");
      if (panel && state.facility.length) await facilityPicks(panel);
      if (mine !== turn) return;
      if (wanted.length && !cards.length) throw new Error("no card arrived");
      show(cards.map(card));
      drops();
      turnPages(pages);
      const fit = ids.length === 0 ? said.dataset.none : ids.length === 1 ? said.dataset.one : said.dataset.many.replace("#", ids.length);
      const partly = cards.length < wanted.length;
      say([fit, partly ? said.dataset.partly : "", unsaid].filter(Boolean).join(" "), ids.length > 0);
      again.hidden = !partly;
      if (moved) (ids.length ? heading : said).focus();
      panels.forEach(count);
    } catch {
      if (mine === turn) giveUp();
    } finally {
      if (mine === turn) results.removeAttribute("aria-busy");
    }
  }

  /** The form shows what is asked for. Signs without a word in them stay where they were typed. */
  function fill() {
    if (words(q.value).join() !== words(state.q).join()) q.value = state.q;
    page("sort").value = state.sort;
    page("paused").checked = state.paused;
    for (const panel of panels) for (const box of boxes(panel)) box.checked = state[panel.dataset.facet].includes(box.value);
  }

  const typed = () => (words(q.value).length ? q.value.trim() : "");

  /** Asks for something else; what was typed counts too. */
  function ask(change, moved) {
    state = { ...state, q: typed(), page: 1, ...change };
    const query = queryOf(state);
    if (query !== queryOf(stateOf(location.search))) history.pushState(null, "", home + query);
    run(moved);
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    const hadNothing = asksNothing(state);
    ask({}, true);
    if (hadNothing && asksNothing(state)) {
      if (!said.textContent) say(said.dataset.nothing);
      q.focus();
    }
  });
  form.addEventListener("change", event => {
    const panel = event.target.closest("[data-facet]");
    if (panel) ask({ [panel.dataset.facet]: boxes(panel).filter(box => box.checked).map(box => box.value) });
    else if (event.target.id === "sort") ask({ sort: event.target.value });
    else if (event.target.id === "paused") ask({ paused: event.target.checked });
  });
  fits.querySelector("a").addEventListener("click", event => {
    event.preventDefault();
    heading.focus();
    heading.scrollIntoView();
  });
  pager.addEventListener("click", event => {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    ask({ q: state.q, page: stateOf(new URL(link.href).search).page }, true);
  });
  chosen.querySelector("a").addEventListener("click", event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    q.value = "";
    ask(stateOf(""));
    beginning().focus();
  });
  again.querySelector("button").addEventListener("click", () => {
    run(true);
    // The button is gone; what was said is where it stood.
    (said.textContent ? said : beginning()).focus();
  });
  // What fits is said twice only as long as one of the two is out of sight.
  new IntersectionObserver(([{ isIntersecting }]) => fits.classList.toggle("said-below", isIntersecting)).observe(said);
  for (const panel of panels) panel.addEventListener("toggle", () => count(panel));
  addEventListener("popstate", () => {
    state = stateOf(location.search);
    run();
  });
  run();
}

const form = globalThis.document?.getElementById("find");
if (form?.dataset.index) start(form);
