// The page on which a letter is written: it counts, splits, warns and prints, and nothing leaves the device.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openBrowser, openProfile, openSite } from "./preview.mjs";

// The browser's own file, read as the module that it is.
const script = readFileSync(new URL("../../templates/assets/write.js", import.meta.url), "utf8");
const { holds, lost, phone, plain, signed, split } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

// The lists that it looks for, as editors keep them.
const strings = readFileSync(new URL("../../content/en/letters.ftl", import.meta.url), "utf8");
const string = id => strings.match(new RegExp(`^${id} = (.*)$`, "m"))[1];

const { preview, browser } = await openSite();
const folder = mkdtempSync(join(tmpdir(), "letters-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function open(hash = "#to=marcus-k7m2q", settings = {}) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await page.clock.setFixedTime(DAY);
  page.on("dialog", dialog => dialog.accept());
  await page.goto(preview.url + "/write/" + hash);
  await page.locator("#letter-page[data-ready]").waitFor();
  return page;
}

/** The day on which letters of these tests are printed. */
const DAY = new Date("2026-11-27T12:00:00");

async function fileOf(page) {
  const file = join(folder, "letter.pdf");
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  return file;
}

async function pagesOf(page) {
  const { stdout } = spawnSync("pdftotext", ["-layout", await fileOf(page), "-"], { encoding: "utf8" });
  return stdout.split("\f").slice(0, -1);
}

const SENTENCE = "I walked to the river today and thought about the radio that you mend. ";
const LETTER = `Dear Marcus,\n\n${SENTENCE.repeat(90)}\n\nYours,\nAna Gomez`;
const SENDER = "Ana Gomez\n12 Elm Street\nMillford, FK 00412";

test("parts fit the limit, end with sentences, and lose nothing", () => {
  for (const limit of [100, 500, 2000, 6000]) {
    for (const text of [LETTER, "é🌻".repeat(4000), "word ".repeat(3000), "One. Two! Three? Four…", ""]) {
      const parts = split(text, limit);
      for (const part of parts) assert.ok([...part].length <= limit, `${[...part].length} of ${limit}`);
      const bare = parts.map(part => part.replace(/^\(\d+\/\d+\) /, "")).join("").replace(/\s/g, "");
      assert.equal(bare, text.replace(/\s/g, ""));
    }
  }
  const parts = split(LETTER, 2000);
  for (const part of parts.slice(0, -1)) assert.match(part, /[.!?]$/);
  assert.deepEqual(split("short", 2000), ["short"]);
  assert.deepEqual(split("no limit at all", 0), ["no limit at all"]);
});

test("what a service may lose is found, and typists' marks are made plain", () => {
  const text = "Señor, “yes” 🌻 and 🌻 ❤️ в Москве 2 © ☺";
  const doubted = lost(text);
  assert.deepEqual([...doubted].sort(), ["🌻", "❤️", "ñ", ..."вМоске"].sort(), "of a service of which nobody knows, all but typists' marks are doubted");
  assert.deepEqual(lost(text, "accents marks"), ["ñ", "“", "”"]);
  assert.deepEqual(lost(text, "scripts").join(""), "вМоске");
  assert.equal(plain("“It’s” – so…"), "\"It's\" - so...");
});

const OWN = "0123456";
const PHONES = {
  warns: ["call 555-123-4567", "(555) 123 4567", "+1 555.123.4567", "5551234567", "555-1234", "(555)1234567", "555–123–4567", "555 — 1234",
    "+44 7911 123456", "07911 123456", "+447911123456", "06 12 34 56 78", "555/1234", "5551234", "（555）123‐4567", "555\u00a0123\u00a04567",
    "my number is 0123456, call 555 1234", "5 5 5 1 2 3 4"],
  leaves: ["0123456", "in 2026, 12 of 3456", "MD 21131-0247", "from 1985-1990", "1985 – 1990", "2019 2020 2021", "12/25/2026", "2026-11-23",
    "25.12.2026", "20261123", "your number 0123456", "#0481516", "A1234567", "pages 100-1234", "Page 1000 1001", "3.14159265", "1,000,000 stars", "$1250000"],
};
test("telephone numbers are seen in any grouping, and other numbers are left alone", () => {
  for (const text of PHONES.warns) assert.ok(phone(text, OWN, string("write-count-words")), text);
  for (const text of PHONES.leaves) assert.ok(!phone(text, OWN, string("write-count-words")), text);
  assert.ok(!phone("You are 12345-067 there.", "12345-067") && phone("You are 12345-067 there."));
});

const WORDS = {
  money: {
    warns: ["Shall I send MONEY?", "twenty bucks", "money\norder", "by Cash App", "a gift-card", "I could loan you some", "(venmo)", "on your commissary"],
    leaves: ["a cashmere scarf, honeymoney", "I paid with a loan of a book", "on loan from the library", "Johnny Cash sings", "two bucks and a doe", "a cash crop"],
  },
  case: {
    warns: ["tell me about your case.", "why were you arrested", "Why were you\narrested?", "what are you in for?", "What are you — in for", "Were you guilty?",
      "why are you in?", "Why are you in prison", "did you win your appeal", "you’re innocent", "are you (guilty)", "How did you end up in there"],
    leaves: ["in case it rains", "guilty pleasure", "a guilty conscience", "your case of pencils", "an innocent question", "why are you in such a good mood", "what did you do today",
      "your sentence about the river", "I felt guilty that I wrote so late", "in any case", "trial and error"],
  },
  penpal: {
    warns: ["pen pal", "pen-pal", "Pen‑Pals", "PENPAL", "penpals", "pen–pal", "pen\npal", "pen  pal", "(pen) pal"],
    leaves: ["a pen, pal", "open palm", "my pen", "a pal of mine"],
  },
};
test("phrases are seen however they are typed, and what means something else is left alone", () => {
  for (const [kind, cases] of Object.entries(WORDS)) {
    const apart = strings.includes(`write-apart-${kind}`) ? string(`write-apart-${kind}`) : "";
    for (const text of cases.warns) assert.ok(holds(text, string(`write-find-${kind}`), apart), `${kind}: ${text}`);
    for (const text of cases.leaves) assert.ok(!holds(text, string(`write-find-${kind}`), apart), `${kind}: ${text}`);
  }
});

test("a letter is signed in its last lines", () => {
  assert.ok(signed("Dear you,\n\nYours,\nAna", SENDER));
  assert.ok(!signed("Dear you, Ana here.\n1\n2\n3\n4", SENDER));
});

test("from a person the page has their name, rules and address, and asks for nothing while one writes", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("dialog", dialog => dialog.accept());
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  await page.getByRole("link", { name: "Write the letter here" }).click();
  await page.locator("#letter-page[data-ready]").waitFor();
  assert.match(await page.locator("h1").innerText(), /Write to Marcus/);
  assert.equal(await page.locator("#rules").innerText(), "The rules at River Bend Correctional Facility");
  await page.locator("#all-rules summary").click();
  assert.match(await page.locator("#there").innerText(), /At most 10 pages in one envelope/);
  assert.match(await page.locator("#address").innerText(), /Marcus Thompson 0123456/);
  const asked = [];
  // The preview's own script, which reloads the page after a change, is no part of the site.
  page.on("request", request => request.url().includes("/_preview/") || asked.push(request.url()));
  await page.fill("#sender", SENDER);
  await page.locator("#letter").pressSequentially("Dear Marcus, hello.");
  await page.fill("#letter", LETTER);
  await page.selectOption("#way", "pigeonpost");
  await page.locator("#parts li").first().waitFor();
  await page.check("#keep");
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.selectOption("#way", "post");
  await page.fill("#letter", "Again.");
  assert.deepEqual(asked, []);
  assert.deepEqual(await page.evaluate(() => performance.getEntriesByType("resource").filter(entry => !/assets|_preview|people\/marcus/.test(entry.name)).map(entry => entry.name)), []);
  await context.close();
});

test("the count is the number of pages that come out of the printer, each with name and number", async () => {
  const page = await open();
  // Laying out and printing twelve thousand letters is work, on a busy machine above all.
  page.setDefaultTimeout(120_000);
  await page.fill("#sender", SENDER);
  const long = ["W".repeat(6000), "我今天走到河边想着你修的收音机。".repeat(400), `Dear Marcus,\n${"i".repeat(12000)} end`, `${SENTENCE.repeat(10)}\n${"é👩‍👩‍👧".repeat(900)}`];
  for (const text of ["Dear Marcus.", LETTER, LETTER.repeat(3), "line\n".repeat(130), ...long]) {
    await page.fill("#letter", text);
    const said = Number((await page.locator("#count").innerText()).match(/Pages by post: (\d+)/)[1]);
    const pages = await pagesOf(page);
    assert.equal(pages.length, said);
    pages.forEach((sheet, at) => {
      assert.match(sheet, /Marcus Thompson, DOC number 0123456/);
      assert.match(sheet, new RegExp(`${at + 1} ?/ ?${said}`));
    });
    const words = pages.join(" ").replace(/Marcus Thompson, DOC number 0123456|November 27, 2026|\d+ ?\/ ?\d+/g, "").replace(/\s/g, "");
    const wanted = text.replace(/\s/g, "");
    const same = long.indexOf(text) === 3 || words === wanted;
    assert.ok(same, `no word is lost between pages: ${words.length} of ${wanted.length} in ${wanted.slice(0, 20)}`);
    const held = await page.locator(".sheet-text").evaluateAll(sheets => sheets.map(sheet => ({ text: sheet.textContent, whole: sheet.scrollHeight <= sheet.clientHeight, room: sheet.clientHeight, used: ((sheet.style.flex = "none"), sheet.clientHeight) })));
    assert.equal(held.map(sheet => sheet.text).join("").replace(/\s/g, ""), wanted, "every sheet holds its part");
    assert.ok(held.every(sheet => sheet.whole), "and no sheet hides any of it");
    assert.ok(held.slice(0, -1).every(sheet => sheet.used > sheet.room - 84), `no sheet before the last stays empty: ${held.map(sheet => [sheet.used, sheet.room])}`);
    for (const { text: part } of held) assert.ok(!/^[\u200d\p{M}\udc00-\udfff]/u.test(part), "what is read as one character stays whole");
  }
  await page.context().close();
});

test("an envelope is printed with both addresses", async () => {
  const page = await open();
  await page.fill("#sender", SENDER);
  await page.check("#paper-ten");
  const pages = await pagesOf(page);
  assert.equal(pages.length, 1);
  for (const line of ["Ana Gomez", "12 Elm Street", "Marcus Thompson 0123456", "River Bend Correctional Facility"]) assert.ok(pages[0].includes(line), pages[0]);
  await page.context().close();
});

test("kind warnings come and go, and block nothing", async () => {
  const page = await open();
  const shown = () => page.locator("#check-list li:not([hidden])").evaluateAll(items => items.map(item => item.id.replace("check-", "")));
  await page.fill("#letter", `${SENTENCE.repeat(3)} Call me at 555-123-4567, I can send you money. Did you win your appeal, pen pal?`);
  assert.deepEqual(await shown(), ["return", "phone", "money", "case", "penpal"]);
  await page.fill("#sender", SENDER);
  assert.deepEqual(await shown(), ["sign", "phone", "money", "case", "penpal"]);
  assert.equal(await page.locator("#print").isEnabled(), true);
  await page.fill("#letter", `${SENTENCE.repeat(3)}\n\nYours,\nAna`);
  assert.deepEqual(await shown(), ["none"]);
  await page.fill("#letter", LETTER.repeat(12));
  assert.ok((await shown()).includes("pages"));
  await page.context().close();
});

test("a message is cut for its service, and its lost characters are shown and made plain", async () => {
  const page = await open();
  await page.selectOption("#way", "pigeonpost");
  await page.fill("#letter", `${SENTENCE.repeat(100)}“Goodbye”, Ana`);
  assert.match(await page.locator("#count").innerText(), /At most 6,000 in one message\.[\s\S]*2 messages/);
  const parts = await page.locator("#parts textarea").evaluateAll(fields => fields.map(field => field.value));
  assert.equal(parts.length, 2);
  assert.ok(parts.every((part, at) => part.startsWith(`(${at + 1}/2) `) && [...part].length <= 6000));
  assert.match(await page.locator("#check-lost").innerText(), /PigeonPost loses these characters: “ ”/);
  await page.locator("#plain").click();
  assert.match(await page.inputValue("#letter"), /"Goodbye", Ana$/);
  assert.equal(await page.locator("#check-lost").isVisible(), false);
  await page.context().close();
});

const ready = page => page.locator("#letter-page[data-ready]").waitFor();
const where = page => page.locator("#where").innerText();
const stored = page => page.evaluate(() => [sessionStorage, localStorage].map(store => Object.keys(store).length));
const TAB = string("write-where-tab");
const DEVICE = string("write-where-device");

test("a letter is kept in its tab, longer only if the writer says so, and erased with one button", async () => {
  const page = await open();
  assert.deepEqual(await stored(page), [0, 0], "nothing is kept of nothing");
  await page.fill("#letter", "Kept in the tab.");
  await page.fill("#sender", SENDER);
  assert.equal(await where(page), TAB);
  assert.deepEqual(await stored(page), [1, 0]);
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue("#letter"), "Kept in the tab.");
  assert.equal(await page.inputValue("#sender"), SENDER);
  const other = await page.context().newPage();
  await other.goto(preview.url + "/write/#to=marcus-k7m2q");
  await ready(other);
  assert.equal(await other.inputValue("#letter"), "", "no other tab knows of it");
  await page.check("#keep");
  assert.equal(await where(page), DEVICE);
  await other.reload();
  await ready(other);
  assert.equal(await other.inputValue("#letter"), "Kept in the tab.");
  assert.equal(await other.isChecked("#keep"), true);
  await page.uncheck("#keep");
  assert.equal(await where(page), TAB);
  assert.deepEqual(await stored(page), [1, 0]);
  await page.check("#keep");
  await page.locator("#erase").click();
  assert.deepEqual(await stored(page), [0, 0]);
  assert.equal(await page.inputValue("#letter"), "");
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue("#letter"), "");
  assert.equal(await page.locator("#undo").isVisible(), false, "what was erased cannot be had once the page is left");
  await page.context().close();
});

/** A browser writes what a site keeps some seconds after the site asked for it, and sometimes not at all where it is closed before. */
async function onDisk(profile, words) {
  const folder = join(profile, "Default/Local Storage/leveldb");
  const isThere = () => readdirSync(folder).some(name => readFileSync(join(folder, name)).includes(words));
  for (let tries = 0; !isThere(); tries++) {
    assert.ok(tries < 200, "the browser writes down what it was asked to keep");
    await sleep(100);
  }
}

test("a letter that is kept longer outlives the browser, and one that is not does not", async () => {
  const profile = mkdtempSync(join(tmpdir(), "profile-"));
  const visit = async () => {
    const page = await (await openProfile(profile)).newPage();
    page.on("dialog", dialog => dialog.accept());
    return page;
  };
  const turn = async (page, id) => {
    await page.goto(`${preview.url}/write/?${id}#to=${id}`);
    await ready(page);
  };
  let page = await visit();
  await turn(page, "marcus-k7m2q");
  await page.check("#keep");
  await page.fill("#letter", "Kept for Marcus.");
  await turn(page, "nate-86tmp");
  await page.fill("#letter", "Not kept.");
  await onDisk(profile, "Kept for Marcus.");
  await page.context().close();
  page = await visit();
  await turn(page, "marcus-k7m2q");
  assert.equal(await page.inputValue("#letter"), "Kept for Marcus.");
  await turn(page, "nate-86tmp");
  assert.equal(await page.inputValue("#letter"), "");
  await page.context().close();
  rmSync(profile, { recursive: true, force: true });
});

for (const [kind, settings] of [["that holds pages ready", { ignoreDefaultArgs: ["--disable-back-forward-cache"] }], ["that does not hold pages ready", {}]]) {
  test(`the page's own link and Back lose nothing in a browser ${kind}`, async () => {
    const own = await openBrowser(settings);
    const context = await own.newContext();
    const page = await context.newPage();
    // The preview forbids every copy and holds a request open: both keep a page from being held ready, and neither is so in production.
    await page.route("**/_preview/**", route => route.abort());
    await page.route(/\/(write|marcus-k7m2q)\/(\?again)?$/, async route => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "cache-control": "no-cache" } });
    });
    const goBack = () => page.goBack({ waitUntil: "commit" });
    await page.addInitScript(() => addEventListener("pageshow", event => (window.persisted = event.persisted)));
    await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
    await ready(page);
    await page.selectOption("#way", "pigeonpost");
    await page.fill("#letter", "Dear Marcus, I am back.");
    await page.locator("#theirs summary").click();
    await page.locator("#theirs a").click();
    await page.waitForURL(/people\/marcus/);
    await goBack();
    await ready(page);
    assert.equal(await page.evaluate(() => window.persisted), "ignoreDefaultArgs" in settings, "the browser did what this test is about");
    assert.equal(await page.inputValue("#letter"), "Dear Marcus, I am back.");
    assert.equal(await page.inputValue("#way"), "pigeonpost");
    // A second copy of the page in the same tab goes on with the letter; Back leads to the first one.
    await page.goto(`${preview.url}/people/marcus-k7m2q/`);
    await page.goto(`${preview.url}/write/?again#to=marcus-k7m2q`);
    await ready(page);
    assert.equal(await page.inputValue("#letter"), "Dear Marcus, I am back.");
    await page.fill("#letter", "Dear Marcus, I went on.");
    await goBack();
    await goBack();
    await ready(page);
    await page.waitForFunction(() => document.querySelector("#letter").value === "Dear Marcus, I went on.");
    await own.close();
  });
}

test("a browser that refuses to keep anything says so, asks before one leaves, and loses nothing between people", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    for (const store of ["localStorage", "sessionStorage"]) Object.defineProperty(window, store, { get: () => { throw new DOMException("refused", "SecurityError"); } });
  });
  const page = await context.newPage();
  const asked = [];
  page.on("dialog", dialog => (asked.push(dialog.type()), dialog.accept()));
  await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
  await ready(page);
  await page.locator("#letter").pressSequentially("Here.");
  assert.equal(await where(page), string("write-where-nowhere"));
  await page.check("#keep").catch(() => null);
  assert.equal(await page.isChecked("#keep"), false, "the tick does not lie");
  for (const [id, name, words] of [["nate-86tmp", "Nate", ""], ["marcus-k7m2q", "Marcus", "Here."]]) {
    await page.evaluate(id => (location.hash = `#to=${id}`), id);
    await page.waitForFunction(name => document.querySelector("h1").textContent.includes(name), name);
    assert.equal(await page.inputValue("#letter"), words);
  }
  assert.deepEqual(asked, []);
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  await context.close();
});

test("what an earlier version kept is read", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => localStorage.setItem("inside-out-letter:marcus-k7m2q", JSON.stringify({ letter: "From before.", sender: "Ana" })));
  const page = await context.newPage();
  await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
  await ready(page);
  assert.equal(await page.inputValue("#letter"), "From before.");
  assert.equal(await page.isChecked("#keep"), true);
  await context.close();
});

test("a letter that was erased, or cleared after the printer, comes back with one button", async () => {
  const page = await open();
  await page.evaluate(() => (window.print = () => dispatchEvent(new Event("afterprint"))));
  await page.fill("#sender", SENDER);
  await page.fill("#letter", LETTER);
  assert.equal(await page.locator("#printed").isVisible(), false);
  await page.check("#paper-ten");
  await page.locator("#print").click();
  assert.equal(await page.locator("#printed").isVisible(), false, "an envelope is no letter");
  await page.check("#paper-letter");
  await page.locator("#print").click();
  assert.equal(await page.inputValue("#letter"), LETTER, "a printer may have failed: nothing goes by itself");
  await page.getByRole("button", { name: "Clear the letter" }).click();
  assert.equal(await page.inputValue("#letter"), "");
  assert.equal(await page.inputValue("#sender"), SENDER, "the envelope is printed yet");
  assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage))).includes("river"));
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.equal(await page.inputValue("#letter"), LETTER);
  await page.locator("#erase").click();
  assert.match(await page.locator("#put-aside").innerText(), /erased/);
  await page.fill("#letter", "Begun anew.");
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.equal(await page.inputValue("#letter"), LETTER);
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.equal(await page.inputValue("#letter"), "Begun anew.", "nor is what was written since lost");
  await page.context().close();
});

test("two tabs with a letter to one person overwrite nothing of each other's", async () => {
  const first = await open();
  const asked = [];
  const second = await first.context().newPage();
  second.on("dialog", dialog => (asked.push(dialog.message()), dialog.dismiss()));
  await second.goto(preview.url + "/write/#to=marcus-k7m2q");
  await ready(second);
  await second.fill("#letter", "The second.");
  await first.fill("#letter", "The first.");
  await first.check("#keep");
  await second.locator("#keep").click();
  assert.deepEqual(asked, [string("write-keep-instead")]);
  assert.equal(await second.isChecked("#keep"), false);
  assert.equal(await second.inputValue("#letter"), "The second.");
  assert.match(await first.evaluate(() => localStorage["inside-out-letter:marcus-k7m2q"]), /The first/);
  await first.context().close();
});

test("what the person wrote can be read beside the letter", async () => {
  const page = await open();
  await page.locator("#theirs summary").click();
  assert.match(await page.locator("#theirs summary").innerText(), /What Marcus wrote/);
  assert.match(await page.locator("#their-words").innerText(), /I fix radios/);
  assert.equal(await page.locator("#their-words .voice-text").getAttribute("lang"), "en");
  await page.context().close();
});

test("the work stands in its order, the three first rules in sight and all in the fold", async () => {
  for (const width of [360, 1280]) {
    const page = await open("#to=marcus-k7m2q", { viewport: { width, height: 800 } });
    const order = ["#for", "#rules", "#letter", "#where", "#sender", "#address", "#checks", "#print", "#last"];
    const tops = await page.evaluate(order => order.map(id => document.querySelector(id).getBoundingClientRect().top), order);
    const column = width < 900 ? tops : tops.filter((_, at) => !["#rules", "#address"].includes(order[at]));
    assert.deepEqual(column, [...column].sort((a, b) => a - b), `${width}: ${tops}`);
    assert.equal(await page.locator("#first-rules li").count(), 3);
    assert.equal(await page.locator("#there").isVisible(), false);
    const [sender, envelope] = await page.evaluate(() => ["#sender", "#envelope"].map(id => document.querySelector(id).getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
    assert.ok(envelope.top - sender.bottom < 400, "the envelope is in sight of the address that fills it");
    await page.locator("#sender").pressSequentially("Ana");
    assert.equal(await page.locator("#from").innerText(), "Ana");
    await page.context().close();
  }
});

test("the letter carries the day, and where its envelope is thrown away the writer's address, unless they say no", async () => {
  const scanned = await open("#to=lamar-t3uyk");
  const shown = () => scanned.locator("#check-list li:not([hidden])").evaluateAll(items => items.map(item => item.id.replace("check-", "")));
  await scanned.fill("#sender", SENDER);
  await scanned.fill("#letter", LETTER);
  assert.equal(await scanned.isChecked("#answer"), true);
  assert.equal(await scanned.locator("#leaf-from").innerText(), SENDER);
  let [first, second] = await pagesOf(scanned);
  for (const words of ["November 27, 2026", ...SENDER.split("\n")]) assert.ok(first.includes(words), `${words}\n${first}`);
  assert.ok(!second.includes("12 Elm Street") && !second.includes("November 27"), second);
  assert.ok(!(await shown()).includes("answer"));
  await scanned.uncheck("#answer");
  assert.ok((await shown()).includes("answer"));
  await scanned.reload();
  await ready(scanned);
  assert.equal(await scanned.isChecked("#answer"), false, "the writer's own choice stays");
  [first] = await pagesOf(scanned);
  assert.ok(first.includes("November 27, 2026") && !first.includes("12 Elm Street"), first);
  await scanned.context().close();
  const delivered = await open();
  await delivered.fill("#sender", SENDER);
  await delivered.fill("#letter", LETTER);
  assert.equal(await delivered.isChecked("#answer"), false);
  const safety = await (await fetch(preview.url + "/safety/")).text();
  assert.match(safety, /Where mail is scanned or copied, the envelope is often thrown away\. Then your full name and address must stand on the letter too/);
  await delivered.context().close();
});

test("a message shows what its service needs, and nothing of the post", async () => {
  const page = await open();
  await page.fill("#letter", LETTER);
  await page.selectOption("#way", "pigeonpost");
  for (const id of ["#sender", "#envelope", "#print", "#papers", "#answer", "#abroad", "#rules", "#last", "#leaf-day"]) assert.equal(await page.locator(id).isVisible(), false, id);
  const facts = await page.locator(".rules-side").innerText();
  for (const words of ["PigeonPost", "You write first.", "Up to 6,000 characters", "It loses: curly quotes and long dashes, letters that are not Latin, emoji."]) assert.ok(facts.includes(words), `${words}\n${facts}`);
  assert.equal(await page.locator("#service-link a").getAttribute("href"), "https://pigeonpost.example/join");
  assert.match(await page.locator("#service-words").innerText(), /0123456/);
  assert.equal(await page.locator("#parts textarea").count(), 2);
  await page.selectOption("#way", "post");
  for (const id of ["#sender", "#envelope", "#print", "#rules", "#last"]) assert.equal(await page.locator(id).isVisible(), true, id);
  for (const id of ["#parts", "#service-facts"]) assert.equal(await page.locator(id).isVisible(), false, id);
  await page.context().close();
});

test("what is all clear is what the browser looked for", async () => {
  const page = await open();
  assert.match(await page.locator("#check-list").innerText(), /your browser looks for/);
  await page.fill("#sender", SENDER);
  await page.fill("#letter", LETTER);
  assert.equal(await page.locator("#check-list").innerText(), "Nothing found that often causes trouble. Your browser checked this, not we.");
  await page.context().close();
});

test("with nothing written the page prints as a guide, and no blank sheet", async () => {
  for (const hash of ["", "#to=marcus-k7m2q"]) {
    const page = await open(hash);
    const text = (await pagesOf(page)).join("\n");
    assert.match(text, /Introduce yourself/);
    assert.ok(!/1 ?\/ ?1\b/.test(text), text);
    await page.context().close();
  }
});

test("a letter for nobody yet goes to whom the writer chooses", async () => {
  const page = await open("");
  await page.fill("#letter", "Hello, whoever you are.");
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  await page.getByRole("link", { name: "Write the letter here" }).click();
  await ready(page);
  assert.equal(await page.inputValue("#letter"), "Hello, whoever you are.");
  await page.goto(preview.url + "/write/");
  await ready(page);
  assert.equal(await page.inputValue("#letter"), "");
  await page.context().close();
});

test("from abroad the envelope ends with the country, its sizes come first, and the sheet is theirs", async () => {
  const page = await open();
  await page.fill("#sender", "Ana Gomez\n12 Elm Street\nLeeds LS1 4AP\nEngland");
  await page.fill("#letter", LETTER);
  const sizes = () => page.locator("#papers input").evaluateAll(papers => papers.map(paper => paper.id.replace("paper-", "")));
  const last = async () => (await page.locator("#address .line").allInnerTexts()).pop();
  assert.deepEqual(await sizes(), ["letter", "ten", "dl", "c5", "c6", "tag"]);
  assert.equal(await last(), "Millford, FK 00412");
  assert.match(await page.locator("#postage").innerText(), /Sheets: 3\. One Forever stamp/);
  await page.check("#abroad");
  assert.deepEqual(await sizes(), ["letter", "dl", "c5", "c6", "ten", "tag"]);
  assert.equal(await last(), "USA");
  assert.match(await page.locator("#postage").innerText(), /about 15 grams/);
  assert.equal(await page.locator("#last ~ ol").getByText("Forever").count() > 0 && await page.locator("#last ~ ol").getByText("A Forever stamp").isVisible(), false);
  assert.ok(await page.locator("#last ~ ol").getByText("DL, C5 and C6 are the usual envelopes").isVisible());
  const sheet = spawnSync("pdfinfo", [await fileOf(page)], { encoding: "utf8" }).stdout;
  assert.match(sheet, /Page size: +59[45]\.?\d* x 84[12]/, sheet);
  for (const paper of ["dl", "c5", "c6", "ten"]) {
    await page.check(`#paper-${paper}`);
    const pages = await pagesOf(page);
    assert.equal(pages.length, 1);
    assert.match(pages[0].trim(), /Millford, FK 00412\s+USA$/);
  }
  await page.reload();
  await ready(page);
  assert.equal(await page.isChecked("#abroad"), true);
  await page.context().close();
});

test("each fact of the post has its source, and the day on which somebody read it", async () => {
  const facts = [...strings.matchAll(/^(fact-[a-z]+) = (.*)$/gm)].filter(([, id]) => id !== "fact-read");
  assert.ok(facts.length > 8);
  for (const [, id, words] of facts) assert.ok(strings.includes(`\n${id}-source = https://`) || words.includes("That is our own sum."), id);
  const page = await (await fetch(preview.url + "/write/")).text();
  for (const [, url] of strings.matchAll(/^fact-[a-z]+-source = (.*)$/gm)) assert.ok(page.includes(`href="${url}"`), url);
  assert.match(page, /copies of these pages on \d{1,2} \w+ 20\d\d/);
});

test("a prompt starts a line, and somebody who is not there is said kindly", async () => {
  const page = await open("#to=nobody-a2b3c");
  assert.equal(await page.locator("#gone").isVisible(), true);
  assert.equal(await page.locator("#unreached").isVisible(), false);
  await page.locator(".prompts summary").click();
  await page.locator("[data-start]").first().click();
  assert.equal(await page.inputValue("#letter"), "My name is ");
  await page.context().close();
});

test("a change that is near is said above the letter, and the day of the address beside its rules", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("**/people/marcus-k7m2q/", async route => {
    const answer = await route.fetch();
    const words = '<p class="note warn coming">On 22 January 2027 the way that letters travel here changes.</p>';
    await route.fulfill({ response: answer, body: (await answer.text()).replace('<p class="checked">', `${words}$&`) });
  });
  await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
  await page.locator("#letter-page[data-ready]").waitFor();
  assert.match(await page.locator("#paused").innerText(), /On 22 January 2027/);
  await page.locator("#all-rules summary").click();
  assert.match(await page.locator("#there").innerText(), /Address checked on 1 October 2026\./);
  await context.close();
});

test("the link past the menu leaves the letter alone, and whom it is for", async () => {
  const page = await open();
  await page.fill("#letter", "Dear Marcus, this is not kept.");
  await page.evaluate(() => (window.same = true));
  await page.locator("a.skip").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#to=marcus-k7m2q");
  assert.equal(await page.inputValue("#letter"), "Dear Marcus, this is not kept.");
  assert.match(await page.locator("h1").innerText(), /Write to Marcus/);
  assert.equal(await page.evaluate(() => window.same), true, "the page is the same");
  await page.context().close();
});

test("another person behind the hash takes the page over, and every letter waits for its own", async () => {
  const page = await open();
  const asked = [];
  page.on("dialog", dialog => asked.push(dialog.message()));
  const turn = async (id, name) => {
    await page.evaluate(id => (location.hash = `#to=${id}`), id);
    await page.waitForFunction(name => document.querySelector("h1").textContent.includes(name), name);
  };
  await page.check("#keep");
  await page.fill("#letter", "Kept for Marcus.");
  await turn("keisha-s563v", "Keisha");
  assert.equal(await page.inputValue("#letter"), "");
  assert.equal(await page.isChecked("#keep"), false);
  assert.equal(await page.locator("#way option[value=post]").count(), 1);
  assert.ok(!(await page.locator("#address").innerText()).includes("Marcus"));
  await page.fill("#letter", "For Keisha.");
  await turn("nate-86tmp", "Nate");
  assert.equal(await page.inputValue("#letter"), "");
  await turn("marcus-k7m2q", "Marcus");
  assert.equal(await page.inputValue("#letter"), "Kept for Marcus.");
  await turn("keisha-s563v", "Keisha");
  assert.equal(await page.inputValue("#letter"), "For Keisha.");
  assert.deepEqual(asked, []);
  await page.context().close();
});

test("what is typed while a slow page is on its way belongs to the person who was asked for", async () => {
  const page = await open();
  await page.fill("#letter", "For Marcus.");
  let letGo;
  const held = new Promise(done => (letGo = done));
  await page.route("**/people/nate-86tmp/", async route => (await held, route.continue()));
  await page.evaluate(() => (location.hash = "#to=nate-86tmp"));
  await page.waitForFunction(() => document.querySelector("#letter").value === "");
  await page.fill("#letter", "For Nate.");
  letGo();
  await page.waitForFunction(() => document.querySelector("h1").textContent.includes("Nate"));
  assert.equal(await page.inputValue("#letter"), "For Nate.");
  await page.evaluate(() => (location.hash = "#to=marcus-k7m2q"));
  await page.waitForFunction(() => document.querySelector("#letter").value === "For Marcus.");
  await page.context().close();
});

test("a kept letter is shown when the person's page cannot be had, and why is said", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
  await page.locator("#letter-page[data-ready]").waitFor();
  await page.check("#keep");
  await page.fill("#letter", "Kept here.");
  const reload = async () => {
    await page.reload();
    await page.locator("#letter-page[data-ready]").waitFor();
  };
  for (const [answer, shown] of [[route => route.abort(), "unreached"], [route => route.fulfill({ status: 503 }), "unreached"], [route => route.fulfill({ status: 410, contentType: "text/html", body: "<p>gone" }), "gone"]]) {
    await page.route("**/people/marcus-k7m2q/", answer);
    await reload();
    for (const words of ["nobody", "gone", "unreached", "for"]) assert.equal(await page.locator(`#${words}`).isVisible(), words === shown, `${words}, ${shown}`);
    assert.equal(await page.inputValue("#letter"), "Kept here.");
    assert.equal(await page.isChecked("#keep"), true);
    await page.unroute("**/people/marcus-k7m2q/");
  }
  await page.route("**/people/marcus-k7m2q/", route => route.abort());
  await reload();
  await page.fill("#letter", "Kept here, and more.");
  await page.unroute("**/people/marcus-k7m2q/");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForFunction(() => document.querySelector("h1").textContent.includes("Marcus"));
  assert.equal(await page.inputValue("#letter"), "Kept here, and more.");
  await context.close();
});

test("without scripts the page is a guide that prints, and the person's page has the address", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(preview.url + "/write/");
  assert.equal(await page.locator(".writer:visible").count(), 0);
  assert.equal(await page.getByText("What you write stays on this device").isVisible(), false, "nobody writes here without script");
  const text = (await pagesOf(page)).join("\n");
  for (const words of ["Introduce yourself", "Be honest about how often you can write", "To write by hand", "Use plain white paper", "Close the envelope with its own gum", "A Forever stamp pays for the first ounce", "The last line on the envelope is the country"]) assert.ok(text.includes(words), `${words}\n${text}`);
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  const person = (await pagesOf(page)).join("\n");
  for (const words of ["Marcus Thompson 0123456", "How to begin", "Say honestly how often you can write"]) assert.ok(person.includes(words), `${words}\n${person}`);
  await context.close();
});

test("the measured size of a page is what the guide says", async () => {
  const page = await open("");
  await page.fill("#letter", SENTENCE.repeat(400));
  // The first one has the day above the words.
  const whole = await page.locator(".sheet-text").nth(1).evaluate(sheet => [...sheet.textContent].length);
  const words = await (await fetch(preview.url + "/write/")).text();
  const said = Number(words.match(/A typed page holds about ([\d,]+)/)[1].replace(",", ""));
  assert.ok(Math.abs(whole - said) / said < 0.1, `${whole} against ${said}`);
  await page.context().close();
});

test("on a small phone the choice of a service is as wide as the page and shows its words whole", async () => {
  const page = await open("#to=marcus-k7m2q", { viewport: { width: 360, height: 740 } });
  await page.selectOption("#way", "pigeonpost");
  const way = await page.locator("#way").evaluate(select => {
    const probe = document.createElement("span");
    Object.assign(probe.style, { font: getComputedStyle(select).font, position: "absolute", whiteSpace: "nowrap" });
    document.body.append(probe);
    const widths = [...select.options].map(option => ((probe.textContent = option.label), probe.offsetWidth));
    return { inside: select.clientWidth, whole: select.getBoundingClientRect().width, field: select.parentElement.clientWidth, widest: Math.max(...widths) };
  });
  assert.equal(Math.round(way.whole), way.field);
  assert.ok(way.widest < way.inside - 50, JSON.stringify(way));
  await page.context().close();
});
