// Three journeys from the home page to their end on a phone, each by touch alone and by keyboard alone, and how much they ask of a
// hand; and the two pages on which most is typed, as a screen reader tells of them.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { wayOn } from "./forms.mjs";
import { readAnswers, openSite } from "./preview.mjs";

const budget = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
const { preview, browser } = await openSite();

/** A finger: every tap counts, those on a list and on one of its options too. */
const touch = page => {
  const hand = { effort: 0 };
  const tap = async field => (hand.effort++, field.tap());
  return Object.assign(hand, {
    press: tap,
    type: async (field, words) => (await tap(field), page.keyboard.insertText(words)),
    pick: async (field, label) => (await tap(field), hand.effort++, field.selectOption({ label })),
  });
};

/** A keyboard: every key counts that is no letter of what is typed. */
const keyboard = page => {
  const hand = { effort: 0 };
  const key = async name => (hand.effort++, page.keyboard.press(name));
  const reach = async (field, name) => {
    for (let press = 0; press < 120; press++) {
      if (await field.evaluate(it => it === document.activeElement)) return;
      // Tab reaches one of the circles that belong together, the arrows the others.
      const among = name && (await page.evaluate(name => document.activeElement.name === name, name));
      await key(among ? "ArrowDown" : "Tab");
    }
    assert.fail(`the keyboard never reaches ${field}`);
  };
  return Object.assign(hand, {
    press: async field => {
      const { type, name } = await field.evaluate(({ type, name }) => ({ type, name }));
      await reach(field, type === "radio" ? name : "");
      if (type !== "radio") await key(type === "checkbox" ? "Space" : "Enter");
      else if (!(await field.isChecked())) await key("Space");
    },
    type: async (field, words) => (await reach(field), page.keyboard.insertText(words)),
    pick: async (field, label) => (await reach(field), page.keyboard.type(label)),
  });
};

const link = (page, name) => page.getByRole("link", { name, exact: true }).first();
const button = (page, name) => page.getByRole("button", { name });

async function letter(page, hand) {
  await hand.press(page.locator(".card:not(:has(.tag)) h3 a").first());
  await hand.press(page.locator("main").getByRole("link", { name: /^Write to / }).first());
  await hand.press(link(page, "Write the letter here"));
  await page.locator("#letter-page[data-ready]").waitFor();
  await hand.type(page.locator("#letter"), "Hello, I read your page and liked it.\nAna Gomez");
  await hand.type(page.locator("#sender"), "Ana Gomez\n12 Elm Street\nMillford, FK 00412");
  await hand.press(page.locator("#print"));
  assert.ok(await page.evaluate(() => globalThis.isPrinted && document.querySelector(".sheet-text").textContent.includes("I read your page")));
}

/** From the last question to the reference. */
async function send(page, hand) {
  await hand.press(button(page, "Check your answers"));
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  await readAnswers(page);
  await hand.press(page.locator("form.paper > .actions button"));
  assert.match(await page.locator("#reference").innerText(), /^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
}

const next = async (page, hand) => hand.press(await wayOn(page));

async function register(page, hand, number) {
  const at = id => page.locator(`#${id}`);
  await hand.press(link(page, "Register"));
  await hand.type(at("shown_name"), "Lionel Q.");
  await hand.type(at("mail_name"), "Lionel Q. Example");
  await hand.pick(at("facility"), await page.locator("#facility option[value=river-bend]").innerText());
  await hand.type(at("number"), number);
  await hand.type(at("birth_year"), "1990");
  await next(page, hand);
  await hand.type(at("introduction"), "I bake bread, I read about the sea, and I would like to hear how your days go by.");
  await hand.pick(at("introduction_language"), "English");
  await hand.press(at("languages-en"));
  await next(page, hand);
  await hand.press(page.locator(".kind summary", { hasText: "Games" }));
  await hand.press(at("interests-chess"));
  await hand.press(at("looking_for-friendship"));
  await hand.press(at("release-unknown"));
  await next(page, hand);
  for (const tick of ["asked", "knows", "adult", "rules", "how-letter"]) await hand.press(at(`consent_${tick}`));
  for (const [part, said] of [["day", "3"], ["month", "October"], ["year", String(new Date().getFullYear() - (new Date().getMonth() < 10 ? 1 : 0))]]) await hand.type(at(`consent_date-${part}`), said);
  await next(page, hand);
  await hand.type(at("submitter_name"), "Maria Example");
  await hand.press(at("contact_by-email"));
  await hand.type(at("email"), "maria@example.org");
  await send(page, hand);
}

async function takeDown(page, hand) {
  const at = id => page.locator(`#${id}`);
  const on = async () => (await page.locator(".next:visible").count()) && next(page, hand);
  await hand.press(link(page, "Change or take down a profile"));
  await hand.type(at("about"), "Marcus T.");
  await hand.press(at("change-take_down"));
  await on();
  await hand.press(at("who-family"));
  await hand.press(at("consent_asked"));
  await hand.type(at("submitter_name"), "Ana Thompson");
  await hand.press(at("contact_by-email"));
  await hand.type(at("email"), "ana@example.org");
  await send(page, hand);
}

const journeys = { "a printed letter": letter, "a sent registration": register, "a page taken down": takeDown };
const hands = { touch, keyboard };
for (const [to, go] of Object.entries(journeys)) {
  for (const [by, handOf] of Object.entries(hands)) {
    test(`from home to ${to}, by ${by} alone`, async t => {
      const page = await (await browser.newContext({ viewport: budget.phone, hasTouch: by === "touch" })).newPage();
      await page.addInitScript(() => (globalThis.print = () => (globalThis.isPrinted = true)));
      await page.goto(preview.url + "/");
      const hand = handOf(page);
      await go(page, hand, by === "touch" ? "0776001" : "0776002");
      t.diagnostic(`${hand.effort} ${by === "touch" ? "taps" : "keys"}`);
      assert.ok(hand.effort <= budget.journeys[to][by], `${hand.effort} of ${budget.journeys[to][by]}`);
      await page.context().close();
    });
  }
}

for (const [name, path] of [["register", "/register/"], ["write", "/write/#to=marcus-k7m2q"]]) {
  test(`a screen reader is told of ${path} what it was told before`, async () => {
    const page = await (await browser.newContext({ viewport: budget.phone })).newPage();
    await page.clock.setFixedTime(new Date("2026-11-27T12:00:00"));
    await page.goto(preview.url + path);
    if (name === "write") await page.locator("#letter-page[data-ready]").waitFor();
    const trees = [];
    for (let more = true; more; more = name === "register" && (await page.locator(".next:visible").count()) > 0 && (await page.locator(".next:visible").click(), true)) {
      trees.push(await page.locator("main").ariaSnapshot());
    }
    const golden = new URL(`trees/${name}.yaml`, import.meta.url);
    const told = `${trees.join("\n---\n")}\n`;
    if (process.env.BLESS) writeFileSync(golden, told);
    assert.equal(told, readFileSync(golden, "utf8"));
    await page.context().close();
  });
}
