// A half-filled registration, put down on one device and taken up on another by its code; and the next person by the same sender.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fillRegistration, next, send } from "./forms.mjs";
import { openBrowser, startPreview } from "./preview.mjs";

let preview, browser;
before(async () => {
  preview = await startPreview();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  preview?.stop();
});

const device = scripts => browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 780 } }).then(context => context.newPage());
const fields = ["shown_name", "mail_name", "facility", "number", "birth_year", "introduction", "introduction_language", "consent_date-day", "consent_date-month", "submitter_name", "email"];
const chosen = ["languages-en", "interests-chess", "looking_for-friendship", "release-unknown", "consent_how-letter", "contact_by-email"];
const ticks = ["asked", "knows", "adult", "rules"].map(name => `consent_${name}`);
const typed = page => page.evaluate(ids => ids.map(id => document.getElementById(id).value), fields);
const checked = (page, ids) => page.evaluate(ids => ids.map(id => document.getElementById(id).checked), ids);
const kept = () => readdirSync(join(preview.root, "var/drafts")).length;

async function putDown(page) {
  await page.getByRole("button", { name: "Put this down and go on later" }).click();
  return page.locator("#code").innerText();
}

/** From the page of the empty form, as somebody who has nothing but a slip of paper. */
async function takeUp(page, code) {
  await page.goto(preview.url + "/register/");
  await page.getByRole("link", { name: "Go on with your code" }).click();
  await page.getByLabel("Code").fill(code);
  await page.keyboard.press("Enter");
}

for (const scripts of [false, true]) {
  const how = scripts ? "with scripts" : "without scripts";

  test(`all answers are there on another device, and the boxes are ticked on the day it is sent, ${how}`, async () => {
    const first = await device(scripts);
    await first.goto(preview.url + "/register/");
    await fillRegistration(first, "Odile Q.", scripts ? "0779001" : "0779002");
    const before = await typed(first);
    const code = await putDown(first);
    assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    assert.match(await first.locator("main").innerText(), /until the end of \d+ [A-Z][a-z]+ \d{4}/);
    assert.ok(await first.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.ok(!first.url().includes(code), "the code is in no address");
    for (const file of readdirSync(join(preview.root, "var/drafts"))) {
      assert.ok(!readFileSync(join(preview.root, "var/drafts", file), "latin1").includes("Odile"), "what lies there is sealed");
    }

    const second = await device(scripts);
    await takeUp(second, code.toLowerCase().replaceAll("-", ""));
    assert.match(await second.locator(".summary").innerText(), /Here is what you typed/);
    assert.deepEqual(await typed(second), before);
    assert.deepEqual(await checked(second, chosen), chosen.map(() => true));
    assert.deepEqual(await checked(second, ticks), ticks.map(() => false));
    const own = kept();
    for (let step = 1; step < 4; step++) await next(second);
    for (const tick of ticks) await second.check(`#${tick}`);
    await send(second);
    assert.equal(kept(), own, "what was put down is gone, and what was sent lies sealed under its own code");
    await takeUp(second, code);
    assert.match(await second.locator(".summary").innerText(), /Check the code/);
    await Promise.all([first, second].map(page => page.context().close()));
  });

  test(`what is put down once more stays under its code, and one click deletes it, ${how}`, async () => {
    const page = await device(scripts);
    await page.goto(preview.url + "/register/");
    await page.fill("#shown_name", "Odile Q.");
    const code = await putDown(page);
    await page.getByRole("button", { name: "Go on now" }).click();
    await page.fill("#shown_name", "Odile R.");
    assert.equal(await putDown(page), code);
    await takeUp(page, code);
    assert.equal(await page.inputValue("#shown_name"), "Odile R.");
    const before = kept();
    await page.getByRole("button", { name: "Delete what is kept" }).click();
    assert.match(await page.locator(".summary").innerText(), /What was kept is deleted/);
    assert.equal(await page.inputValue("#shown_name"), "Odile R.", "what stands on the page stays there");
    assert.equal(await page.getByRole("button", { name: "Delete what is kept" }).count(), 0);
    assert.equal(kept(), before - 1);
    await takeUp(page, code);
    assert.match(await page.locator(".summary").innerText(), /Check the code/);
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.getByLabel("Code").inputValue(), code, "what was typed is kept");
    await page.context().close();
  });

  test(`the next person is registered without typing one's own details again, ${how}`, async () => {
    const page = await device(scripts);
    await page.goto(preview.url + "/register/");
    await fillRegistration(page, "Odile Q.", scripts ? "0779003" : "0779004");
    await send(page);
    await page.getByRole("button", { name: "Register somebody else" }).click();
    assert.equal(await page.inputValue("#submitter_name"), "Maria Example");
    assert.equal(await page.inputValue("#email"), "maria@example.org");
    for (const id of ["shown_name", "mail_name", "number", "introduction", "facility"]) assert.equal(await page.inputValue(`#${id}`), "", id);
    assert.deepEqual(await checked(page, ticks), ticks.map(() => false));
    assert.ok(await page.locator("#shown_name").isVisible(), "it begins with its first step");
    await page.context().close();
  });
}

test("by keyboard alone: put down, and taken up where the browser knows nothing", async () => {
  const page = await device(true);
  await page.goto(preview.url + "/register/");
  await page.fill("#shown_name", "Odile Q.");
  const button = page.getByRole("button", { name: "Put this down and go on later" });
  for (let tabs = 0; tabs < 60 && !(await button.evaluate(element => element === document.activeElement)); tabs++) await page.keyboard.press("Tab");
  assert.ok((await button.boundingBox()).height >= 44);
  await page.keyboard.press("Enter");
  const code = await page.locator("#code").innerText();
  const other = await device(true);
  await takeUp(other, code);
  assert.equal(await other.inputValue("#shown_name"), "Odile Q.");
  await Promise.all([page, other].map(page => page.context().close()));
});
