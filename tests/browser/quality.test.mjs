// Every kind of page: axe in light and dark at two widths, nothing wider than the window at 320 px, the headers of production.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { kinds } from "./kinds.mjs";
import { openBrowser, startPreview } from "./preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let preview, browser;
before(async () => {
  preview = await startPreview();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  preview?.stop();
});

// The tests are named before there is a preview to go to.
const go = async (kind, page) => {
  await kinds(preview)[kind](page);
  // What was pressed for has come, and perhaps not yet its style sheet.
  await page.waitForLoadState("load");
};
for (const kind of Object.keys(kinds({}))) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      test(`axe finds nothing: ${kind}, ${colorScheme}, ${width} px`, async () => {
        // The policy of production forbids what axe does; it is tested below, and set aside here.
        const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
        const page = await context.newPage();
        await go(kind, page);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        assert.deepEqual(violations.map(found => `${found.id}: ${found.nodes.map(node => node.html).slice(0, 3).join(" ")}`), []);
        await context.close();
      });
    }
  }

  test(`nothing scrolls sideways at 320 px: ${kind}`, async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
    const page = await context.newPage();
    const refused = [];
    page.on("console", message => message.type() === "error" && !/404|422/.test(message.text()) && refused.push(message.text()));
    await go(kind, page);
    const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inside <= window, `${inside} px in a window of ${window} px`);
    assert.deepEqual(refused, [], "the browser refused something under the production policy");
    await context.close();
  });
}

test("every answer carries the production headers", async () => {
  for (const path of ["/", "/send/tell-us", "/nothing-here/", "/send/nothing"]) {
    const { headers } = await fetch(preview.url + path);
    assert.match(headers.get("content-security-policy"), /^default-src 'none'; /, path);
    for (const name of ["strict-transport-security", "x-content-type-options", "referrer-policy", "x-frame-options"]) assert.ok(headers.get(name), `${path} ${name}`);
    assert.equal(headers.get("set-cookie"), null);
  }
});
