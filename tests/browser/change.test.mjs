// A change of a page that is up: it starts from what the page says, only what changes is sent, and a new photo follows it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { length } from "../../templates/assets/form.js";
import { send } from "./forms.mjs";
import { openSite } from "./preview.mjs";

const { preview, browser } = await openSite();
const WORDS = "I fix radios, and now I build them.";

/** From the person's own page, as their family goes. */
async function begin(page) {
  await page.goto(`${preview.url}/people/marcus-k7m2q/`);
  await page.getByRole("link", { name: "Change or take down this page" }).click();
}

async function aboutMe(page, name) {
  await page.check("#who-family");
  await page.check("#consent_asked");
  await page.fill("#submitter_name", name);
  await page.check("#contact_by-post");
  await page.fill("#postal", "1 Example Street\nExample City");
}

const check = page => page.getByRole("button", { name: "Check your answers" }).click();
const answers = page => page.locator("main").innerText();

for (const scripts of [false, true]) {
  const how = scripts ? "with scripts" : "without scripts";
  const open = () => browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 780 } }).then(context => context.newPage());

  test(`a change starts from what the page says, and the same words are no change, ${how}`, async () => {
    const page = await open();
    await begin(page);
    assert.equal(await page.inputValue("#about"), "marcus-k7m2q");
    for (const hidden of ["#details", "#number", "#release_year", "#facility", "#shown_name"]) assert.equal(await page.isVisible(hidden), false, `${hidden} is asked before anybody chose it`);
    await page.check("#change-words");
    await page.check("#change-release");
    assert.match(await page.locator("#details-limit").innerText(), scripts ? /^\d{3} of 2,400 characters\.$/ : /^2,400 characters at most\.$/);
    assert.match(await page.inputValue("#details"), /^I fix radios\.[^]*\n\nThe one on my shelf/);
    assert.equal(await page.inputValue("#release_year"), "2031");
    assert.ok(await page.isChecked("#release-year"));
    await aboutMe(page, `Ana, ${how}`);
    await check(page);
    assert.match(await page.locator(".summary").innerText(), /The new words for the page: this is what the page says now[^]*released: this is what the page says now/);
    assert.match(await page.inputValue("#details"), /I fix radios/, "nothing is lost");

    await page.fill("#details", `${WORDS} ${await page.inputValue("#details")}`);
    await page.uncheck("#change-release");
    await check(page);
    const all = await answers(page);
    assert.match(all, /and now I build them/);
    assert.doesNotMatch(all, /left out|0123456|2031|Chess/, "what nobody changes is not in it");
    await page.getByRole("button", { name: /Change The new words/ }).click();
    assert.match(await page.inputValue("#details"), /and now I build them/);
    const reference = await send(page);
    const shown = preview.review("show", reference).stdout;
    assert.match(shown, /and now I build them/);
    assert.doesNotMatch(shown, /0123456/);
    await page.context().close();
  });

  test(`a new photo is sent after the change, and waits with it, ${how}`, async () => {
    const page = await open();
    await begin(page);
    await page.check("#change-photo");
    await page.check("#photo_change-another");
    await aboutMe(page, `Ana with a photo, ${how}`);
    const reference = await send(page);
    const code = await page.locator("#code").innerText();
    assert.match(await answers(page), /Now send the new photo/);
    assert.match(preview.review("show", reference).stdout, /has not come yet/);
    await page.goto(`${preview.url}/send/mine`);
    await page.fill("#reference", reference);
    await page.fill("#code", code);
    await page.getByRole("button", { name: "See where it stands" }).click();
    await page.setInputFiles("input[type=file]", { name: "new.jpg", mimeType: "image/jpeg", buffer: readFileSync(join(preview.root, "profiles/photos/marcus-k7m2q.jpg")) });
    await page.check("#consent_photo");
    await page.getByRole("button", { name: "Send the photo" }).click();
    assert.match(await page.locator(".summary").innerText(), /The photo is here/);
    assert.match(preview.review("show", reference).stdout, /A photo of \d+ kB waits[^]*profiles\/photos\/marcus-k7m2q\.jpg/);
    await page.context().close();
  });
}

test("what was typed over the words of a page outlives a reload, and what nobody touched is as the page says", async () => {
  const page = await (await browser.newContext()).newPage();
  await begin(page);
  await page.check("#change-words");
  await page.fill("#details", WORDS);
  await page.check("#change-called");
  await page.fill("#pronouns", "");
  await page.reload();
  assert.equal(await page.inputValue("#details"), WORDS);
  assert.equal(await page.inputValue("#pronouns"), "", "what was taken out stays out");
  assert.equal(await page.inputValue("#shown_name"), "Marcus T.");
  assert.match(await page.locator("#draft-said").innerText(), /Here is what you typed before/);
  await page.evaluate(() => {
    // As if the page had said something else when this was kept.
    const key = Object.keys(sessionStorage).find(name => name.startsWith("inside-out-draft"));
    const swap = pairs => pairs.map(([name, value]) => [name, name === "number" ? "0000000" : value]);
    const { answers, given, until } = JSON.parse(sessionStorage[key]);
    sessionStorage[key] = JSON.stringify({ until, answers: swap(answers), given: swap(given) });
  });
  await page.reload();
  assert.equal(await page.inputValue("#number"), "0123456");
  assert.equal(await page.inputValue("#details"), WORDS);
  await page.context().close();
});

test("an introduction is counted as the check counts it, once one pauses, and nobody is kept from typing", async () => {
  const texts = JSON.parse(readFileSync(new URL("../../crates/schema/src/form/lengths.json", import.meta.url)));
  for (const [text, count] of texts) assert.equal(length(text), count, JSON.stringify(text));
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${preview.url}/register/#step-2`);
  const said = page.locator("#introduction-limit");
  assert.equal(await said.innerText(), "2,400 characters at most.");
  await page.fill("#introduction", "  Hello there\n");
  await page.locator("#introduction-limit", { hasText: "11 of 2,400 characters." }).waitFor();
  await page.fill("#introduction", "x".repeat(2403));
  await page.locator("#introduction-limit", { hasText: "2,403 of 2,400 characters: 3 too many." }).waitFor();
  assert.equal((await page.inputValue("#introduction")).length, 2403);
  assert.equal(await said.getAttribute("role"), "status");
  assert.match((await page.getAttribute("#introduction", "aria-describedby")) ?? "", /introduction-limit/);
  await page.context().close();
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${preview.url}/register/#step-2`);
  assert.equal(await plain.locator("#introduction-limit").innerText(), "2,400 characters at most.");
  await plain.context().close();
});
