// Pages of words as they are used: the consent on one sheet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
