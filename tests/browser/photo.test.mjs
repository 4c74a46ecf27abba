// A photo from a phone: made smaller by the browser where there is a script, its limit said beforehand where there is none.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fillRegistration, send } from "./forms.mjs";
import { openSite } from "./preview.mjs";

const SECRET = "GPS 52.5200,13.405";
const { preview, browser } = await openSite();
const large = withExif(await painted("image/jpeg", 4032, 3024), 6);
assert.ok(large.length > 5_000_000, `${large.length} bytes are no phone's photo`);

/** A picture as hard to compress as grass, with a red half on the left. */
async function painted(type, width, height) {
  const page = await browser.newPage();
  const text = await page.evaluate(
    async ([type, width, height]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const pen = canvas.getContext("2d");
      const picture = pen.createImageData(width, height);
      const words = new Uint32Array(picture.data.buffer);
      for (let at = 0, state = 1; at < words.length; at++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        words[at] = at % width < width / 2 ? 0xff2020c0 : 0xff000000 | (state & 0x3f3f3f) | 0x808080;
      }
      pen.putImageData(picture, 0, 0);
      const blob = await new Promise(done => canvas.toBlob(done, type, 0.98));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return Array.from({ length: Math.ceil(bytes.length / 4096) }, (_, at) => String.fromCharCode(...bytes.subarray(at * 4096, at * 4096 + 4096))).join("");
    },
    [type, width, height],
  );
  await page.close();
  return Buffer.from(text, "latin1");
}

/** Puts the way the phone was held, and a place, behind the first mark of a JPEG. */
function withExif(jpeg, orientation) {
  const tiff = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]);
  const content = Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from(SECRET)]);
  const head = Buffer.from([0xff, 0xe1, 0, content.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** Width and height of a JPEG, from its frame header. */
function size(jpeg) {
  let at = 2;
  while (![0xc0, 0xc1, 0xc2].includes(jpeg[at + 1])) at += 2 + jpeg.readUInt16BE(at + 2);
  return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
}

/** The page that follows a registration. */
async function registered(number, options = {}, prepare = async () => {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await prepare(page);
  await page.goto(preview.url + "/register/");
  assert.match(await page.locator(".before").innerText(), /add a photo/, "said before the first question");
  await fillRegistration(page, "Ines P.", number);
  await send(page);
  return page;
}

const file = (buffer, name = "IMG_2041.jpg", mimeType = "image/jpeg") => ({ name, mimeType, buffer });
const choose = (page, ...chosen) => page.setInputFiles("#photo", file(...chosen));
const ready = page => page.locator("#photo-said", { hasText: "ready to be sent" }).waitFor();

async function press(page) {
  await page.check("#consent_photo");
  await page.getByRole("button", { name: "Send the photo" }).click();
  return page.locator(".summary").innerText();
}

/** What the browser would send. */
const held = page =>
  page.evaluate(async () => {
    const [file] = document.getElementById("photo").files;
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { name: file.name, bytes: Array.from(bytes) };
  });

let count = 0;
/** What the editors get. */
async function stored(page) {
  const to = join(preview.root, `shown-${count++}.jpg`);
  const shown = preview.review("show", await page.locator("#reference").innerText(), "--photo", to);
  assert.equal(shown.status, 0, shown.stderr);
  return readFileSync(to);
}

test("a phone's photo is made smaller, upright and without its place before it is sent", async () => {
  const page = await registered("0779001");
  // The page's script says so, once it is there.
  await page.locator("#photo-hint").filter({ hasText: "made smaller on your device" }).waitFor();
  await choose(page, large);
  await ready(page);
  const { name, bytes } = await held(page);
  const made = Buffer.from(bytes);
  assert.equal(name, "photo.jpg", "the file's own name stays on the device");
  assert.ok(made.length < 2_000_000, `${made.length} bytes`);
  assert.deepEqual(size(made), [1200, 1600]);
  assert.ok(large.includes(SECRET) && !made.includes(SECRET) && !made.includes("Exif"));
  assert.match(await press(page), /The photo is here/);
  assert.deepEqual(size(await stored(page)), [1200, 1600]);
  await page.context().close();
});

test("whoever presses the button at once sends the smaller photo", async () => {
  const page = await registered("0779002");
  const sent = page.waitForRequest(request => request.url().endsWith("/send/mine/photo"));
  await page.check("#consent_photo");
  await choose(page, large);
  await page.getByRole("button", { name: "Send the photo" }).click();
  const body = (await sent).postDataBuffer();
  assert.ok(body === null || (body.length < 2_000_000 && !body.includes(SECRET)));
  await page.locator(".summary", { hasText: "The photo is here" }).waitFor();
  assert.deepEqual(size(await stored(page)), [1200, 1600]);
  await page.context().close();
});

test("what the browser can show is sent as a JPEG, and what it cannot is told apart", async () => {
  const page = await registered("0779003");
  await choose(page, await painted("image/webp", 900, 700), "chat.webp", "image/webp");
  await ready(page);
  assert.match(await press(page), /The photo is here/);
  assert.deepEqual(size(await stored(page)), [900, 700]);
  await choose(page, Buffer.from("\0\0\0\x28ftypheic\0\0\0\0mif1MiHBMiHEMiPrmiafheic"), "IMG_1.HEIC", "image/heic");
  assert.match(await press(page), /This is a HEIC photo/);
  await choose(page, Buffer.from("RIFF\x24\0\0\0WEBPVP8 "), "broken.webp", "image/webp");
  assert.match(await press(page), /This is a WebP picture/);
  await page.context().close();
});

test("a browser whose canvas gives noise sends the photo as it is, or says that it is too large", async () => {
  const noisy = page =>
    page.addInitScript(() => {
      CanvasRenderingContext2D.prototype.getImageData = () => ({ data: crypto.getRandomValues(new Uint8Array(4)).fill(255, 0, 1) });
    });
  const page = await registered("0779004", {}, noisy);
  assert.match(await page.locator("#photo-hint").innerText(), /smaller than 4 MB/);
  await choose(page, large);
  assert.match(await page.locator("#photo-large:not(:empty)").innerText(), /smaller than 4 MB/);
  assert.equal(await page.inputValue("#photo"), "");
  const small = withExif(await painted("image/jpeg", 300, 200), 6);
  await choose(page, small);
  await page.locator("#photo-large:empty").waitFor({ state: "attached" });
  assert.equal((await held(page)).bytes.length, small.length);
  assert.match(await press(page), /The photo is here/);
  assert.deepEqual(size(await stored(page)), [200, 300]);
  await page.context().close();
});

test("without a script the limit is said beforehand, and a larger photo gets our own page", async () => {
  const page = await registered("0779005", { javaScriptEnabled: false });
  assert.match(await page.locator("#photo-hint").innerText(), /smaller than 4 MB/);
  const reference = await page.locator("#reference").innerText();
  for (const bytes of [4_300_000, 7_800_000, 11_000_000]) {
    await choose(page, Buffer.alloc(bytes, 0xff));
    assert.match(await press(page), /smaller than 4 MB/, `${bytes} bytes`);
    assert.equal(await page.locator("#reference").innerText(), reference);
  }
  await choose(page, Buffer.alloc(20_000_000, 0xff));
  await page.getByRole("button", { name: "Send the photo" }).click();
  assert.match(await page.locator("main").innerText(), /more than we can take/);
  await page.context().close();
});
