// The envelope: copied with a tap, chosen whole without script, printed on each kind of paper.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openSite, startPreview } from "./preview.mjs";

const LINES = ["Marcus Thompson 0123456", "River Bend Correctional Facility", "1200 Mill Road", "Millford, FK 00412"];
const { preview, browser } = await openSite();
const folder = mkdtempSync(join(tmpdir(), "printed-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A page as it leaves the printer: its pages in points, each with its lines and where they stand. */
async function printed(page) {
  const file = join(folder, "page.pdf");
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const { stdout, stderr } = spawnSync("pdftotext", ["-bbox-layout", file, "-"], { encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.split("<page ").slice(1).map(text => {
    const number = name => Number(text.match(new RegExp(`${name}="([\\d.]+)"`))[1]);
    const lines = text.split("<line ").slice(1).map(line => ({
      left: Number(line.match(/xMin="([\d.]+)"/)[1]),
      right: Number(line.match(/xMax="([\d.]+)"/)[1]),
      bottom: Number(line.match(/yMax="([\d.]+)"/)[1]),
      text: [...line.split("</line>")[0].matchAll(/<word [^>]*>([^<]*)</g)].map(word => word[1]).join(" "),
    }));
    return { width: number("width"), height: number("height"), lines };
  });
}

const papers = { ten: [9.5 * 72, 4.125 * 72], dl: [220 / 25.4 * 72, 110 / 25.4 * 72], c5: [229 / 25.4 * 72, 162 / 25.4 * 72], c6: [162 / 25.4 * 72, 114 / 25.4 * 72], tag: [4 * 72, 2 * 72] };
for (const scripts of [true, false]) {
  for (const [paper, [width, height]] of Object.entries(papers)) {
    test(`the address prints on one ${paper}, whole and inside its edges, ${scripts ? "with" : "without"} scripts`, async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: scripts })).newPage();
      await page.goto(preview.url + "/people/marcus-k7m2q/");
      await page.locator(".printing summary").click();
      await page.check(`#paper-${paper}`);
      const pages = await printed(page);
      assert.equal(pages.length, 1, JSON.stringify(pages));
      assert.ok(Math.abs(pages[0].width - width) < 1.5 && Math.abs(pages[0].height - height) < 1.5, JSON.stringify(pages[0]));
      assert.deepEqual(pages[0].lines.map(line => line.text), LINES);
      for (const line of pages[0].lines) assert.ok(line.left > 8 && line.right < width - 8 && line.bottom < height - 8, JSON.stringify(line));
      await page.context().close();
    });
  }
}

test("a page that is printed as it is holds the envelope and the rules", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  const pages = await printed(page);
  const all = pages.flatMap(printed => printed.lines.map(line => line.text));
  for (const line of [...LINES, "At most 10 pages in one envelope."]) assert.ok(all.some(text => text.includes(line)), line);
  assert.ok(pages.length <= 3, `${pages.length} pages`);
  await page.context().close();
});

test("the copy button copies the lines and says so", async () => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  await page.getByRole("button", { name: "Copy address" }).click();
  await page.getByText("The address is copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), LINES.join("\n"));
  await context.close();
});

test("without scripts one tap chooses the whole address", async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(preview.url + "/people/marcus-k7m2q/");
  assert.equal(await page.locator("#address").evaluate(address => getComputedStyle(address).userSelect), "all");
  assert.equal(await page.getByRole("button", { name: "Copy address" }).isVisible(), false);
  await page.context().close();
});

test("a registration for a facility that is not in the list stops where its agency forbids listings", async () => {
  const page = await browser.newPage();
  await page.goto(preview.url + "/register/");
  await page.selectOption("#facility", "other");
  await page.selectOption("#other_agency", "florida-doc");
  await page.getByRole("button", { name: "Read what its rule says" }).click();
  assert.match(await page.locator("h1").innerText(), /Florida Department of Corrections does not allow/);
  assert.match(await page.locator("main").innerText(), /You did nothing wrong by asking/);
  await page.context().close();
});

test("reports carry their urgency to the editors' list, the most urgent first", async () => {
  const page = await browser.newPage();
  const references = [];
  for (const kind of ["other", "came_back", "take_down"]) {
    await page.goto(preview.url + "/tell-us/");
    await page.check(`#kind_of-${kind}`);
    await page.fill("#details", `About ${kind}.`);
    await page.getByRole("button", { name: "Check your answers" }).click();
    if (kind !== "other") {
      const follow = kind === "came_back" ? "envelope_said" : "speaks_for";
      assert.equal(await page.locator(".summary li").count(), 1, "the follow-up is asked for");
      await page.locator(`input[name=${follow}]`).first().check();
      await page.getByRole("button", { name: "Check your answers" }).click();
    }
    await page.locator("form.paper > .actions button").click();
    references.push(await page.locator("#reference").innerText());
  }
  const rows = preview.review("list").stdout.split("\n");
  const [usual, soon, today] = references.map(reference => rows.findIndex(row => row.startsWith(reference)));
  assert.ok(today < soon && soon < usual, rows.join("\n"));
  assert.match(rows[today], / today /);
  assert.match(rows[soon], / soon /);
  await page.context().close();
});

const LONG = [
  ["80 letters in words", Array.from({ length: 8 }, (_, at) => `${at + 1}${"Mill Road ".repeat(8)}`.slice(0, 79) + "e")],
  ["80 letters without a space", Array.from({ length: 8 }, (_, at) => `${at + 1}`.repeat(2) + "W".repeat(78))],
  ["80 small letters", Array.from({ length: 8 }, (_, at) => `${at + 1} ${"correctional ".repeat(6)}`.slice(0, 79) + "e")],
];
for (const [kind, lines] of LONG) {
  test(`eight lines of ${kind} are printed whole on every paper, and written on it too`, async () => {
    const agency = line => `      - "${line}"\n`;
    const own = await startPreview(root => {
      const file = join(root, "content/agencies/franklin-doc.yaml");
      const text = readFileSync(file, "utf8").replace(/    lines:\n(?:      - .*\n)+/, () => `    lines:\n${agency("{mail_name} {number}")}${lines.slice(1).map(agency).join("")}`);
      writeFileSync(file, text);
      const person = join(root, "profiles/marcus-k7m2q.yaml");
      // The first line is as long as the others: a name of 72 letters, a space, and the number.
      writeFileSync(person, readFileSync(person, "utf8").replace("mail_name: Marcus Thompson", `mail_name: "${"M".repeat(36)} ${"T".repeat(35)}"`));
    });
    try {
      for (const address of ["/people/marcus-k7m2q/", "/write/#to=marcus-k7m2q"]) {
        const page = await (await browser.newContext()).newPage();
        page.on("dialog", dialog => dialog.accept());
        await page.goto(own.url + address);
        if (address.startsWith("/write")) {
          await page.locator("#letter-page[data-ready]").waitFor();
          await page.fill("#sender", `Ana ${"Gomez".repeat(12)}\n12 ${"Elm Street ".repeat(6)}\nMillford`);
        } else await page.locator(".printing summary").click();
        for (const [paper, [width, height]] of Object.entries(papers)) {
          await page.check(`#paper-${paper}`);
          const pages = await printed(page);
          assert.equal(pages.length, 1, `${paper}: ${pages.length} pages`);
          const said = pages[0].lines.map(line => line.text).join("").replace(/\s/g, "");
          for (const line of [`${"M".repeat(36)}${"T".repeat(35)}0123456`, ...lines.slice(1)]) assert.ok(said.includes(line.replace(/\s/g, "")), `${paper} lacks ${line}: ${said}`);
          const barcode = paper === "tag" ? 8 : 45 - 1;
          for (const line of pages[0].lines) assert.ok(line.left > 8 && line.right < width - 8 && line.bottom < height - barcode, `${paper}: ${JSON.stringify(line)}`);
        }
        await page.context().close();
      }
    } finally {
      own.stop();
    }
  });
}

test("without scripts a person's page leads to a guide to a letter by hand, and the guide prints with the address", async () => {
  for (const scripts of [false, true]) {
    const page = await (await browser.newContext({ javaScriptEnabled: scripts })).newPage();
    await page.goto(preview.url + "/people/marcus-k7m2q/");
    assert.equal(await page.getByRole("link", { name: "Write the letter here" }).isVisible(), scripts);
    assert.equal(await page.getByRole("link", { name: "Write it by hand" }).isVisible(), !scripts);
    if (!scripts) {
      await page.getByRole("link", { name: "Write it by hand" }).click();
      assert.ok(await page.locator("#guide").isVisible());
    }
    await page.locator(".printing summary").click();
    await page.check("#paper-guide");
    const text = (await printed(page)).flatMap(sheet => sheet.lines.map(line => line.text)).join("\n");
    for (const words of [...LINES, "How to begin", "Say honestly how often you can write", "At most 10 pages in one envelope.", "You must be 18 or over"]) assert.ok(text.includes(words), `${words}\n${text}`);
    assert.ok(!text.includes("I fix radios") && !text.includes("Print this page"), text);
    await page.context().close();
  }
});

test("on paper the address of a source follows its name, in the same lines and inside the page", async () => {
  const page = await (await browser.newContext()).newPage();
  for (const path of ["/mail/", "/mail/florida-doc/", "/people/marcus-k7m2q/"]) {
    await page.goto(preview.url + path);
    const sheets = await printed(page);
    const wide = sheets.flatMap(sheet => sheet.lines.filter(line => line.right > sheet.width - 20).map(line => line.text));
    assert.deepEqual(wide, [], path);
    await page.emulateMedia({ media: "print" });
    const links = await page.locator('main a[href^="http"]').evaluateAll(links => links.map(link => getComputedStyle(link).display));
    assert.ok(links.length > 0);
    // What stands alone in a list is made a block by it; beside their names addresses would stand as columns.
    assert.deepEqual(links.filter(display => !["inline", "block"].includes(display)), [], path);
    await page.emulateMedia({ media: "screen" });
  }
  await page.context().close();
});
