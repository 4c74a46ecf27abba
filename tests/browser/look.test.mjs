// How pages look and feel on a phone and on a desk, in numbers: first screens, targets, words in one piece, nothing that moves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { kinds } from "./kinds.mjs";
import { openBrowser, startPreview } from "./preview.mjs";

const budget = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
let preview, browser;
before(async () => {
  preview = await startPreview();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  preview?.stop();
});

/** Opens a kind of page, looks at it, and closes it. */
async function on(kind, options, look) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await kinds(preview)[kind](page);
    await page.waitForLoadState("load");
    return await look(page);
  } finally {
    await context.close();
  }
}

const every = Object.keys(kinds({}));
const phone = { viewport: budget.phone };
const box = (page, selector) => page.locator(selector).first().boundingBox();

for (const kind of every.filter(kind => kind !== "gone")) {
  test(`the header leaves room for the page: ${kind}`, () =>
    on(kind, phone, async page => {
      await page.evaluate(() => scrollTo(0, 0));
      assert.ok((await box(page, "header.site")).height <= budget.header);
      assert.ok((await box(page, ".sample")).height <= budget.banner, "the banner is one line");
    }));
}

test("the first person stands on the first screen of the list", () =>
  on("people", phone, async page => assert.ok((await box(page, "#browse .card")).y <= budget.firstCard)));

test("people come before steps on the home page", () =>
  on("home", phone, async page => assert.ok((await box(page, ".card")).y < (await box(page, ".steps")).y)));

for (const javaScriptEnabled of [true, false]) {
  test(`the first button of a person leads to their letter, script ${javaScriptEnabled ? "on" : "off"}`, () =>
    on("person", { ...phone, javaScriptEnabled }, async page => {
      const button = page.getByRole("link", { name: "Write to Marcus", exact: true });
      const { y, height } = await button.boundingBox();
      assert.ok(y + height <= budget.writeButton, `it ends at ${y + height}`);
      await button.click();
      assert.ok((await box(page, "#write")).y < budget.phone.height / 2);
    }));
}

test("a photo is larger on a desk, and leads to the whole of it", async () => {
  const width = options => on("person", options, async page => (await box(page, ".who .photo")).width);
  assert.ok((await width(phone)) >= 140 && (await width({ viewport: { width: 1280, height: 900 } })) >= 245);
  await on("person", phone, async page => {
    const shown = await page.locator(".who .photo").getAttribute("href");
    assert.equal((await page.request.get(preview.url + shown)).status(), 200);
  });
});

/** The tallest part without anything in either column of a person's page, as a share of the screen, wherever one has scrolled to. */
const emptiest = page =>
  page.evaluate(async () => {
    const grid = document.querySelector(".person"), columns = [grid.querySelector("article"), grid.querySelector(".pane")];
    let worst = 0;
    for (let y = 0; y < grid.offsetHeight; y += 60) {
      scrollTo({ top: y, behavior: "instant" });
      const below = grid.querySelector(".more").getBoundingClientRect().top;
      const [from, to] = [Math.max(0, grid.getBoundingClientRect().top), Math.min(innerHeight, below)];
      for (const column of columns) {
        const { top, bottom } = column.getBoundingClientRect();
        const filled = Math.max(0, Math.min(bottom, to) - Math.max(top, from));
        worst = Math.max(worst, (to - from - filled) / innerHeight);
      }
    }
    return worst;
  });

test("no column of a person's page stands half empty on a desk", () =>
  on("people", { viewport: { width: 1280, height: 900 } }, async page => {
    const paths = await page.locator("#browse .card h3 a").evaluateAll(links => links.map(link => link.pathname));
    assert.ok(paths.length > 5);
    for (const path of paths) {
      await page.goto(preview.url + path);
      const worst = await emptiest(page);
      assert.ok(worst <= budget.emptyColumn, `${path}: ${worst.toFixed(2)} of a screen`);
    }
  }));

test("what is asked for stands in the summary of the folded search, and it opens without script", async () => {
  await on("found", phone, async page => {
    assert.equal(await page.locator(".fold-chosen").innerText(), "Jazz");
    assert.equal(await page.locator("#q").isVisible(), false);
    await page.locator(".fold > summary").click();
    assert.equal(await page.locator("#q").isVisible(), true);
  });
  await on("people", { ...phone, javaScriptEnabled: false }, async page => {
    await page.locator(".fold > summary").click();
    assert.equal(await page.locator("[data-facet=interest] > summary").isVisible(), true);
  });
  await on("people", { viewport: { width: 1280, height: 900 } }, async page => {
    assert.equal(await page.locator(".fold > summary").isVisible(), false, "a desk has room");
    assert.equal(await page.locator("#q").isVisible(), true);
  });
});

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

// What the function answers to a form cannot be loaded once more; it is made of the same parts.
const answers = ["error", "check", "stopped registration", "sent"];
// What moves there is what the visitor asked for: the people who were searched for, and the letter that was kept.
const asked = ["found", "letter", "letter by post from abroad"];

for (const kind of every) {
  test(`no word breaks inside itself: ${kind}`, () =>
    on(kind, { bypassCSP: true, viewport: { width: 1280, height: 900 } }, async page => {
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

  test(`what is pressed is large enough for a thumb: ${kind}`, () =>
    on(kind, phone, async page => {
      const small = await page.evaluate(least => {
        const isRunning = link => {
          const block = link.parentElement.closest("p, li, dd, label, h1, h2, h3, td, div, span:not(:empty)");
          const others = [...block.querySelectorAll("a, button")].reduce((words, other) => words.replace(other.textContent, ""), block.textContent);
          return getComputedStyle(link).display === "inline" && /\p{L}/u.test(others);
        };
        const wanted = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
        const shown = wanted.filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".trap, .skip, .sheets") && one.tabIndex >= 0 && !isRunning(one));
        return shown.flatMap(one => {
          const { width, height } = (one.closest(".check, .pick, .card") ?? one).getBoundingClientRect();
          return Math.min(width, height) < least - 0.5 ? [`${one.tagName} ${one.textContent.trim() || one.id}: ${Math.round(width)} x ${Math.round(height)}`] : [];
        });
      }, budget.target);
      assert.deepEqual(small, []);
    }));

  if (![...answers, ...asked].includes(kind)) test(`nothing moves while it loads on a slow line: ${kind}`, async () => {
    const context = await browser.newContext(phone);
    try {
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.shifts = [];
        const name = node => node?.parentElement?.closest("[id], [class]")?.outerHTML.slice(0, 70);
        new PerformanceObserver(list => list.getEntries().forEach(one => one.hadRecentInput || globalThis.shifts.push([one.value, name(one.sources[0]?.node)]))).observe({ type: "layout-shift", buffered: true });
      });
      await kinds(preview)[kind](page);
      const slow = await context.newCDPSession(page);
      await slow.send("Network.enable");
      await slow.send("Network.setCacheDisabled", { cacheDisabled: true });
      await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
      await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      // The way there is fast; the page itself comes slowly.
      await page.reload({ waitUntil: "load", timeout: 120_000 });
      // The preview asks again and again whether something is new, so the line is never quiet.
      await page.waitForTimeout(3000);
      const shifts = await page.evaluate(() => globalThis.shifts);
      const sum = shifts.reduce((sum, [value]) => sum + value, 0);
      assert.ok(sum <= budget.shift, `${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
    } finally {
      await context.close();
    }
  });

  test(`without a style sheet no picture fills the screen: ${kind}`, () =>
    on(kind, phone, async page => {
      await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").forEach(sheet => sheet.remove()));
      const widths = await page.locator("svg, img").evaluateAll(pictures => pictures.map(one => one.getBoundingClientRect().width));
      assert.ok(Math.max(0, ...widths) <= budget.unstyled, String(widths));
    }));
}

test("every page begins where the name of the site begins", async () => {
  for (const kind of every) {
    const [logo, heading] = await on(kind, { viewport: { width: 1280, height: 900 } }, async page => [(await box(page, ".brand")).x, (await box(page, "h1")).x]);
    if (kind !== "person" && kind !== "paused person") assert.ok(Math.abs(logo - heading) < 2, `${kind}: ${logo}, ${heading}`);
  }
});

test("the menu tells where one is, also in forced colors", async () => {
  const current = page => page.locator("nav [aria-current]").evaluateAll(links => links.map(link => `${link.innerText}: ${link.getAttribute("aria-current")}`));
  const where = kind => on(kind, phone, current);
  assert.deepEqual(await where("people"), ["Find someone: page"]);
  assert.deepEqual(await where("person"), ["Find someone: true"]);
  assert.deepEqual(await where("content"), ["How it works: page"]);
  assert.deepEqual(await where("writing page"), ["Write a letter: page"]);
  assert.deepEqual(await where("mail rules"), ["Mail rules: page"]);
  assert.deepEqual(await where("agency"), []);
  await on("people", { ...phone, forcedColors: "active" }, async page => {
    const lines = await page.locator("nav.main a").evaluateAll(links => links.map(link => getComputedStyle(link).borderBottomColor));
    assert.notEqual(lines[0], lines[1]);
    assert.equal(lines[1], lines[2]);
  });
});

test("who is kept is said to be kept, and where", () =>
  on("person", phone, async page => {
    const keep = page.locator("[data-keep]");
    assert.equal(await keep.innerText(), "Keep Marcus");
    await keep.click();
    assert.equal(await keep.innerText(), "Kept");
    assert.equal(await page.locator(".kept-now a").isVisible(), true);
    await keep.click();
    assert.equal(await keep.innerText(), "Keep Marcus");
    assert.equal(await page.locator(".kept-now a").isVisible(), false);
  }));

test("the foot of a page has three groups", () =>
  on("home", phone, async page => assert.deepEqual(await page.locator(".foot h2").allInnerTexts(), ["Write", "Families", "About us"])));

test("what is said of all agencies is said once", () =>
  on("mail rules", phone, async page => {
    for (const words of await page.locator("main section").allInnerTexts()) {
      const days = [...words.matchAll(/on \d+ \w+ 20\d\d/g)].map(([day]) => day);
      assert.equal(new Set(days).size, days.length, String(days));
    }
    for (const link of await page.locator(".jump a").all()) assert.equal(await page.locator(await link.getAttribute("href")).count(), 1);
  }));
