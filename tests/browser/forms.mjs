// How a family fills and sends a form.
import { readAnswers } from "./preview.mjs";

/** From a filled form through the page of answers to the page at the end; the reference. Nobody reads that page before its script ran,
 * which forgets the draft. */
export async function send(page) {
  await page.getByRole("button", { name: "Check your answers" }).click();
  await readAnswers(page);
  await page.locator("form.paper > .actions button").click();
  await page.locator("#reference").waitFor();
  await page.waitForLoadState();
  return page.locator("#reference").innerText();
}

/** The way to the next step of a form, once its steps stand one at a time: until the page's script ran, all of them do. */
export async function wayOn(page) {
  await page.locator(".next:visible").nth(1).waitFor({ state: "hidden" });
  return page.locator(".next:visible");
}

/** On to the next step of a form. */
export const next = async page => (await wayOn(page)).click();

/** Opens a kind of interests, once its step is there: a click on one that is open would close it. */
export async function unfold(page, name) {
  const kind = page.locator(".kind", { has: page.locator("summary", { hasText: name }) });
  await kind.locator("summary").waitFor();
  if (!(await kind.evaluate(kind => kind.open))) await kind.locator("summary").click();
}

export async function fillRegistration(page, name, number, ticks = ["asked", "knows", "adult", "rules"]) {
  await page.fill("#shown_name", name);
  await page.fill("#mail_name", "Quentin Q. Example");
  await page.selectOption("#facility", "river-bend");
  await page.fill("#number", number);
  await page.fill("#birth_year", "1990");
  await next(page);
  await page.fill("#introduction", "I <b>bake</b> {{ 7 * 7 }} bread.\n# not a heading\n- !!python/none and & more, to fill the line");
  await page.selectOption("#introduction_language", "en");
  await page.check("#languages-en");
  await next(page);
  await unfold(page, "Games");
  await page.check("#interests-chess");
  await page.check("#looking_for-friendship");
  await page.check("#release-unknown");
  await next(page);
  for (const tick of ticks) await page.check(`#consent_${tick}`);
  await page.check("#consent_how-letter");
  await page.fill("#consent_date-day", "3");
  await page.fill("#consent_date-month", "October");
  await page.fill("#consent_date-year", String(new Date().getFullYear() - (new Date().getMonth() < 10 ? 1 : 0)));
  await next(page);
  await page.fill("#submitter_name", "Maria Example");
  await page.check("#contact_by-email");
  await page.fill("#email", "maria@example.org");
}
