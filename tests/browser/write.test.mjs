// The page on which a letter is written: it counts, splits, warns and prints, and nothing leaves the device.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, startPreview } from "./preview.mjs";

// The browser's own file, read as the module that it is.
const script = readFileSync(new URL("../../templates/assets/write.js", import.meta.url), "utf8");
const { holds, lost, phone, plain, signed, split } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

// The lists that it looks for, as editors keep them.
const strings = readFileSync(new URL("../../content/en/letters.ftl", import.meta.url), "utf8");
const string = id => strings.match(new RegExp(`^${id} = (.*)$`, "m"))[1];

let preview, browser, folder;
before(async () => {
  preview = await startPreview();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), "letters-"));
});
after(async () => {
  await browser?.close();
  preview?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function open(hash = "#to=marcus-k7m2q", settings = {}) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  page.on("dialog", dialog => dialog.accept());
  await page.goto(preview.url + "/write/" + hash);
  await page.locator("#letter-page[data-ready]").waitFor();
  return page;
}

async function pagesOf(page) {
  const file = join(folder, "letter.pdf");
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  const { stdout } = spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
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
  assert.deepEqual(lost(text), ["🌻", "❤️"], "of a service that nobody knows, none but emoji are doubted");
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
  assert.match(await page.locator(".rules-side").innerText(), /At most 10 pages in one envelope/);
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
    const words = pages.join(" ").replace(/Marcus Thompson, DOC number 0123456|\d+ ?\/ ?\d+/g, "").replace(/\s/g, "");
    const wanted = text.replace(/\s/g, "");
    const same = long.indexOf(text) === 3 || words === wanted;
    assert.ok(same, `no word is lost between pages: ${words.length} of ${wanted.length} in ${wanted.slice(0, 20)}`);
    const held = await page.locator(".sheet-text").evaluateAll(sheets => sheets.map(sheet => ({ text: sheet.textContent, whole: sheet.scrollHeight <= sheet.clientHeight, used: ((sheet.style.height = "auto"), sheet.clientHeight) })));
    assert.equal(held.map(sheet => sheet.text).join("").replace(/\s/g, ""), wanted, "every sheet holds its part");
    assert.ok(held.every(sheet => sheet.whole), "and no sheet hides any of it");
    assert.ok(held.slice(0, -1).every(sheet => sheet.used > 780), `no sheet before the last stays empty: ${held.map(sheet => sheet.used)}`);
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
  await page.click("#plain");
  assert.match(await page.inputValue("#letter"), /"Goodbye", Ana$/);
  assert.equal(await page.locator("#check-lost").isVisible(), false);
  await page.context().close();
});

test("a letter is kept only if the writer says so, and erased with one button", async () => {
  const page = await open();
  const kept = () => page.evaluate(() => Object.keys(localStorage));
  await page.fill("#letter", "Not kept.");
  assert.deepEqual(await kept(), []);
  await page.check("#keep");
  await page.fill("#letter", "Kept here.");
  await page.reload();
  await page.locator("#letter-page[data-ready]").waitFor();
  assert.equal(await page.inputValue("#letter"), "Kept here.");
  assert.equal(await page.isChecked("#keep"), true);
  await page.click("#erase");
  assert.deepEqual(await kept(), []);
  assert.equal(await page.inputValue("#letter"), "");
  await page.reload();
  await page.locator("#letter-page[data-ready]").waitFor();
  assert.equal(await page.inputValue("#letter"), "");
  await page.context().close();
});

test("a prompt starts a line, and somebody who is not there is said kindly", async () => {
  const page = await open("#to=nobody-a2b3c");
  assert.equal(await page.locator("#gone").isVisible(), true);
  assert.equal(await page.locator("#unreached").isVisible(), false);
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

test("another person behind the hash takes the page over, and no typed word is lost", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let leave = false;
  const asked = [];
  page.on("dialog", dialog => (asked.push(dialog.message()), leave || dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss()));
  await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
  await page.locator("#letter-page[data-ready]").waitFor();
  const turn = async (id, name) => {
    await page.evaluate(id => (location.hash = `#to=${id}`), id);
    await page.waitForFunction(name => document.querySelector("h1").textContent.includes(name), name);
  };
  await page.check("#keep");
  await page.fill("#letter", "Kept for Marcus.");
  await turn("keisha-s563v", "Keisha");
  assert.equal(await page.inputValue("#letter"), "", "a kept letter waits for its own person");
  assert.equal(await page.locator("#way option[value=post]").count(), 1);
  assert.ok(!(await page.locator("#address").innerText()).includes("Marcus"));
  await page.fill("#letter", "Not kept.");
  await turn("nate-86tmp", "Nate");
  assert.equal(await page.inputValue("#letter"), "Not kept.");
  await page.evaluate(() => (location.hash = "#to=marcus-k7m2q"));
  await page.waitForFunction(() => location.hash === "#to=nate-86tmp");
  assert.equal(await page.inputValue("#letter"), "Not kept.", "the writer said no");
  assert.equal(asked.length, 1);
  leave = true;
  await turn("marcus-k7m2q", "Marcus");
  assert.equal(await page.inputValue("#letter"), "Kept for Marcus.");
  await context.close();
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
  assert.equal(await page.locator(".writer").isVisible(), false);
  const text = (await pagesOf(page)).join("\n");
  for (const words of ["Introduce yourself", "Be honest about how often you can write", "To write by hand", "Use plain white paper"]) assert.ok(text.includes(words), `${words}\n${text}`);
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  const person = (await pagesOf(page)).join("\n");
  for (const words of ["Marcus Thompson 0123456", "How to begin", "Say honestly how often you can write"]) assert.ok(person.includes(words), `${words}\n${person}`);
  await context.close();
});

test("the measured size of a page is what the guide says", async () => {
  const page = await open("");
  await page.fill("#letter", SENTENCE.repeat(400));
  const first = await page.locator(".sheet-text").first().evaluate(sheet => [...sheet.textContent].length);
  const words = await (await fetch(preview.url + "/write/")).text();
  const said = Number(words.match(/A typed page holds about ([\d,]+)/)[1].replace(",", ""));
  assert.ok(Math.abs(first - said) / said < 0.1, `${first} against ${said}`);
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
