// Without a mouse: from home to a person, and a report from the first key to the reference.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "./preview.mjs";

const { preview, browser } = await openSite();
const page = await browser.newPage();

const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    const look = getComputedStyle(element);
    return { id: element.id, name: element.innerText?.trim() || element.id, seen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 };
  });

/** Presses Tab until the element with this id or these words has the focus. */
async function tabTo(wanted) {
  for (let press = 0; press < 150; press++) {
    await page.keyboard.press("Tab");
    const at = await focused();
    assert.ok(at.seen || at.id === "", `the focus is visible on ${at.name}`);
    if (at.id === wanted || at.name === wanted) return;
  }
  assert.fail(`Tab never reaches ${wanted}`);
}

test("the first Tab leads past the header", async () => {
  await page.goto(preview.url + "/");
  await page.keyboard.press("Tab");
  assert.match((await focused()).name, /Skip/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal((await focused()).name, "Find someone to write to");
});

test("a person and the copy button are within reach", async () => {
  await page.goto(preview.url + "/people/");
  const first = await page.locator(".card h3").first().innerText();
  await tabTo(first);
  await page.keyboard.press("Enter");
  await page.waitForURL(/people\/[a-z0-9-]+\/$/);
  await tabTo("Copy address");
  await page.keyboard.press("Enter");
  await page.locator("#said:not(:empty)").waitFor();
});

test("a report is made, corrected and sent", async () => {
  await page.goto(preview.url + "/tell-us/");
  // Tab reaches the first of several answers, the arrows move among them.
  await tabTo("kind_of-moved");
  for (let press = 0; press < 9 && (await focused()).id !== "kind_of-came_back"; press++) await page.keyboard.press("ArrowDown");
  await tabTo("envelope_said-not_here");
  await page.keyboard.press("Space");
  await tabTo("Check your answers");
  await page.keyboard.press("Enter");
  await page.waitForURL(/send\/tell-us/);
  // The summary has the focus; its first link leads to the field.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal((await focused()).id, "details");
  await page.keyboard.type("It came back with a stamp: moved.");
  await tabTo("Check your answers");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  await tabTo("Send this to the editors");
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#reference").innerText(), /^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
});
