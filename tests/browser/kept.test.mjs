// Kept people: in this browser only, over pages and visits, with a file and a print to take away.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { openSite } from "./preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { preview, browser } = await openSite();

async function keep(page, ...ids) {
  for (const id of ids) {
    await page.goto(`${preview.url}/people/${id}/`);
    await page.locator("[data-keep]").click();
    await page.locator("[data-keep][aria-pressed=true]").waitFor();
  }
}

test("someone who is kept stands on the list with their address, in this browser only", async () => {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  const refused = [];
  page.on("console", message => message.type() === "error" && !/404/.test(message.text()) && refused.push(message.text()));
  page.on("pageerror", error => refused.push(String(error)));
  await keep(page, "marcus-k7m2q", "abdi-n7vx7");
  assert.deepEqual(await context.cookies(), []);
  await page.goto(preview.url + "/kept/");
  const marcus = page.locator(".kept-list li", { hasText: "Marcus T." });
  await marcus.locator("address", { hasText: "Marcus Thompson" }).waitFor();
  assert.match(await marcus.locator("address").innerText(), /^Marcus Thompson 0123456\n/);
  assert.match(await page.locator(".lead").innerText(), /on this device only/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save as a file" }).click()]);
  const file = readFileSync(await download.path(), "utf8");
  assert.equal(download.suggestedFilename(), "people-you-kept.txt");
  assert.match(file, /Marcus T\.\r\nMarcus Thompson 0123456\r\n[\s\S]*\/people\/marcus-k7m2q\/\r\n\r\nAbdi/);
  await page.getByRole("button", { name: /Take off this list Marcus/ }).click();
  await page.locator("#said", { hasText: "Marcus T. is off your list." }).waitFor();
  await page.reload();
  await page.locator(".kept-list li").waitFor();
  assert.equal(await page.locator(".kept-list li").count(), 1);
  await page.getByRole("button", { name: "Forget everyone" }).click();
  await page.getByText("You have not kept anyone yet").waitFor();
  await page.goto(`${preview.url}/people/abdi-n7vx7/`);
  await page.locator("[data-keep][aria-pressed=false]").waitFor();
  assert.deepEqual(refused, [], "the browser refused something under the production policy");
  await context.close();
});

test("someone who took their page down leaves the list, and nothing of theirs is kept", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await keep(page, "marcus-k7m2q", "abdi-n7vx7");
  await page.route("**/people/marcus-k7m2q/", route => route.fulfill({ status: 410, body: "" }));
  await page.goto(preview.url + "/kept/");
  await page.locator("#said", { hasText: "No longer on this site, and off your list: Marcus T." }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("kept").includes("marcus")), false);
  await context.close();
});

test("a page that is not found is marked, stays on the list, and can be let go", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await keep(page, "marcus-k7m2q", "abdi-n7vx7");
  await page.route("**/people/marcus-k7m2q/", route => route.fulfill({ status: 404, contentType: "text/html", body: "<p>no" }));
  await page.goto(preview.url + "/kept/");
  await page.locator("#said", { hasText: "Some pages were not found" }).waitFor();
  const marcus = page.locator(".kept-list li", { hasText: "Marcus" });
  assert.ok(await marcus.getByText(/^Not found/).isVisible());
  assert.equal(await page.evaluate(() => localStorage.getItem("kept").includes("marcus")), true);
  await marcus.getByRole("button").click();
  assert.equal(await page.evaluate(() => localStorage.getItem("kept").includes("marcus")), false);
  await context.close();
});

test("where the browser can keep nothing, it is said", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }));
  await page.goto(`${preview.url}/people/marcus-k7m2q/`);
  await page.locator("[data-keep]").click();
  await page.locator("#keep-said", { hasText: "storage is full" }).waitFor();
  assert.equal(await page.locator("[data-keep]").getAttribute("aria-pressed"), "false");
  await context.close();
});

test("an open list hears what another page keeps and forgets", async () => {
  const context = await browser.newContext();
  const [list, page] = [await context.newPage(), await context.newPage()];
  await list.goto(preview.url + "/kept/");
  await list.getByText("You have not kept anyone yet").waitFor();
  await keep(page, "marcus-k7m2q");
  await list.locator(".kept-list address:not(:empty)").waitFor();
  await page.locator("[data-keep]").click();
  await list.getByText("You have not kept anyone yet").waitFor();
  assert.equal(await list.locator(".kept-list li").count(), 0);
  await context.close();
});

test("without script the page says what to do instead, and no button promises anything", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(preview.url + "/kept/");
  assert.ok(await page.getByText(/needs script/).isVisible());
  await page.goto(`${preview.url}/people/marcus-k7m2q/`);
  assert.equal(await page.locator("[data-keep]").isVisible(), false);
  await context.close();
});

test("axe finds nothing on the list of kept people, and nothing scrolls sideways", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 320, height: 800 } });
    const page = await context.newPage();
    await keep(page, "marcus-k7m2q");
    await page.goto(preview.url + "/kept/");
    await page.locator(".kept-list address:not(:empty)").waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(found => `${found.id}: ${found.nodes.map(node => node.html).slice(0, 3).join(" ")}`), []);
    const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inside <= window);
    await context.close();
  }
});
