// How pages look and feel on a phone and on a desk, in numbers: first screens, targets, nothing wider than the window.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { kinds, onePage, ways } from "./kinds.mjs";
import { openSite } from "./preview.mjs";

const budget = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
const { preview, browser } = await openSite();

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

const phone = { viewport: budget.phone };
const box = (page, selector) => page.locator(selector).first().boundingBox();

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

// Each page is opened once, and goes through all of these in this order: the last takes its style away.
for (const kind of ways) {
  describe(`${kind}, on a phone`, () => {
    const look = onePage(preview, browser, kind, phone);

    if (kind !== "gone") test("the header leaves room for the page", look(async page => {
      await page.evaluate(() => scrollTo(0, 0));
      assert.ok((await box(page, "header.site")).height <= budget.header);
      assert.ok((await box(page, ".sample")).height <= budget.banner, "the banner is one line");
    }));

    test("what is pressed is large enough for a thumb", look(async page => {
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

    test("nothing scrolls sideways at 320 px", look(async page => {
      await page.setViewportSize({ width: 320, height: 700 });
      const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(inside <= window, `${inside} px in a window of ${window} px`);
    }));

    // A person's page begins with their photo.
    if (!["person", "paused person"].includes(kind)) test("it begins where the name of the site begins", look(async page => {
      await page.setViewportSize({ width: 1280, height: 900 });
      const [logo, heading] = [(await box(page, ".brand")).x, (await box(page, "h1")).x];
      assert.ok(Math.abs(logo - heading) < 2, `${logo}, ${heading}`);
    }));

    test("the browser refuses nothing under the production policy", look(async page => assert.deepEqual(page.refused, [])));

    test("without a style sheet no picture fills the screen", look(async page => {
      await page.setViewportSize(budget.phone);
      await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").forEach(sheet => sheet.remove()));
      const widths = await page.locator("svg, img").evaluateAll(pictures => pictures.map(one => one.getBoundingClientRect().width));
      assert.ok(Math.max(0, ...widths) <= budget.unstyled, String(widths));
    }));
  });
}

test("the letter begins soon on a phone, whoever it is for", () =>
  on("writing page", phone, async page => {
    for (const id of ["marcus-k7m2q", "lamar-t3uyk", "abdi-n7vx7"]) {
      await page.goto("about:blank");
      await page.goto(`${preview.url}/write/#to=${id}`);
      await page.locator("#letter-page[data-ready]").waitFor();
      const order = await page.evaluate(() => ["heading", "first-rules", "letter", "envelope"].map(id => document.getElementById(id).getBoundingClientRect().top));
      assert.deepEqual(order, order.toSorted((a, b) => a - b));
      assert.ok(order[2] < budget.letter, `${id}: ${order[2]}`);
    }
  }));

test("the page of all agencies is short on a phone, and whole on paper", () =>
  on("mail rules", phone, async page => {
    assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) < budget.mail);
    for (const fold of ["services"]) {
      const lines = page.locator(`section:has(#${fold}) .folded > :not(summary)`);
      assert.equal(await lines.first().isVisible(), false);
      await page.emulateMedia({ media: "print" });
      assert.equal(await lines.first().isVisible(), true);
      await page.emulateMedia({ media: "screen" });
    }
  }));

test("beside a page of words stands what it holds, where there is room", () =>
  on("content", { viewport: { width: 1280, height: 900 } }, async page => {
    for (const path of ["/how-it-works/", "/about/", "/jail/", "/safety/"]) {
      await page.goto(preview.url + path);
      const [words, list] = [await box(page, ".prose"), await box(page, ".contents")];
      assert.ok(list.x > words.x + words.width, path);
      const free = 1 - (list.x + list.width) / 1280;
      assert.ok(free < budget.empty, `${path}: ${free}`);
      await page.evaluate(() => scrollTo({ top: 1200, behavior: "instant" }));
      assert.ok((await box(page, ".contents")).y >= 0, "it stays in sight");
      await page.setViewportSize(budget.phone);
      const below = await box(page, ".prose");
      assert.ok(below.x < 40, "on a phone it stands above");
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  }));

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
