// The edge's function alone, on request targets exactly as they came: what it answers with 410, where it leads, and that it leads
// nowhere else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventOf, loadFunction } from "./edge.mjs";

const kept = new Map([["gone/ray-d8w3k", "gone"], ["gone/0123456789abcdef-160.jpg", "gone"], ["notice", "words"], ["notice/es", "palabras"], ["notice/fil", "salita"]]);
const keys = {
  exists: async key => kept.has(key),
  get: async key => {
    if (!kept.has(key)) throw new Error("KeyNotFound");
    return kept.get(key);
  },
};
const visit = loadFunction(join(dirname(fileURLToPath(import.meta.url)), "../../infra/functions/visit.js"), keys);
const ask = target => visit(eventOf("GET", target));

test("no address leads to another site", async () => {
  for (const target of ["//evil", "//2130706433:45999", "///evil", "/\\evil", "\\\\evil", "/\\/evil", "//evil/index.html", "/\t/evil", "//evil?x=1", "/%2F/evil", "/%5Cevil", "//evil%2Ecom"]) {
    const came = await ask(target);
    const location = came.headers.location?.value ?? "/";
    assert.match(location, /^\/(?![\\/])/, `${target} -> ${location}`);
    assert.equal(new URL(location, "https://www.example.org").origin, "https://www.example.org", `${target} -> ${location}`);
  }
});

test("a folder has one address, and its question is kept", async () => {
  for (const [target, location] of [
    ["/update", "/update/"],
    ["/update?ref=KM7P-T4RX&x=a%20b", "/update/?ref=KM7P-T4RX&x=a%20b"],
    ["/people?of=a&of=b&empty", "/people/?of=a&of=b&empty"],
    ["/people/index.html", "/people/"],
    ["/es/people/index.html?a=1", "/es/people/?a=1"],
    ["/index.html", "/"],
    ["/x?a=<b>\"", "/x/?a=%3Cb%3E%22"],
  ]) {
    const came = await ask(target);
    assert.deepEqual([came.statusCode, came.headers.location?.value], [301, location], target);
  }
  for (const [target, uri] of [["/", "/index.html"], ["/people/", "/people/index.html"], ["/feed.xml", "/feed.xml"], ["/photos/a.jpg", "/photos/a.jpg"]]) {
    assert.equal((await ask(target)).uri, uri, target);
  }
});

test("who was taken down is gone under every way to write the address", async () => {
  for (const target of ["/people/ray-d8w3k/", "/people/ray-d8w3k", "/people/ray-d8w3k/index.html", "/people/ray%2Dd8w3k/", "/people/r%61y-d8w3k/index.html", "/people/ray-d8w3k//", "/people/ray-d8w3k/./", "//people//ray-d8w3k/", "/photos/0123456789abcdef-160.jpg", "/photos/0123456789abcdef%2D160.jpg"]) {
    assert.equal((await ask(target)).statusCode, 410, target);
  }
  assert.equal((await ask("/es/people/ray-d8w3k/")).body.data, "palabras");
  assert.equal((await ask("/fil/people/ray-d8w3k/")).body.data, "salita");
  assert.equal((await ask("/people/ray-d8w3k/")).body.data, "words");
});

test("a page that is called like one of our own keys is not gone", async () => {
  for (const target of ["/about/notice/", "/facilities/notice/", "/about/gone/", "/notice/es/", "/gone/ray/", "/%E0%A4%A/x/"]) {
    assert.equal((await ask(target)).statusCode, undefined, target);
  }
});
