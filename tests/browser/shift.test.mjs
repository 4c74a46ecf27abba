// Nothing moves under a reader's eyes while a page comes, on a slow line and a slow phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { kinds, ways } from "./kinds.mjs";
import { openSite } from "./preview.mjs";

const budget = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
const { preview, browser } = await openSite();

// What the function answers to a form cannot be loaded once more; it is made of the same parts.
const answers = ["error", "check", "stopped registration", "sent"];

/** Counts what moves: how much, and what it was. */
const watch = () => {
  globalThis.shifts = [];
  const name = node => node?.parentElement?.closest("[id], [class]")?.outerHTML.slice(0, 70);
  new PerformanceObserver(list => list.getEntries().forEach(one => one.hadRecentInput || globalThis.shifts.push([one.value, name(one.sources[0]?.node)]))).observe({ type: "layout-shift", buffered: true });
};

/** Waits until all that was asked for has come, and nothing has changed since for a while. The preview's own question, whether
 * something is new, is never answered. */
function settling(page) {
  const open = new Set();
  page.on("request", request => request.url().includes("/_preview/") || open.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, request => open.delete(request));
  const quiet = () =>
    page.evaluate(
      () =>
        new Promise(done => {
          let last = setTimeout(done, 700);
          new MutationObserver(() => (clearTimeout(last), (last = setTimeout(done, 700)))).observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
        }),
    );
  return async () => {
    do await quiet();
    while (open.size);
  };
}

// They wait for the line more than they work.
describe("nothing moves while it loads on a slow line", { concurrency: 2 }, () => {
  for (const kind of ways.filter(kind => !answers.includes(kind))) {
    test(kind, async () => {
      const context = await browser.newContext({ viewport: budget.phone });
      try {
        const page = await context.newPage();
        await page.addInitScript(watch);
        await kinds(preview)[kind](page);
        const slow = await context.newCDPSession(page);
        await slow.send("Network.enable");
        await slow.send("Network.setCacheDisabled", { cacheDisabled: true });
        await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
        await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
        const settled = settling(page);
        // The way there is fast; the page itself comes slowly.
        await page.reload({ waitUntil: "load", timeout: 120_000 });
        await settled();
        const shifts = await page.evaluate(() => globalThis.shifts);
        const sum = shifts.reduce((sum, [value]) => sum + value, 0);
        assert.ok(sum <= budget.shift, `${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
      } finally {
        await context.close();
      }
    });
  }
});
