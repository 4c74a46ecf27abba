// The published site as a visitor reads it: Chromium, through a small edge that runs the deployed function, before an emulator's
// bucket. Copies at the edge are real, so a page that is not dropped there would be seen here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openBrowser } from "../browser/preview.mjs";
import { startEdge } from "../edge/edge.mjs";
import { lay } from "../site/lay.mjs";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const day = "2026-11-23";
let root, edge, browser, headers;

// What a command says; a number before its words is the status that it shall leave.
function inside(...words) {
  const status = typeof words[0] === "number" ? words.shift() : 0;
  const done = spawnSync(process.env.INSIDE_OUT, ["--root", root, ...words], { encoding: "utf8" });
  assert.equal(done.status, status, `${words}: ${done.stdout}${done.stderr}`);
  return done.stdout + (status ? done.stderr : "");
}
const publish = () => {
  inside("build", "--date", day);
  return inside("publish", "--any-day");
};
const profile = id => join(root, "profiles", `${id}.yaml`);
const rewrite = (id, from, to) => {
  const text = readFileSync(profile(id), "utf8");
  assert.ok(text.match(from), `${id}: ${from}`);
  writeFileSync(profile(id), text.replace(from, to));
};
const shown = () => readdirSync(join(root, "site/people")).filter(id => existsSync(profile(id)));
const get = (path, how = {}) => fetch(edge.url + path, { redirect: "manual", ...how });

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "inside-out-"));
  root = join(folder, "root");
  lay(join(folder, "laid"));
  assert.equal(spawnSync(process.env.INSIDE_OUT, ["--root", join(folder, "laid"), "sample", "60", root]).status, 0);
  publish();
  const read = join(project, "tests/infra/template.py");
  headers = JSON.parse(spawnSync(join(project, "tests/cloud/.venv/bin/python"), [read, "PageHeaders"], { encoding: "utf8" }).stdout);
  edge = await startEdge({ api: process.env.AWS_ENDPOINT_URL, bucket: "site", distribution: process.env.SITE_DISTRIBUTION, keyValues: process.env.SITE_KEY_VALUES, headers });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await edge?.stop();
  if (root) rmSync(dirname(root), { recursive: true, force: true });
});

test("a visitor reads the published site, and nothing is missing or refused", async () => {
  const page = await browser.newPage();
  const wrong = [];
  page.on("response", answer => answer.status() >= 400 && wrong.push(`${answer.status()} ${answer.url()}`));
  page.on("console", message => message.type() === "error" && wrong.push(message.text()));
  await page.goto(edge.url + "/");
  await page.getByRole("link", { name: "Find someone to write to" }).click();
  await page.locator(".card h3 a").first().click();
  assert.match(new URL(page.url()).pathname, /^\/people\/[a-z0-9-]+\/$/);
  assert.ok((await page.locator("#address .line").count()) >= 3);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("every answer has the headers of the template, pages and notices alike", async () => {
  const [id] = shown();
  for (const path of ["/", `/people/${id}/`, "/no-such-page/", `/people/${id}`]) {
    const answer = await get(path);
    for (const [name, value] of Object.entries(headers)) assert.equal(answer.headers.get(name), value, `${path} ${name}`);
  }
});

test("addresses are clean as in the preview", async () => {
  const [id] = shown();
  const answer = await get(`/people/${id}`);
  assert.deepEqual([answer.status, answer.headers.get("location")], [301, `/people/${id}/`]);
  assert.equal((await get("/no-such-page/")).status, 404);
  assert.match(await (await get("/no-such-page/")).text(), /This page is not here/);
  assert.match((await get("/feed.xml")).headers.get("content-type"), /^application\/xml/);
});

test("a second visit is answered from the edge, and a changed page is new at once", async () => {
  const [id] = shown();
  await get(`/people/${id}/`);
  const misses = edge.counts.misses;
  await get(`/people/${id}/`);
  assert.equal(edge.counts.misses, misses, "the copy was used");
  rewrite(id, /shown_name: .*/, "shown_name: Zebulon Q.");
  publish();
  assert.match(await (await get(`/people/${id}/`)).text(), /Zebulon Q\./);
});

test("whoever is taken down is answered with 410, in our words, although the edge held copies", async () => {
  const id = shown()[3];
  const pageBefore = await get(`/people/${id}/`);
  assert.equal(pageBefore.status, 200);
  inside("remove", id);
  for (const path of [`/people/${id}/`, `/people/${id}`, `/people/${id}/index.html`, `/es/people/${id}/`]) {
    assert.equal((await get(path)).status, 410, path);
  }
  const page = await browser.newPage();
  const answer = await page.goto(`${edge.url}/people/${id}/`);
  assert.equal(answer.status(), 410);
  assert.equal(await page.locator("h1").innerText(), "This page was taken down");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).fontFamily), "", "it has our style");
  assert.equal(await page.evaluate(() => document.styleSheets.length), 1);
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "gone.png") });
  await page.close();
  publish();
  assert.ok(!(await (await get("/people/")).text()).includes(id), "the list has forgotten them");
  assert.equal((await get(`/people/${id}/`)).status, 410);
});

test("the receipt, and a letter to print, are read by everybody: axe finds nothing, and no line is wider than its page", async () => {
  const id = shown()[4];
  inside("remove", id, "--reference", "KM7P-T4RX");
  const receipt = readFileSync(join(root, `var/removals/${id}/receipt.html`), "utf8");
  assert.match(receipt, /KM7P-T4RX/);
  const long = receipt.replace("</h1>", `</h1><p class="said">${"A".repeat(200)}</p>`);
  const axe = readFileSync(join(project, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8");
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  for (const text of [receipt, long]) {
    await page.setContent(text);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(found => found.id), []);
    for (const media of ["screen", "print"]) {
      await page.emulateMedia({ media });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), media);
    }
    await page.emulateMedia({ media: "screen" });
  }
  await page.close();
  // A second receipt, after the publish that made lists forget them, says so.
  publish();
  assert.match(inside("remove", id), /has had no page since/);
  assert.match(readFileSync(join(root, `var/removals/${id}/receipt.txt`), "utf8"), /had forgotten it/);
});

test("somebody who was removed comes back only where a publish names them", async () => {
  const id = shown()[5];
  inside("remove", id);
  assert.equal((await get(`/people/${id}/`)).status, 410);
  rewrite(id, /withdrawn: .*\nstatus: withdrawn/, "status: listed");
  inside("build", "--date", day);
  assert.match(inside(2, "publish", "--any-day"), /left, and the built site shows them again/);
  assert.equal((await get(`/people/${id}/`)).status, 410);
  inside("publish", "--any-day", "--return", id);
  assert.equal((await get(`/people/${id}/`)).status, 200);
});
