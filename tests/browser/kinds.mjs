// Every kind of page and state, and the way to each: what is tested of all of them, and what is looked at.
import { after, before } from "node:test";

/** The way to each page of a preview. */
export function kinds(preview) {
  const plain = path => page => page.goto(preview.url + path);
  async function toCheck(page) {
    await page.goto(preview.url + "/tell-us/");
    await page.check("#kind_of-moved");
    await page.fill("#details", "They moved in May.");
    await page.getByRole("button", { name: "Check your answers" }).click();
    await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  }
  async function keep(page, ...ids) {
    for (const id of ids) {
      await page.goto(`${preview.url}/people/${id}/`);
      await page.locator("[data-keep]").click();
      await page.locator("[data-keep][aria-pressed=true]").waitFor();
    }
  }
  return {
    home: plain("/"),
    people: plain("/people/"),
    found: async page => {
      await page.goto(`${preview.url}/people/?interest=jazz`);
      await page.locator("#results .card").first().waitFor();
    },
    facility: plain("/facilities/river-bend/"),
    interests: plain("/interests/"),
    facilities: plain("/facilities/"),
    person: plain("/people/marcus-k7m2q/"),
    "paused person": plain("/people/andre-2fgxz/"),
    kept: async page => {
      await keep(page, "marcus-k7m2q", "abdi-n7vx7");
      await page.goto(`${preview.url}/kept/`);
      await page.locator(".kept-list address:not(:empty)").nth(1).waitFor();
    },
    content: plain("/how-it-works/"),
    consent: plain("/consent/"),
    contact: plain("/contact/"),
    form: plain("/register/"),
    "not found": plain("/nothing-here/"),
    gone: plain("/410.html"),
    error: async page => {
      await page.goto(`${preview.url}/register/#step-5`);
      await page.getByRole("button", { name: "Check your answers" }).click();
      await page.locator(".summary").waitFor();
    },
    change: async page => {
      await page.goto(`${preview.url}/send/update?about=marcus-k7m2q`);
      for (const what of ["words", "likes", "called", "photo"]) await page.check(`#change-${what}`);
    },
    check: toCheck,
    "stopped registration": async page => {
      await page.goto(`${preview.url}/register/`);
      await page.selectOption("#facility", await page.locator("#facility optgroup[label=Lincoln] option").first().getAttribute("value"));
      await page.getByRole("button", { name: "Read what its rule says" }).click();
      await page.getByRole("heading", { name: /does not allow/ }).waitFor();
    },
    "mail rules": plain("/mail/"),
    agency: plain("/mail/florida-doc/"),
    "writing page": plain("/write/"),
    letter: async page => {
      await page.goto(`${preview.url}/write/#to=marcus-k7m2q`);
      await page.locator("#letter-page[data-ready]").waitFor();
      await page.selectOption("#way", "pigeonpost");
      await page.fill("#letter", `${"One more sentence about “radios”. ".repeat(200)} Call 555-123-4567.`);
    },
    "letter by post from abroad": async page => {
      await page.goto(`${preview.url}/write/#to=lamar-t3uyk`);
      await page.locator("#letter-page[data-ready]").waitFor();
      await page.fill("#sender", "Ana Gomez\n12 Elm Street\nLeeds LS1 4AP\nEngland");
      await page.fill("#letter", "One more sentence about radios. ".repeat(200));
      await page.check("#abroad");
      for (const fold of await page.locator(".letter-desk summary").all()) await fold.click();
    },
    "came back": plain("/came-back/"),
    "consent letter": plain("/consent-letter/"),
    refusal: plain("/send/nothing"),
    sent: async page => {
      await toCheck(page);
      await page.locator("form.paper > .actions button").click();
      await page.locator("#reference").waitFor();
    },
    status: plain("/send/mine"),
  };
}

/** The names of the kinds. */
export const ways = Object.keys(kinds({}));

/** Within a group of tests: one page of a kind, opened once, which each of them looks at in turn. `page.refused` holds what the
 * browser has refused so far. */
export function onePage(preview, browser, kind, options) {
  let page;
  before(async () => {
    page = await (await browser.newContext(options)).newPage();
    page.refused = [];
    page.on("console", message => message.type() === "error" && !/404|422/.test(message.text()) && page.refused.push(message.text()));
    await kinds(preview)[kind](page);
    // What was pressed for has come, and perhaps not yet its style sheet.
    await page.waitForLoadState("load");
  });
  after(() => page?.context().close());
  return look => () => look(page);
}
