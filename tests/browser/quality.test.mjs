// Every kind of page: axe in light and dark at two widths, words in one piece in the letters of other machines, the headers of production.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { onePage, ways } from "./kinds.mjs";
import { openSite } from "./preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { preview, browser } = await openSite();

// The letters of this machine are wide. Others are emulated by their width beside these.
const metrics = { DejaVu: 100, "like Segoe": 91, "like Roboto": 87 };
const letters = adjust => `
  @font-face { font-family: sans; src: local("DejaVu Sans"); size-adjust: ${adjust}%; }
  @font-face { font-family: serif-like; src: local("DejaVu Serif"); size-adjust: ${adjust}%; }
  :root { --sans: sans; --serif: serif-like; }`;

/** Words that begin on one line and end on another. Addresses of mail and pages may break: they have no other place to. */
const broken = page =>
  page.evaluate(() => {
    const found = new Set(), range = document.createRange(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (parentElement.closest("script, style, template, select, textarea, .visually-hidden, .sheets") || !parentElement.checkVisibility()) continue;
      for (const { 0: word, index } of data.matchAll(/[\p{Script=Latin}\p{N}’']{2,}/gu)) {
        const around = data.slice(0, index).match(/\S*$/)[0] + data.slice(index).match(/^\S*/)[0];
        if (/@|:\/\//.test(around)) continue;
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + word.length);
        const rows = [...range.getClientRects()].filter(row => row.width > 0).map(row => Math.round(row.top));
        if (Math.max(...rows) - Math.min(...rows) > 6) found.add(word);
      }
    }
    return [...found];
  });

// The policy of production forbids what axe does, and letters of the test's own; it is tested in `look`, and set aside here. Colors
// come at once, so that axe sees them as they stay.
const options = { bypassCSP: true, reducedMotion: "reduce", viewport: { width: 360, height: 900 } };

for (const kind of ways) {
  describe(`${kind}, read closely`, () => {
    const look = onePage(preview, browser, kind, options);

    for (const width of [360, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        test(`axe finds nothing: ${colorScheme}, ${width} px`, look(async page => {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(found => `${found.id}: ${found.nodes.map(node => node.html).slice(0, 3).join(" ")}`), []);
        }));
      }
    }

    test("no word breaks inside itself", look(async page => {
      const faults = [];
      for (const [name, adjust] of Object.entries(metrics)) {
        await page.addStyleTag({ content: letters(adjust) });
        await page.evaluate(() => document.fonts.ready);
        for (const width of [320, 360, 414, 600, 768, 1024, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          faults.push(...(await broken(page)).map(word => `${name}, ${width} px: ${word}`), ...(wide > 0 ? [`${name}: ${wide} px wider than ${width} px`] : []));
        }
      }
      assert.deepEqual(faults, []);
    }));
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
