// The whole loop, as people go through it: browse, register with mistakes, mend, send; promote; update; report.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fillRegistration, send } from "./forms.mjs";
import { openOwnSite, readAnswers } from "./preview.mjs";

const { preview, browser } = await openOwnSite();

for (const scripts of [false, true]) {
  const how = scripts ? "with scripts" : "without scripts";
  const open = () => browser.newContext({ javaScriptEnabled: scripts }).then(context => context.newPage());

  test(`a visitor goes from home to a person and sees where to send a letter, ${how}`, async () => {
    const page = await open();
    await page.goto(preview.url + "/");
    await page.getByRole("link", { name: "Find someone to write to" }).click();
    await page.locator(".card h3 a").first().click();
    assert.match(new URL(page.url()).pathname, /^\/people\/[a-z0-9-]+\/$/);
    assert.ok((await page.locator("#address .line").count()) >= 3);
    assert.match(await page.locator(".write").innerText(), /Never send money/);
    await page.context().close();
  });

  test(`a family registers, makes two mistakes, mends them, sends; an editor promotes; the page is there, ${how}`, async () => {
    const page = await open();
    const name = scripts ? "Teodora Q." : "Wendell Q.";
    await page.goto(preview.url + "/register/");
    await fillRegistration(page, name, "12", ["asked", "adult", "rules"]);
    await page.getByRole("button", { name: "Check your answers" }).click();

    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator(".summary li").count(), 2);
    assert.match(await page.locator("#number-error").innerText(), /like 0123456/);
    assert.equal(await page.inputValue("#mail_name"), "Quentin Q. Example");
    assert.equal(await page.isChecked("#interests-chess"), true);
    if (scripts) await page.waitForFunction(() => document.activeElement.className === "summary");

    await page.fill("#number", scripts ? "0777001" : "0777002");
    await page.check("#consent_knows");
    await page.getByRole("button", { name: "Check your answers" }).click();
    assert.match(await page.locator("h1").innerText(), /Check your answers/);
    assert.match(await page.locator(".answers").first().innerText(), new RegExp(name));
    await readAnswers(page);
    await page.getByRole("button", { name: "Send your registration" }).last().click();
    const reference = await page.locator("#reference").innerText();
    assert.match(reference, /^[A-Z2-9]{4}-[A-Z2-9]{4}$/);

    // Refreshing the page sends once more what was sent: the same reference, one record.
    await page.reload();
    assert.equal(await page.locator("#reference").innerText(), reference);
    assert.equal(preview.review("list").stdout.split(reference).length - 1, 1);

    const shown = preview.review("show", reference);
    assert.match(shown.stdout, /maria@example\.org/);
    const promoted = preview.review("promote", reference, "--yes", "--as", "test");
    assert.equal(promoted.status, 0, promoted.stdout + promoted.stderr);
    assert.match(promoted.stdout, /stays private: .*submitter_name.*email/);
    const id = promoted.stdout.match(/profiles\/([a-z0-9-]+)\.yaml/)[1];
    const found = await until(() => page.goto(`${preview.url}/people/${id}/`).then(answer => answer.status() === 200));
    assert.ok(found, "the promoted person has a page");
    assert.match(await page.locator("h1").innerText(), new RegExp(name));
    assert.match(await page.locator(".voice-text").innerText(), /I <b>bake<\/b> \{\{ 7 \* 7 \}\} bread/);
    assert.ok(!(await page.content()).includes("maria@example.org"));
    await page.context().close();
  });

  test(`an update and a report arrive in the list, ${how}`, async () => {
    const page = await open();
    await page.goto(preview.url + "/people/marcus-k7m2q/");
    await page.locator("main").getByRole("link", { name: /letter came back/ }).click();
    assert.equal(await page.inputValue("#about"), "marcus-k7m2q");
    await page.check("#kind_of-came_back");
    await page.check("#envelope_said-not_here");
    await page.fill("#details", `The envelope says: return to sender, not here. (Read ${how}.)`);
    const report = await send(page);
    await page.goto(preview.url + "/update/");
    await page.fill("#about", "Marcus T.");
    await page.check("#change-pause");
    await page.check("#who-family");
    await page.check("#consent_asked");
    await page.fill("#submitter_name", `Ana, ${how}`);
    await page.check("#contact_by-post");
    await page.fill("#postal", "1 Example Street\nExample City");
    const update = await send(page);
    const list = preview.review("list").stdout;
    assert.match(list, new RegExp(`${report} +report +received`));
    assert.match(list, new RegExp(`${update} +update +received`));
    assert.equal(preview.review("hold", report, "--reason", "asked the agency").status, 0);
    assert.equal(preview.review("reject", update, "--reason", "we could not reach the family").status, 0);
    assert.match(preview.review("log").stdout, /we could not reach the family/);
    await page.context().close();
  });
}

test("registration stops kindly where the agency does not allow listings", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/register/");
  await page.selectOption("#facility", { label: await banned(page) });
  await page.getByRole("button", { name: "Read what its rule says" }).click();
  assert.match(await page.locator("h1").innerText(), /does not allow/);
  assert.match(await page.locator("main").innerText(), /Nothing of what you typed was sent/);
  await page.context().close();
});

async function banned(page) {
  return page.locator("#facility optgroup[label=Lincoln] option").first().innerText();
}

async function until(holds) {
  for (let turn = 0; turn < 100; turn++) {
    if (await holds()) return true;
    await new Promise(next => setTimeout(next, 100));
  }
  return false;
}
