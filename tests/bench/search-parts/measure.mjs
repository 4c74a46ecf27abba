// Builds sample sites, opens one filtered search in Chromium for us and for Pagefind, and counts what went over the wire.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import * as pagefind from "pagefind";

const { chromium } = createRequire(new URL("../../browser/package.json", import.meta.url))("playwright-core");
const [work, command, ...sizes] = process.argv.slice(2);
const kinds = { html: "text/html", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", wasm: "application/wasm" };
const squeezed = new Map();

/** Serves a folder as the edge does: text compressed, pieces where asked for. */
function serve(folder, counted) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    let bytes;
    try {
      bytes = readFileSync(join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname));
    } catch {
      return response.writeHead(404).end();
    }
    const kind = kinds[pathname.split(".").pop()] ?? (pathname.endsWith("/") ? "text/html" : undefined);
    const range = request.headers.range?.match(/^bytes=(\d+)-(\d+)$/);
    const head = { "content-type": kind ?? "application/octet-stream" };
    if (range) bytes = bytes.subarray(+range[1], +range[2] + 1);
    else if (kind) {
      const key = folder + pathname;
      if (!squeezed.has(key)) squeezed.set(key, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
      bytes = squeezed.get(key);
      head["content-encoding"] = "br";
    }
    counted.push({ path: pathname, bytes: bytes.length });
    response.writeHead(range ? 206 : 200, head).end(bytes);
  });
  return new Promise(ready => server.listen(0, "127.0.0.1", () => ready(server)));
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name));
}

const kB = bytes => (bytes / 1000).toFixed(1);

/** What was fetched when the first result stood, and when the first page of results was whole. */
async function ours(browser, site, query) {
  const counted = [];
  const server = await serve(site, counted);
  const page = await browser.newPage();
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (window.first === undefined && document.querySelector("#results .card")) window.first = performance.getEntriesByType("resource").filter(one => one.name.includes("/search/")).length;
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/people/?${query}`);
  // Among a hundred people nobody may fit; the search is over all the same.
  await page.waitForFunction(() => document.querySelector("#said")?.textContent && !document.querySelector("#results").hasAttribute("aria-busy"));
  const index = counted.filter(one => one.path.startsWith("/search/"));
  const first = (await page.evaluate(() => window.first)) ?? index.length;
  await page.close();
  server.close();
  const sum = some => some.reduce((sum, one) => sum + one.bytes, 0);
  return { first: { requests: first, bytes: sum(index.slice(0, first)) }, whole: { requests: index.length, bytes: sum(index) } };
}

/** The same people in Pagefind: what the page shows is the record, interests and jurisdiction are filters. */
async function theirs(browser, people, folder) {
  const began = performance.now();
  const { index } = await pagefind.createIndex();
  for (const person of people) {
    await index.addCustomRecord({ url: `/people/${person.id}/`, content: person.text, language: "en", meta: { title: person.name }, filters: { interest: person.interests, facility: [person.facility] } });
  }
  await index.writeFiles({ outputPath: join(folder, "pagefind") });
  const seconds = (performance.now() - began) / 1000;
  const counted = [];
  const server = await serve(folder, counted);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/pagefind/pagefind-entry.json`);
  const cards = await page.evaluate(async () => {
    const search = await import("/pagefind/pagefind.js");
    const found = await search.search(null, { filters: { interest: ["chess"] } });
    return (await Promise.all(found.results.slice(0, 24).map(one => one.data()))).length;
  });
  await page.close();
  server.close();
  const data = counted.slice(1).filter(one => !one.path.endsWith(".js"));
  return { cards, seconds, files: files(join(folder, "pagefind")).length, requests: data.length, bytes: data.reduce((sum, one) => sum + one.bytes, 0) };
}

function peopleOf(root) {
  const key = (text, name) => text.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1] ?? "";
  return readdirSync(join(root, "profiles")).filter(name => name.endsWith(".yaml")).map(name => {
    const text = readFileSync(join(root, "profiles", name), "utf8");
    const interests = text.match(/^interests:\n((?:- .*\n)+)/m)?.[1].split("\n").filter(Boolean).map(line => line.slice(2)) ?? [];
    const introduction = text.match(/^introduction: [^\n]*\n([\s\S]*?)^\w/m)?.[1] ?? key(text, "introduction");
    return { id: key(text, "id"), name: key(text, "shown_name"), facility: key(text, "facility"), interests, text: introduction, status: key(text, "status") };
  }).filter(person => person.status === "listed");
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
console.log("# Finding people: ours beside Pagefind 1.6.0\n");
console.log("One run on one machine. Requests and bytes on the wire (brotli 5 for text) of the index alone, from an empty cache to the first result, and");
console.log("in brackets to the first 24 of them: an interest (`chess`), with a kind of letters, with an age, with a language, a word, a word and an interest, an interest with the newest first.");
console.log("What the page itself carries of the index is told beside. Pagefind: the same interest, 24 results. Scripts come on top.\n");
console.log("| people | index, s | files | index, kB on disk | interest: requests, kB | two filters | three | four | a word | word and interest | newest | in the page, kB | script, kB | Pagefind: index, s | files | requests, kB |");
console.log(`|${"---|".repeat(16)}`);
for (const size of sizes) {
  const root = join(work, size), site = join(work, `${size}-site`);
  const run = (...words) => {
    const done = spawnSync(command, words, { encoding: "utf8" });
    if (done.status !== 0) throw new Error(done.stdout + done.stderr);
  };
  run("--root", ".", "sample", size, root);
  run("--root", root, "build", "--date", "2026-11-23", "--out", site);
  const { seconds } = JSON.parse(readFileSync(join(root, "var/search.json")));
  const index = files(join(site, "search"));
  const weight = index.reduce((sum, file) => sum + statSync(file).size, 0);
  const tell = one => `${one.requests}, ${kB(one.bytes)}`;
  const both = one => `${tell(one.first)} (${tell(one.whole)})`;
  const mixes = [];
  const facets = ["interest=chess", "tie=friendship", "age=35-44", "language=en"];
  for (const query of [...facets.map((_, at) => facets.slice(0, at + 1).join("&")), "q=garden", "q=garden&interest=chess", "interest=chess&sort=newest"]) mixes.push(both(await ours(browser, site, query)));
  const page = readFileSync(join(site, "people/index.html"), "utf8");
  const script = join(site, page.match(/\/assets\/find-[0-9a-f]+\.js/)[0]);
  const weigh = text => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
  const carried = weigh(page) - weigh(page.replace(/data-index="[^"]*"/, ""));
  const rival = await theirs(browser, peopleOf(root), join(work, `${size}-pagefind`));
  console.log(`| ${size} | ${seconds.toFixed(2)} | ${index.length} | ${kB(weight)} | ${mixes.join(" | ")} | ${kB(carried)} | ${kB(brotliCompressSync(readFileSync(script)).length)} | ${rival.seconds.toFixed(1)} | ${rival.files} | ${tell(rival)} |`);
}
await browser.close();
await pagefind.close();
