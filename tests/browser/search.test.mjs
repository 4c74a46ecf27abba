// Finding someone: with and without script, by keyboard alone, on a slow line, with an index that is missing or half there.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { openOwnSite } from "./preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Short pages, so that these few people fill a ring.
const { preview, browser } = await openOwnSite(root => {
  const site = join(root, "content/site.yaml");
  writeFileSync(site, readFileSync(site, "utf8").replace("people_per_page: 24", "people_per_page: 6"));
});

/** A page under the production policy; whatever the browser refuses fails the test. */
async function visit(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.refused = [];
  page.on("console", message => message.type() === "error" && /policy|Trusted/i.test(message.text()) && page.refused.push(message.text()));
  page.on("pageerror", error => page.refused.push(String(error)));
  await page.goto(preview.url + path);
  return page;
}

const said = page => page.locator("#said");
/** Opens a facet; on a small screen all of them are folded. */
const open = async (page, facet) => {
  const fold = page.locator(".fold > summary");
  if ((await fold.isVisible()) && !(await page.locator("#find .fold[open]").count())) await fold.click();
  await page.locator(`[data-facet=${facet}] > summary`).click();
};

test("without script the panels lead to every kind of list, and no list is empty", async () => {
  const page = await visit("/people/", { javaScriptEnabled: false });
  assert.equal(await page.locator("#q").isVisible(), false, "what needs script is not shown");
  for (const facet of ["jurisdiction", "facility", "interest", "language", "tie", "service", "age"]) {
    await page.goto(preview.url + "/people/");
    await open(page, facet);
    const link = page.locator(`[data-facet=${facet}] .picks a`).first();
    const count = (await page.locator(`[data-facet=${facet}] .picks .count`).first().innerText()).match(/\d+/)[0];
    await link.click();
    assert.match(await page.locator(".lead").innerText(), new RegExp(`^${count} `), facet);
    assert.ok(await page.locator(".card").count(), `${facet} has cards`);
  }
  for (const path of ["/new/", "/waiting/"]) {
    const answer = await page.goto(preview.url + path);
    if (answer.status() === 200) assert.ok(await page.locator(".card").count(), path);
  }
  await page.context().close();
});

test("without script every page of a ring is reached by Next", async () => {
  const page = await visit("/people/", { javaScriptEnabled: false });
  const met = new Set();
  const people = Number((await page.locator(".lead").innerText()).match(/\d+/)[0]);
  const total = Number((await page.locator("#browse .turn").innerText()).match(/of (\d+)/)[1]);
  for (let step = 0; step < total; step++) {
    for (const name of await page.locator(".card h3 a").evaluateAll(links => links.map(link => link.getAttribute("href")))) met.add(name);
    await page.locator("#browse a[rel=next]").click();
  }
  assert.equal(met.size, people);
  await page.context().close();
});

test("filters, words and order narrow the list, say how many fit, and stand in the address", async () => {
  const page = await visit("/people/");
  await open(page, "interest");
  const jazz = page.locator("[data-facet=interest] .pick", { hasText: "Jazz" });
  const promised = (await jazz.locator(".count").innerText()).match(/\d+/)[0];
  await jazz.locator("input").check();
  await page.waitForFunction(count => document.querySelector("#said").textContent.startsWith(`${count} `), promised);
  assert.equal(await page.locator("#results .card").count(), Number(promised));
  assert.match(page.url(), /\/people\/\?interest=jazz$/);
  assert.equal(await page.locator("#browse").isVisible(), false);
  await open(page, "language");
  await page.locator("[data-facet=language] .pick .count").first().waitFor();
  await page.fill("#q", "RADIOS");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=RADIOS&interest=jazz/);
  await said(page).getByText(/1 person fits/).waitFor();
  assert.match(await page.locator("#results .card").first().innerText(), /Marcus T\./);
  await page.goBack();
  await page.waitForFunction(count => document.querySelectorAll("#results .card").length === Number(count), promised);
  await page.goBack();
  await page.locator("#browse").waitFor();
  assert.deepEqual(page.refused, [], "the browser refused something under the production policy");
  await page.context().close();
});

test("an address that was shared or kept asks for the same again", async () => {
  const page = await visit("/people/?q=jard%C3%ADn&sort=newest&paused=yes");
  await page.locator("#results, #said:not(:empty)").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("#results").hasAttribute("aria-busy") && document.querySelector("#said").textContent);
  assert.equal(await page.inputValue("#q"), "jardín");
  assert.equal(await page.inputValue("#sort"), "newest");
  assert.ok(await page.isChecked("#paused"));
  await page.context().close();
});

test("a card of a search is the card of a list, byte for byte", async () => {
  const page = await visit("/people/?q=fix+radios");
  await page.locator("#results .card").first().waitFor();
  const [found, path] = await page.locator("#results .card", { hasText: "Marcus" }).evaluate(card => [card.outerHTML, card.querySelector("a").getAttribute("href")]);
  for (let number = 1; ; number++) {
    await page.goto(`${preview.url}/people/page/${number}/`);
    const listed = page.locator(".card", { has: page.locator(`a[href="${path}"]`) });
    if (!(await listed.count())) continue;
    const same = html => html.replaceAll(/<(\w+)([^>]*)>/g, (_, name, rest) => `<${name} ${rest.trim().replace(/\s*\/$/, "").match(/[\w-]+="[^"]*"/g)?.sort().join(" ") ?? ""}>`);
    assert.equal(same(found), same(await listed.evaluate(card => card.outerHTML)));
    break;
  }
  await page.context().close();
});

test("paused people appear only when asked for", async () => {
  const page = await visit("/people/?q=andre");
  await page.waitForFunction(() => /fit/.test(document.querySelector("#said").textContent));
  assert.equal(await page.locator("#results .card", { hasText: "Andre" }).count(), 0);
  await page.locator("#paused").check();
  await page.locator("#results .card", { hasText: "Andre" }).waitFor();
  assert.match(await page.locator("#results .card", { hasText: "Andre" }).innerText(), /Letters may have to wait/);
  await page.context().close();
});

test("the whole search works by keyboard, and the focus is seen", async () => {
  const page = await visit("/people/");
  await page.locator("#q").focus();
  await page.keyboard.type("letters");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "results-heading");
  await page.locator("[data-facet=interest] > summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const at = await page.evaluate(() => ({ type: document.activeElement.type, outline: parseFloat(getComputedStyle(document.activeElement).outlineWidth) }));
  assert.equal(at.type, "checkbox");
  assert.ok(at.outline >= 2);
  await page.keyboard.press("Space");
  await page.waitForURL(/interest=/);
  assert.equal(await page.evaluate(() => document.activeElement.type), "checkbox", "the focus stays where it was");
  await page.locator("#chosen li").nth(1).waitFor();
  await page.locator("#chosen button").last().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(url => !url.search.includes("interest="));
  await page.locator("#chosen li").nth(1).waitFor({ state: "detached" });
  assert.match(await page.evaluate(() => document.activeElement.innerText), /letters/, "the focus goes to what is still chosen");
  await page.keyboard.press("Enter");
  await page.waitForURL(url => !url.search);
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  assert.deepEqual(page.refused, []);
  await page.context().close();
});

test("the number of people who fit is told to screen readers", async () => {
  const page = await visit("/people/?q=chess");
  assert.equal(await said(page).getAttribute("role"), "status");
  await said(page).getByText(/fits?\./).waitFor();
  await page.context().close();
});

const tick = (page, facet, value) => page.locator(`[data-facet=${facet}] input[value="${value}"]`).check();
const settled = page => page.waitForFunction(() => document.querySelector("#said").textContent && !document.querySelector("#results").hasAttribute("aria-busy"));
const focused = page => page.evaluate(() => document.activeElement.tagName);

test("what was typed counts when a box is ticked, and box, chips and address agree after Back", async () => {
  const page = await visit("/people/");
  await page.fill("#q", "radios");
  await open(page, "interest");
  await tick(page, "interest", "jazz");
  await page.waitForURL(/\?q=radios&interest=jazz$/);
  await settled(page);
  assert.deepEqual(await page.locator("#chosen .name").allInnerTexts(), ["“radios”", "Jazz"]);
  await page.locator("#q").focus();
  await page.fill("#q", "chess");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=chess/);
  await page.locator("#q").focus();
  await page.goBack();
  await page.waitForURL(/q=radios/);
  await page.locator("#chosen .name", { hasText: "radios" }).waitFor();
  assert.equal(await page.inputValue("#q"), "radios");
  await page.context().close();
});

test("a search for nothing says so and leaves the history alone", async () => {
  const page = await visit("/people/");
  const length = await page.evaluate(() => history.length);
  await page.getByRole("button", { name: "Search" }).click();
  await said(page).getByText("Type a word first").waitFor();
  await page.fill("#q", "¿¡ … !");
  await page.keyboard.press("Enter");
  await said(page).getByText("no word to look for").waitFor();
  assert.equal(await page.inputValue("#q"), "¿¡ … !", "what was typed stays");
  assert.equal(await page.evaluate(() => history.length), length);
  assert.ok(await page.locator("#browse").isVisible());
  await page.context().close();
});

test("where nobody fits there is no heading over nothing", async () => {
  const page = await visit("/people/?q=zzzzzz");
  await said(page).getByText("Nobody fits").waitFor();
  assert.equal(await page.locator("#results-heading").isVisible(), false);
  await page.context().close();
});

test("one or two letters find names that begin so", async () => {
  const page = await visit("/people/?q=ma");
  await page.locator("#results .card", { hasText: "Marcus T." }).waitFor();
  await page.context().close();
});

test("after the index failed, Back and Forward search again, and the focus is never lost", async () => {
  const page = await visit("/people/");
  await open(page, "interest");
  await tick(page, "interest", "jazz");
  await settled(page);
  await page.route("**/search/**", route => route.abort());
  await page.reload();
  await said(page).getByText(/did not arrive/).waitFor();
  await page.unroute("**/search/**");
  await page.goBack();
  await page.locator("#browse").waitFor();
  assert.ok(await page.locator("#q").isVisible(), "the form is alive");
  await page.goForward();
  await page.locator("#results .card").first().waitFor();
  await page.locator("#q").focus();
  await page.route("**/search/**", route => route.abort());
  await page.fill("#q", "radios");
  await page.reload();
  await said(page).getByText(/did not arrive/).waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  assert.notEqual(await focused(page), "BODY");
  await said(page).getByText(/did not arrive/).waitFor();
  await page.unroute("**/search/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("#results .card").first().waitFor();
  assert.notEqual(await focused(page), "BODY");
  await page.context().close();
});

test("a box that was ticked when the index failed hands the focus to Try again", async () => {
  const page = await visit("/people/");
  await page.route("**/search/**", route => route.abort());
  await open(page, "interest");
  await page.locator("[data-facet=interest] input[value=jazz]").focus();
  await page.keyboard.press("Space");
  await said(page).getByText(/did not arrive/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "Try again");
  await page.context().close();
});

test("counts of another question go away, and a panel whose counts do not arrive says so", async () => {
  const page = await visit("/people/");
  const { counts, lists } = JSON.parse(await page.locator("#find").getAttribute("data-index"));
  await page.route("**/search/**", route => ([...counts, ...lists].some(hash => !lists.includes(hash) && route.request().url().includes(hash)) ? route.abort() : route.continue()));
  await open(page, "language");
  await open(page, "interest");
  await tick(page, "interest", "jazz");
  await page.locator("[data-facet=language] [data-uncounted]").waitFor();
  assert.equal((await page.locator("[data-facet=language] .pick .count").allInnerTexts()).join(""), "");
  assert.ok(await page.locator("#results .card").count(), "the people are there all the same");
  await page.context().close();
});

test("a file that is empty is a failure, and one that never comes is given up", async () => {
  for (const answer of [route => route.fulfill({ status: 200, body: "" }), () => {}]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.clock.install();
    await page.route("**/search/*.bin", answer);
    await page.goto(`${preview.url}/people/`);
    const asked = page.waitForRequest(/\/search\/.*\.bin$/);
    await page.fill("#q", "radios");
    await page.keyboard.press("Enter");
    await asked;
    await page.clock.fastForward(15_000);
    await said(page).getByText(/did not arrive/).waitFor();
    assert.ok(await page.locator("[data-facet=interest] .picks a").count(), "the lists are offered");
    await context.close();
  }
});

test("with a state chosen, facilities of other states are out of the way", async () => {
  const page = await visit("/people/");
  await open(page, "jurisdiction");
  await page.locator("[data-facet=jurisdiction] input").first().check();
  await settled(page);
  await open(page, "facility");
  await page.waitForFunction(() => document.querySelector("[data-facet=facility] .picks li[hidden]"));
  const counts = page.locator("[data-facet=facility] .picks li:not([hidden]) .count");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-facet=facility] .picks li:not([hidden]) .pick .count")].every(one => one.textContent));
  assert.ok((await counts.allInnerTexts()).every(text => !/^0 /.test(text)));
  await page.context().close();
});

test("on a small screen what fits is told in view, with a way to it", async () => {
  const page = await visit("/people/", { viewport: { width: 360, height: 640 } });
  await open(page, "interest");
  await tick(page, "interest", "jazz");
  await page.locator(".fits a").waitFor();
  const inView = () => page.locator(".fits").evaluate(bar => bar.getBoundingClientRect().bottom <= innerHeight + 1 && bar.getBoundingClientRect().top >= 0);
  assert.ok(await inView());
  assert.match(await page.locator(".fits").innerText(), /\d+ (people fit|person fits)/);
  await page.locator(".fits a").click();
  await page.waitForFunction(() => document.activeElement.id === "results-heading");
  assert.ok(await page.locator("#results-heading").evaluate(heading => heading.getBoundingClientRect().top < innerHeight));
  await page.goto(`${preview.url}/people/?interest=jazz`);
  await said(page).getByText(/fits?\./).waitFor();
  assert.ok(await said(page).evaluate(words => words.getBoundingClientRect().bottom <= innerHeight), "the first screen of a shared link says so too");
  await page.context().close();
});

test("where the search never begins, an address that asks for somebody shows the list of the day", async () => {
  for (const answer of [route => route.abort(), () => {}]) {
    const page = await (await browser.newContext()).newPage();
    await page.route(/\/find-[0-9a-f]+\.js/, answer);
    await page.goto(`${preview.url}/people/?interest=jazz`, { waitUntil: "commit" });
    await page.locator("#browse .card").first().waitFor();
    assert.ok(await page.locator("main .lead").isVisible());
    await page.context().close();
  }
});

test("the scripts ask nothing of a browser that phones of 2020 do not know", () => {
  const young = /\.at\(|\basked\.size\b|\?\?=|\|\|=|&&=|replaceChildren|replaceAll|structuredClone|Object\.(hasOwn|groupBy)|\.(findLast|toSorted|toReversed|toSpliced)\(|AbortSignal\.(timeout|any)|randomUUID|Promise\.(any|withResolvers)|\(\?<[=!]|static \{|\bawait import|\.inert\b|checkVisibility|WeakRef/;
  for (const name of ["early", "find", "kept", "site", "write"]) {
    const script = readFileSync(new URL(`../../templates/assets/${name}.js`, import.meta.url), "utf8");
    assert.deepEqual(script.match(young)?.[0] ?? [], [], name);
    assert.deepEqual(script.match(/^(const|let|var) .*= await |^await /m)?.[0] ?? [], [], `${name}: await at the top`);
  }
});

test("on a slow line the list of the day stands first, and the first result needs three requests and little weight", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  const asked = [];
  page.on("response", answer => answer.url().includes("/search/") && asked.push(answer));
  await page.goto(preview.url + "/people/");
  assert.equal(asked.length, 0, "nothing is fetched before somebody asks");
  await page.locator("[data-facet=interest] > summary").click();
  await page.locator("[data-facet=interest] input[value=jazz]").check();
  await said(page).getByText("Looking").waitFor();
  await page.locator("#results .card").first().waitFor();
  assert.ok(asked.length <= 3, `${asked.length} requests`);
  const weights = await Promise.all(asked.map(async answer => brotliCompressSync(await answer.body()).length));
  assert.ok(weights.reduce((sum, weight) => sum + weight, 0) <= 20_000);
  await context.close();
});

test("the script is small and asks for nothing that the policy forbids", async () => {
  const text = async path => (await fetch(preview.url + path)).text();
  const page = await text("/people/");
  // As they are served: without their lines of comment.
  const scripts = await Promise.all([...new Set(page.match(/\/assets\/[a-z]+-[0-9a-f]+\.js/g))].map(text));
  assert.ok(scripts.length > 0 && scripts.every(script => script.length > 100));
  assert.ok(scripts.reduce((sum, script) => sum + brotliCompressSync(Buffer.from(script)).length, 0) <= 8_000);
  for (const script of scripts) assert.doesNotMatch(script, /innerHTML|insertAdjacentHTML|eval|Function\(|WebAssembly|https?:/);
});

test("with the index missing the lists are still there, and Try again works once it is back", async () => {
  const page = await visit("/people/");
  await page.route("**/search/**", route => route.abort());
  await page.locator("[data-facet=interest] > summary").click();
  await page.fill("#q", "chess");
  await page.keyboard.press("Enter");
  await said(page).getByText(/did not arrive/).waitFor();
  assert.ok(await page.locator("#browse .card").count());
  await page.locator("[data-facet=interest] .picks a").first().waitFor();
  await page.unroute("**/search/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("#results .card").first().waitFor();
  await page.context().close();
});

test("with half of the index there, what arrived is shown and the rest is not hidden from the reader", async () => {
  const page = await visit("/people/");
  const first = await page.locator("#find").getAttribute("data-index");
  const { cards } = JSON.parse(first);
  await page.route(`**/search/${cards[0]}.json`, route => route.abort());
  await page.fill("#q", "the");
  await page.keyboard.press("Enter");
  await said(page).getByText(/did not arrive/).waitFor();
  assert.ok(await page.getByRole("button", { name: "Try again" }).isVisible());
  await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in a search, ${colorScheme}, and nothing scrolls sideways at 320 px`, async () => {
    const page = await visit("/people/?interest=jazz&q=a", { colorScheme, bypassCSP: true, viewport: { width: 320, height: 800 } });
    await page.waitForFunction(() => document.querySelector("#said").textContent && !document.querySelector("#results").hasAttribute("aria-busy"));
    for (const facet of ["jurisdiction", "interest", "age"]) await open(page, facet);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(found => `${found.id}: ${found.nodes.map(node => node.html).slice(0, 3).join(" ")}`), []);
    const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inside <= window, `${inside} px in a window of ${window} px`);
    const small = await page.locator("#find :is(summary, a, button, .pick, #q, select)").evaluateAll(all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 80)));
    assert.deepEqual(small, [], "targets are 44 px high");
    await page.context().close();
  });
}

test("a new build leaves no file of an old index behind", async () => {
  const files = readdirSync(join(preview.root, "site/search"));
  assert.ok(files.length > 0 && files.length < 40);
});
