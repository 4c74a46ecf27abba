// Registering on a phone, as families do it: step by step, with the way back, away and on again, and a tab that was dropped.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fillRegistration, next, send } from "./forms.mjs";
import { openBrowser, openSite } from "./preview.mjs";

const { preview, browser } = await openSite();

const budget = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
const WORDS = "I bake bread and fix radios.\n\n- chess\n- gardens\nWrite me of yours.";
const open = async (scripts, more = {}) => {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 780 }, hasTouch: true, ...more });
  const page = await context.newPage();
  await page.goto(preview.url + "/register/");
  return page;
};
const progress = page => page.locator(".progress:visible").allInnerTexts();
const given = page => page.evaluate(() => Object.fromEntries(["shown_name", "mail_name", "introduction", "submitter_name"].map(id => [id, document.getElementById(id).value])));

for (const scripts of [true, false]) {
  const how = scripts ? "with scripts" : "without scripts";

  test(`one step is shown at a time, and each knows its place, ${how}`, async () => {
    const page = await open(scripts);
    assert.deepEqual(await progress(page), ["Step 1 of 5"]);
    assert.equal(await page.locator(".final").isVisible(), false);
    for (const step of [2, 3, 4, 5]) {
      await next(page);
      assert.deepEqual(await progress(page), [`Step ${step} of 5`]);
      assert.equal(await page.evaluate(() => document.activeElement.id), `step-${step}`);
    }
    assert.ok(await page.locator(".final button").isVisible());
    await page.goBack();
    assert.deepEqual(await progress(page), ["Step 4 of 5"]);
    const most = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(most < budget.step, `a step is ${most} px`);
    await page.context().close();
  });

  test(`interests are found by kind, what is chosen stays in sight, and so it does where much is wrong, ${how}`, async () => {
    const page = await open(scripts);
    await page.goto(preview.url + "/register/#step-3");
    const kind = name => page.locator(".kind", { has: page.locator("summary", { hasText: name }) });
    const shown = () => page.locator(".kind .check:visible").allInnerTexts();
    assert.deepEqual(await shown(), []);
    await kind("Games").locator("summary").click();
    await page.check("#interests-chess");
    await page.check("#interests-puzzles");
    await kind("Games").locator("summary").click();
    assert.deepEqual(await shown(), ["Chess", "Puzzles"]);
    if (scripts) assert.match(await kind("Games").locator("summary").innerText(), /2 chosen/);
    for (const _ of [4, 5]) await next(page);
    await page.getByRole("button", { name: "Check your answers" }).click();
    await page.locator(".summary").waitFor();
    await page.waitForLoadState("load");
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(high < budget.mistakes, `the page of mistakes is ${high} px`);
    await page.locator(".summary a[href='#looking_for-friendship']").click();
    assert.deepEqual(await shown(), ["Chess", "Puzzles"]);
    assert.match(await kind("Games").locator("summary").innerText(), /2 chosen/);
    await page.emulateMedia({ media: "print" });
    assert.ok((await shown()).length > 50, "nothing is folded on paper");
    await page.context().close();
  });

  test(`a question that waits for an answer is asked when it is given, and not sent when it is taken back, ${how}`, async () => {
    const page = await open(scripts);
    assert.equal(await page.locator("#other_facility").isVisible(), false);
    await page.selectOption("#facility", "other");
    await page.fill("#other_facility", "Pine Camp, Elm, Ohio");
    await page.selectOption("#other_agency", "unknown");
    assert.ok(await page.locator("#other_state").isVisible());
    await fillRegistration(page, "Odell Q.", "0777100");
    assert.equal(await page.locator("#postal").isVisible(), false);
    await page.getByRole("button", { name: "Check your answers" }).click();
    const answers = await page.locator("main").innerText();
    assert.doesNotMatch(answers, /Pine Camp|Postal address|Not provided[^]*year they expect/i);
    await page.context().close();
  });

  test(`each link of what is wrong leads to the words of its question, ${how}`, async () => {
    const page = await open(scripts);
    for (let step = 1; step < 5; step++) await next(page);
    await page.getByRole("button", { name: "Check your answers" }).click();
    const links = page.locator(".summary li a");
    const count = await links.count();
    assert.ok(count > 10, `${count} links`);
    for (let at = 0; at < count; at++) {
      await links.nth(at).click();
      const id = await links.nth(at).getAttribute("href");
      const seen = await page.locator(id).evaluate(field => {
        const all = field.closest(".field");
        const top = element => element.getBoundingClientRect().top;
        return { words: top(all.querySelector("label, legend")), error: top(all.querySelector(".error")), field: top(field), high: innerHeight };
      });
      assert.ok(seen.words >= 0 && seen.error >= 0 && seen.field < seen.high, `${id}: ${JSON.stringify(seen)}`);
      await page.evaluate(() => scrollTo(0, 0));
    }
    await page.context().close();
  });

  test(`the check page shows the card and the page as they will look, ${how}`, async () => {
    const page = await open(scripts);
    await fillRegistration(page, "Ines Q.", "0777101");
    await page.getByRole("button", { name: "Check your answers" }).click();
    const card = await page.locator(".look .card").innerText();
    assert.match(card, /Ines Q\.[^]*Millford, Franklin[^]*I <b>bake<\/b>[^]*Chess/);
    await page.getByText("See the beginning of the page").click();
    assert.match(await page.locator(".look-page .voice-text").innerText(), /!!python\/none and & more/);
    await page.context().close();
  });

  test(`Change leads to the question, and back to all answers, ${how}`, async () => {
    const page = await open(scripts);
    await fillRegistration(page, "Ines Q.", "0777102");
    await page.getByRole("button", { name: "Check your answers" }).click();
    await page.getByRole("button", { name: /Change An introduction/ }).click();
    await page.waitForLoadState();
    assert.deepEqual(await progress(page), ["Step 2 of 5"]);
    await page.fill("#introduction", WORDS);
    await page.getByRole("button", { name: "Check your answers" }).click();
    assert.match(await page.locator(".answers").nth(1).innerText(), /fix radios/);
    await page.context().close();
  });
}

// With and without the browser's memory of whole pages; with the head of a page as it is published.
for (const kept of [true, false]) {
  test(`Back from the answers, and from another page, brings back all that was typed, ${kept ? "with" : "without"} the cache of pages`, async () => {
    for (const scripts of [true, false]) {
      const own = kept ? browser : await openBrowser({ args: ["--disable-features=BackForwardCache"] });
      const page = await (await own.newContext({ javaScriptEnabled: scripts })).newPage();
      await page.route("**/register/", async route => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, headers: { ...answer.headers(), "cache-control": "public, max-age=0, must-revalidate" } });
      });
      await page.goto(preview.url + "/register/");
      await fillRegistration(page, "Ruben Q.", "0777103");
      const before = await given(page);
      await page.getByRole("button", { name: "Check your answers" }).click();
      await page.goBack();
      assert.deepEqual(await given(page), before, `from the answers, scripts ${scripts}`);
      assert.ok(await page.isChecked("#consent_knows"));
      await page.goto(preview.url + "/families/");
      await page.goBack();
      assert.deepEqual(await given(page), before, `from another page, scripts ${scripts}`);
      await page.context().close();
      if (!kept) await own.close();
    }
  });
}

test("what was typed outlives a reload and another page; with a word it outlives the tab; one click deletes it; sending does too", async () => {
  const page = await open(true);
  await page.fill("#shown_name", "Ruben Q.");
  await page.reload();
  assert.equal(await page.inputValue("#shown_name"), "Ruben Q.");
  assert.match(await page.locator("#draft").innerText(), /stays in this tab/);
  // Another tab knows nothing of it, until somebody asks for that.
  const other = await page.context().newPage();
  await other.goto(preview.url + "/register/");
  assert.equal(await other.inputValue("#shown_name"), "");
  await page.locator("#draft-keep").click();
  assert.match(await page.locator("#draft").innerText(), /kept on this device until/);
  await page.close();
  const again = await other.context().newPage();
  await again.goto(preview.url + "/register/");
  assert.equal(await again.inputValue("#shown_name"), "Ruben Q.");
  await again.locator("#draft-delete").click();
  assert.equal(await again.inputValue("#shown_name"), "");
  await again.reload();
  assert.equal(await again.inputValue("#shown_name"), "");
  await fillRegistration(again, "Ruben Q.", "0777104");
  await send(again);
  await again.goto(preview.url + "/register/");
  assert.equal(await again.inputValue("#shown_name"), "");
  await page.context().close();
});

test("on paper every question stands with room for its answer, its lists in words, and where to post it", async () => {
  const page = await open(true);
  await page.emulateMedia({ media: "print" });
  for (const id of ["shown_name", "other_facility", "other_agency", "introduction", "release_year", "consent_asked", "email", "postal"]) {
    assert.ok(await page.locator(`#${id}`).isVisible(), `${id} is missing on paper`);
  }
  assert.match(await page.locator(".field", { has: page.locator("#release_year") }).innerText(), /Only if you chose/);
  assert.match(await page.locator(".field", { has: page.locator("#introduction_language") }).innerText(), /English · Spanish/);
  assert.equal(await page.locator("#facility").evaluate(list => getComputedStyle(list).color), "rgba(0, 0, 0, 0)", "an empty list says nothing where one writes");
  assert.match(await page.locator("form.paper").innerText(), /post it to:\s+Inside Out Connects\s+PO Box 100/);
  await page.emulateMedia({ media: "screen" });
  assert.equal(await page.locator(".on-paper:visible, .only-if:visible").count(), 0);
  // What was typed is not cut where its box ends.
  await page.goto(preview.url + "/register/#step-2");
  await page.fill("#introduction", "One more line.\n".repeat(60));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("#introduction").evaluate(box => box.scrollHeight <= box.clientHeight + 2));
  await page.context().close();
});

test("what may be done with a draft stands at the edge of its line", async () => {
  const page = await open(true);
  const { left, rows } = await page.evaluate(() => {
    const rows = [...document.querySelectorAll(".draft > :not([hidden]):not(:empty)")].map(part => {
      const range = document.createRange();
      range.selectNodeContents(part);
      return [...range.getClientRects()].filter(row => row.width > 0).map(row => row.left);
    });
    return { left: document.querySelector(".draft").getBoundingClientRect().left, rows: rows.flat() };
  });
  assert.ok(rows.length > 2 && rows.every(row => Math.abs(row - left) < 2), `${left}: ${rows}`);
  await page.context().close();
});

test("a report of harm leaves nothing in the browser", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(preview.url + "/tell-us/");
  await page.check("#kind_of-concern");
  await page.fill("#details", "He asks me for money.");
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await page.context().close();
});
