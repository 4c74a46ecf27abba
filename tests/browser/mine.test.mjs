// What families do with what they sent, by reference and code: look, add a photo, correct, take back. And the way out of a report.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fillRegistration, send } from "./forms.mjs";
import { openSite } from "./preview.mjs";

const { preview, browser } = await openSite();

/** Registers somebody; reference and code as the last page shows them. */
async function register(page, number) {
  await page.goto(preview.url + "/register/");
  await fillRegistration(page, "Teodora Q.", number);
  const reference = await send(page);
  return { reference, code: await page.locator("#code").innerText() };
}

/** Types the pair where the sent page and every notice lead. */
async function look(page, pair) {
  await page.goto(preview.url + "/send/mine");
  await page.fill("#reference", pair.reference.toLowerCase().replace("-", " "));
  await page.fill("#code", pair.code.toLowerCase());
  await page.getByRole("button", { name: "See where it stands" }).click();
}

const photo = bytes => ({ name: "my photo.txt", mimeType: "text/plain", buffer: bytes });

for (const scripts of [false, true]) {
  const how = scripts ? "with scripts" : "without scripts";
  const open = () => browser.newContext({ javaScriptEnabled: scripts }).then(context => context.newPage());

  test(`a photo joins a registration that is safe already, ${how}`, async () => {
    const page = await open();
    const pair = await register(page, scripts ? "0778001" : "0778002");
    const drawn = readFileSync(join(preview.root, "profiles/photos/marcus-k7m2q.jpg"));

    await page.getByRole("button", { name: "Send the photo" }).click();
    assert.match(await page.locator(".summary").innerText(), /Select a photo/);
    assert.match(await page.title(), /^Error: /);
    await page.setInputFiles("input[type=file]", photo(Buffer.from("GIF89a, and no photo")));
    await page.check("#consent_photo");
    await page.getByRole("button", { name: "Send the photo" }).click();
    assert.match(await page.locator(".summary").innerText(), /must be a JPG or PNG/);
    await page.setInputFiles("input[type=file]", photo(Buffer.alloc(4_200_000)));
    if (scripts) {
      assert.match(await page.locator("#photo-large:not(:empty)").innerText(), /smaller than 4 MB/, "told before it is sent");
      assert.equal(await page.inputValue("input[type=file]"), "");
    } else {
      await page.check("#consent_photo");
      await page.getByRole("button", { name: "Send the photo" }).click();
      assert.match(await page.locator(".summary").innerText(), /smaller than 4 MB/);
    }
    await page.setInputFiles("input[type=file]", photo(drawn));
    await page.check("#consent_photo");
    await page.getByRole("button", { name: "Send the photo" }).click();
    assert.match(await page.locator(".summary").innerText(), /The photo is here/);
    assert.equal(await page.locator("#code").innerText(), pair.code, "it is not yet written down by everybody");

    await look(page, pair);
    assert.match(await page.locator("main").innerText(), /Send another photo/);
    assert.ok(!page.url().includes(pair.code), "the code is in no address");
    assert.match(preview.review("show", pair.reference).stdout, /A photo of \d+ kB waits/);
    await page.context().close();
  });

  test(`what was sent is opened, mended and sent again under its reference, ${how}`, async () => {
    const page = await open();
    const pair = await register(page, scripts ? "0778005" : "0778006");
    await look(page, pair);
    await page.getByRole("button", { name: "Correct it" }).click();
    assert.match(await page.locator(".summary").innerText(), /This is what you sent/);
    assert.equal(await page.inputValue("#shown_name"), "Teodora Q.");
    assert.ok(await page.isChecked("#consent_asked"), "ticks stand as they were given");
    assert.equal(await page.locator("#put-down").count(), 0);
    assert.ok(!page.url().includes(pair.code), "the code is in no address");
    await page.fill("#shown_name", "");
    await page.getByRole("button", { name: "Check your answers" }).click();
    assert.match(await page.locator(".summary").innerText(), /Enter the name to show/);
    await page.fill("#shown_name", "Teodora of the bakery");
    await page.getByRole("button", { name: "Check your answers" }).click();
    assert.match(await page.locator("main .lead").innerText(), new RegExp(`Nothing has been changed yet.*${pair.reference}`));
    await page.getByRole("button", { name: "Change The name to show on the page" }).click();
    assert.equal(await page.inputValue("#shown_name"), "Teodora of the bakery", "the way back keeps the words and the pair");
    assert.equal(await send(page), pair.reference);
    assert.equal(await page.locator("#code").innerText(), pair.code);
    assert.match(await page.locator("main").innerText(), /takes the place of what you sent before/);

    const shown = preview.review("show", pair.reference).stdout;
    assert.match(shown, /corrected by its sender once, last on/);
    assert.match(shown, /Teodora of the bakery/);
    assert.ok(!shown.includes("Teodora Q."));
    assert.match(preview.review("show", pair.reference, "--earlier").stdout, /version 1 of 2[\s\S]*Teodora Q\.[\s\S]*Teodora of the bakery/);
    assert.match(preview.review("list").stdout, new RegExp(`${pair.reference}.*corrected once`));
    if (scripts) {
      await page.goto(preview.url + "/register/");
      assert.equal(await page.inputValue("#shown_name"), "", "what was corrected is not the next person's form");
    }
    await page.context().close();
  });

  test(`somebody looks, corrects, takes back, and is told afterwards that it is taken back, ${how}`, async () => {
    const page = await open();
    const pair = await register(page, scripts ? "0778003" : "0778004");
    await look(page, { ...pair, code: "2222-2222-2222" });
    assert.match(await page.locator(".summary").innerText(), /together they do not fit/);
    assert.equal(await page.inputValue("#reference"), pair.reference.toLowerCase().replace("-", " "), "what was typed is kept");
    await look(page, pair);
    assert.match(await page.locator("main").innerText(), /waiting for an editor/);

    await page.getByRole("button", { name: "Correct it" }).click();
    assert.match(await page.locator(".summary").innerText(), /Nothing changes until you do/);

    await look(page, pair);
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByRole("button", { name: "No, leave it" }).click();
    assert.match(await page.locator("main").innerText(), /waiting for an editor/);
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByRole("button", { name: "Yes, take it back" }).click();
    assert.match(await page.locator("main").innerText(), /deleted within a day/);
    assert.match(preview.review("list", "--all").stdout, new RegExp(`${pair.reference} +registration +withdrawn`));
    await look(page, pair);
    assert.match(await page.locator("main").innerText(), /It is taken back/);
    assert.equal(await page.locator("main form").count(), 0, "nothing more can be done with it");
    await page.context().close();
  });

  test(`a report can be left at once, and is neutral to whoever looks over a shoulder, ${how}`, async () => {
    const page = await open();
    await page.goto(preview.url + "/tell-us/");
    assert.ok(!/report|concern|abuse/i.test(page.url() + (await page.title())), "a neutral title and address");
    const leave = page.getByRole("link", { name: "Leave this page now" });
    assert.ok(await leave.isVisible());
    const to = new URL(await leave.getAttribute("href"));
    assert.notEqual(to.origin, preview.url);
    assert.match((await leave.getAttribute("rel")) ?? "", /noreferrer/);
    await page.check("#kind_of-concern");
    await page.fill("#details", "Somebody asked me for money in a letter, and then again in the next.");
    await page.getByRole("button", { name: "Check your answers" }).click();
    assert.ok(await page.getByRole("link", { name: "Leave this page now" }).isVisible(), "the way out stands on the next page too");
    await page.context().close();
  });
}
