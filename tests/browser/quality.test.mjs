// Every kind of page: axe in light and dark at two widths, nothing wider than the window at 320 px, the headers of production.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
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

const plain = path => page => page.goto(preview.url + path);
const pages = {
  home: plain("/"),
  people: plain("/people/"),
  facility: plain("/facilities/river-bend/"),
  interests: plain("/interests/"),
  person: plain("/people/marcus-k7m2q/"),
  content: plain("/how-it-works/"),
  contact: plain("/contact/"),
  form: plain("/register/"),
  "not found": plain("/nothing-here/"),
  error: async page => {
    await page.goto(preview.url + "/register/#step-5");
    await page.getByRole("button", { name: "Check your answers" }).click();
  },
  check: toCheck,
  "stopped registration": async page => {
    await page.goto(preview.url + "/register/");
    await page.selectOption("#facility", await page.locator("#facility optgroup[label=Lincoln] option").first().getAttribute("value"));
    await page.getByRole("button", { name: "Read what its rule says" }).click();
    await page.getByRole("heading", { name: /does not allow/ }).waitFor();
  },
  "mail rules": plain("/mail/"),
  agency: plain("/mail/florida-doc/"),
  "writing page": plain("/write/"),
  letter: async page => {
    await page.goto(preview.url + "/write/#to=marcus-k7m2q");
    await page.locator("#letter-page[data-ready]").waitFor();
    await page.selectOption("#way", "pigeonpost");
    await page.fill("#letter", `${"One more sentence about “radios”. ".repeat(200)} Call 555-123-4567.`);
  },
  "paused person": plain("/people/andre-2fgxz/"),
  refusal: plain("/send/nothing"),
  sent: async page => {
    await toCheck(page);
    await page.locator("form.paper > .actions button").click();
  },
};

async function toCheck(page) {
  await page.goto(preview.url + "/tell-us/");
  await page.check("#kind_of-moved");
  await page.fill("#details", "They moved in May.");
  await page.getByRole("button", { name: "Check your answers" }).click();
}

for (const [kind, go] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      test(`axe finds nothing: ${kind}, ${colorScheme}, ${width} px`, async () => {
        // The policy of production forbids what axe does; it is tested below, and set aside here.
        const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
        const page = await context.newPage();
        await go(page);
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
    await go(page);
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
