// A box by which somebody says yes is ticked by whoever sends the form, on that day: no page, no browser's draft and no code ticks
// it for them. Within one visit it stays as they left it, and a second version shows what they said yes to, while its text stands.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fillRegistration, next, send } from "./forms.mjs";
import { openBrowser, openOwnSite } from "./preview.mjs";

const { preview, browser } = await openOwnSite();

const yes = ["consent_asked", "consent_knows", "consent_adult", "consent_rules", "search_engines"];
const some = ["asked", "adult"];
/** The boxes of a page that are ticked, whichever there are. */
const ticked = page => page.evaluate(() => [...document.querySelectorAll("input[type=checkbox][value=yes]")].filter(box => box.checked).map(box => box.id));
const left = some.map(name => `consent_${name}`);
const device = (scripts, own = browser) => own.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 780 } }).then(context => context.newPage());
const check = page => page.getByRole("button", { name: "Check your answers" }).click();

async function see(page, pair) {
  await page.goto(`${preview.url}/send/mine`);
  await page.fill("#reference", pair.reference);
  await page.fill("#code", pair.code);
  await page.getByRole("button", { name: "See where it stands" }).click();
}

for (const scripts of [true, false]) {
  describe(scripts ? "with scripts" : "without scripts", () => {
    test("a form that nobody has touched has no box ticked, nor one that starts from a page", async () => {
      const page = await device(scripts);
      for (const path of ["/register/", "/update/", "/send/update?about=marcus-k7m2q"]) {
        await page.goto(preview.url + path);
        assert.deepEqual(await ticked(page), [], path);
      }
      assert.equal(await page.locator("#consent_asked").count(), 1);
      await page.context().close();
    });

    test("mistakes and Change bring back the boxes that were ticked, and tick no other", async () => {
      const page = await device(scripts);
      await page.goto(`${preview.url}/register/`);
      await fillRegistration(page, "Ines Q.", scripts ? "0775001" : "0775002", some);
      await check(page);
      await page.locator(".summary").waitFor();
      assert.deepEqual(await ticked(page), left);
      for (const name of ["knows", "rules"]) await page.check(`#consent_${name}`);
      await check(page);
      await page.getByRole("button", { name: /Change An introduction/ }).click();
      assert.deepEqual(await ticked(page), yes.slice(0, 4));
      await page.context().close();
    });

    test("what is taken up by its code, and the next person, have no box ticked", async () => {
      const page = await device(scripts);
      await page.goto(`${preview.url}/register/`);
      await fillRegistration(page, "Ines Q.", scripts ? "0775003" : "0775004");
      await page.getByRole("button", { name: "Put this down and go on later" }).click();
      const code = await page.locator("#code").innerText();
      assert.match(await page.locator("main").innerText(), /The boxes you ticked are not kept/);
      const other = await device(scripts);
      await other.goto(`${preview.url}/register/`);
      await other.getByRole("link", { name: "Go on with your code" }).click();
      await other.getByLabel("Code").fill(code);
      await other.keyboard.press("Enter");
      assert.equal(await other.inputValue("#shown_name"), "Ines Q.");
      assert.deepEqual(await ticked(other), []);
      // Whoever does not tick them is told, and nothing is sent.
      await check(other);
      assert.match(await other.locator(".summary").innerText(), /Tell us that they agreed to be listed/);
      assert.deepEqual(await ticked(other), []);
      for (const box of yes.slice(0, 4)) await other.check(`#${box}`);
      await send(other);
      await other.getByRole("button", { name: "Register somebody else" }).click();
      assert.deepEqual(await ticked(other), []);
      await Promise.all([page, other].map(page => page.context().close()));
    });

    test("a second version shows the boxes as they were ticked, and none once the text has changed to which they said yes", async () => {
      const page = await device(scripts);
      await page.goto(`${preview.url}/register/`);
      await fillRegistration(page, "Ines Q.", scripts ? "0775005" : "0775006");
      const pair = { reference: await send(page), code: await page.locator("#code").innerText() };
      await see(page, pair);
      await page.getByRole("button", { name: "Correct it" }).click();
      assert.deepEqual(await ticked(page), yes.slice(0, 4));

      const form = join(preview.root, "content/forms/register.yaml"), before = readFileSync(form, "utf8");
      try {
        writeFileSync(form, before.replace(/^wording: .*$/m, "wording: 2026-05-01"));
        for (let turn = 0; turn < 100 && (await ticked(page)).length; turn++) {
          await see(page, pair);
          await page.getByRole("button", { name: "Correct it" }).click();
        }
        assert.equal(await page.inputValue("#shown_name"), "Ines Q.");
        assert.deepEqual(await ticked(page), []);
      } finally {
        writeFileSync(form, before);
      }
      await page.context().close();
    });
  });
}

test("Back ticks no box that nobody ticked, with and without the cache of pages", async () => {
  for (const args of [[], ["--disable-features=BackForwardCache"]]) {
    for (const scripts of [true, false]) {
      const own = await openBrowser({ args });
      const page = await device(scripts, own);
      await page.goto(`${preview.url}/register/`);
      await fillRegistration(page, "Ines Q.", "0775007", some);
      await page.goto(`${preview.url}/families/`);
      await page.goBack();
      assert.equal(await page.inputValue("#shown_name"), "Ines Q.");
      assert.deepEqual((await ticked(page)).filter(box => !left.includes(box)), [], `${args}, scripts ${scripts}`);
      await own.close();
    }
  }
});

test("a draft that the browser keeps holds no box, and says so", async () => {
  const page = await device(true);
  await page.goto(`${preview.url}/register/`);
  await fillRegistration(page, "Ines Q.", "0775008");
  const stored = () => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.match(await stored(), /Ines Q\./);
  assert.doesNotMatch(await stored(), /consent_(asked|knows|adult|rules)|search_engines/);
  await page.locator("#draft-keep").click();
  assert.doesNotMatch(await stored(), /consent_(asked|knows|adult|rules)|search_engines/);
  await page.context().pages()[0].close({ runBeforeUnload: false });

  // Another day, in the same browser.
  const again = await page.context().newPage();
  await again.goto(`${preview.url}/register/`);
  assert.equal(await again.inputValue("#shown_name"), "Ines Q.");
  assert.ok(await again.isChecked("#consent_how-letter"), "what is no consent is as it was");
  assert.deepEqual(await ticked(again), []);
  assert.match(await again.locator("#draft-said").innerText(), /Tick again the boxes by which you say yes, on the day you send it/);
  for (let step = 1; step < 5; step++) await next(again);
  await check(again);
  assert.equal(await again.locator(".summary li").count(), 4, "each of the four is asked for");
  await page.context().close();
});

test("who deletes a draft leaves no box ticked", async () => {
  const page = await device(true);
  await page.goto(`${preview.url}/register/`);
  await fillRegistration(page, "Ines Q.", "0775009");
  await page.locator("#draft-delete").click();
  assert.deepEqual(await ticked(page), []);
  await page.context().close();
});
