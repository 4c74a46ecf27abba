// Pages of words as they are used: the helper for letters that came back, the consent on one sheet, a report of a death.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "./preview.mjs";

const { preview, browser } = await openSite();

const STAMPED = ["Refused", "No such number", "Moved", "Released", "Unable to forward", "insufficient postage", "No return address", "Language", "insufficient address", "Deceased", "No reason"];

test("without script the words on an envelope lead to what to do", async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } })).newPage();
  await page.goto(preview.url + "/how-it-works/#when-a-letter-comes-back");
  await page.locator("main").getByRole("link", { name: "A letter came back", exact: true }).click();
  for (const words of STAMPED) {
    const link = page.locator(".contents").getByRole("link", { name: new RegExp(words) });
    assert.equal(await link.count(), 1, words);
    await link.click();
    const heading = page.locator("h2:target");
    const said = await heading.evaluate(it => {
      const texts = [];
      for (let next = it.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) texts.push(next.innerText);
      return texts.join(" ");
    });
    assert.ok(said.split(/\s+/).length > 20, `${words}: ${said}`);
    const { y } = await heading.boundingBox();
    assert.ok(y >= 0 && y < 780, `${words} stands at ${y}`);
  }
  await page.context().close();
});

test("wherever a first name is called enough, mail that is scanned is set apart", async () => {
  const page = await browser.newPage();
  let said = 0;
  for (const path of ["/questions/", "/safety/", "/how-it-works/", "/came-back/", "/jail/", "/families/"]) {
    await page.goto(preview.url + path);
    for (const words of await page.locator("main p, main li", { hasText: /first name is enough/i }).allInnerTexts()) {
      assert.match(words, /scanned or copied[^]*full name and address/, path);
      said += 1;
    }
  }
  assert.ok(said >= 2, "the words are still there");
  await page.close();
});

test("every page from which a writer may ask leads to the helper", async () => {
  const page = await browser.newPage();
  for (const path of ["/questions/", "/how-it-works/", "/people/marcus-k7m2q/", "/tell-us/"]) {
    await page.goto(preview.url + path);
    assert.ok(await page.locator(`a[href^="/came-back/"]`).count() > 0, path);
  }
  await page.context().close();
});

test("the consent in short, with its slip and our address, is printed on one sheet", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/consent-letter/");
  const margin = { top: "0.4in", bottom: "0.4in", left: "0.4in", right: "0.4in" };
  for (const format of ["Letter", "A4"]) {
    const sheets = (await page.pdf({ format, margin })).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    assert.equal(sheets, 1, format);
  }
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByText("Date and signature").isVisible());
  assert.ok(await page.locator(".reach-block").getByText("PO Box 100").isVisible());
  await page.context().close();
});

test("a death is a report of its own, and is read today", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/tell-us/?about=marcus-k7m2q");
  await page.getByLabel("Someone has died").check();
  await page.fill("#details", "My brother died on Sunday.");
  await page.getByRole("button", { name: "Check your answers" }).click();
  await page.locator("form.paper > .actions button").click();
  const reference = await page.locator("#reference").innerText();
  const row = preview.review("list").stdout.split("\n").find(line => line.startsWith(reference));
  assert.match(row, / today /);
  await page.context().close();
});
