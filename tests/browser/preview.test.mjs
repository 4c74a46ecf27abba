// The preview itself: it reloads the open page after a change, shows problems in the page's place, and comes back.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openOwnSite } from "./preview.mjs";

const { preview, browser } = await openOwnSite();

const edit = (file, change) => {
  const path = join(preview.root, file);
  const before = readFileSync(path, "utf8");
  const now = change(before);
  assert.notEqual(now, before, `the edit changes ${file}`);
  writeFileSync(path, now);
  return () => writeFileSync(path, before);
};

test("the open page reloads when its words, its template or its style change", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  edit("profiles/marcus-k7m2q.yaml", text => text.replace("I fix radios.", "I mend radios."));
  await page.getByText("I mend radios.").waitFor();
  edit("content/en/people.ftl", text => text.replace(/^person-likes = .*$/m, "person-likes = Enjoys"));
  await page.getByText("Enjoys").waitFor();
  edit("templates/html/person.html", text => text.replace("<h1>", '<h1 id="shown-name">'));
  await page.locator("#shown-name").waitFor();
  edit("templates/assets/site.css", text => text + "\nh1 { letter-spacing: 3px; }\n");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "3px");
  await page.close();
});

test("while a problem stands the page shows it, then comes back by itself", async () => {
  const context = await browser.newContext({ colorScheme: "dark", viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const refused = [];
  page.on("console", message => message.type() === "error" && !/500/.test(message.text()) && refused.push(message.text()));
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  const undo = edit("profiles/marcus-k7m2q.yaml", text => text.replace("interests: [radio,", "interests: [raido,"));
  await page.getByRole("heading", { name: "1 problem before the site can be built" }).waitFor();
  assert.match(await page.locator("code").innerText(), /^profiles\/marcus-k7m2q\.yaml:\d+:\d+$/);
  assert.match(await page.locator("li").innerText(), /there is no interest `raido`[\s\S]*did you mean `radio`/);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgba(0, 0, 0, 0)", "its style is loaded");
  undo();
  await page.getByRole("heading", { name: "Marcus T." }).waitFor();
  assert.deepEqual(refused, [], "the browser refused something under the production policy");
  await context.close();
});

test("a broken template is shown as a problem of its own, and nothing of the old site is lost", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/");
  const undo = edit("templates/html/layout.html", text => text.replace("{% block main %}", "{% block main"));
  await page.getByRole("heading", { name: /before the site can be built/ }).waitFor();
  assert.match(await page.locator("code").first().innerText(), /^templates\/html\/layout\.html:\d+:\d+$/);
  undo();
  await page.getByRole("link", { name: "Find someone to write to" }).waitFor();
  await page.close();
});
