// A site root of the tests' own, served by the real preview on a free port, and the browser that looks at it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { lay } from "../site/lay.mjs";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const command = join(process.env.CARGO_TARGET_DIR ?? join(project, "target"), "debug/inside-out");

/** `prepare` may change the site root before it is first built. */
export async function startPreview(prepare = () => {}) {
  const root = mkdtempSync(join(tmpdir(), "inside-out-"));
  lay(root);
  prepare(root);
  const server = spawn(command, ["--root", root, "preview", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", text => {
      said += text;
      const line = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (line) found(line[0]);
    });
    server.on("exit", code => failed(new Error(`the preview ended with ${code}: ${said}`)));
  });
  return {
    ...at(root, url),
    stop: () => {
      server.removeAllListeners("exit");
      server.kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A preview that runs: where its files are, where it answers, the command on it, and the desk behind it. */
const at = (root, url) => {
  const run = (...words) => spawnSync(command, ["--root", root, ...words], { encoding: "utf8" });
  return { root, url, run, review: (...words) => run("review", ...words) };
};

/** The site that all files of a run share, where `run` started one, and a browser of the file's own; a file that changes the site opens its own. */
export function openSite() {
  const shared = JSON.parse(process.env.INSIDE_OUT_PREVIEW ?? "null");
  return shared ? withBrowser({ ...at(shared.root, shared.url), stop: () => {} }) : openOwnSite();
}

/** A site of the file's own, which `prepare` may change before it is first built, and a browser; both end with the tests of the file. */
export const openOwnSite = async prepare => withBrowser(await startPreview(prepare));

async function withBrowser(preview) {
  const browser = await openBrowser();
  after(() => preview.stop());
  return { preview, browser };
}

/** Reads the page of answers as a person does: what is sent within two seconds of it is held for a second look. */
export const readAnswers = page => page.waitForTimeout(2100);

const browsers = new Set();
// A test that fails closes nothing: its file would wait for its browser for ever.
if (process.env.NODE_TEST_CONTEXT) after(() => Promise.all([...browsers].map(browser => browser.close())));

let isPatient = false;

/** A click or a key comes back once the answer to it has begun; people read what has come whole. A page of which a part never comes is
 * read as it stands. A key pressed on the keyboard itself waits for no answer, so Enter is pressed on what has the focus. */
async function readWhatCame(browser) {
  if (isPatient) return;
  isPatient = true;
  const page = await browser.newPage(), locator = Object.getPrototypeOf(page.locator("html"));
  for (const action of ["click", "press"]) {
    const act = locator[action];
    locator[action] = async function (...how) {
      await act.apply(this, how);
      await this.page().waitForLoadState("load", { timeout: 5000 }).catch(() => {});
    };
  }
  const keyboard = Object.getPrototypeOf(page.keyboard), { press } = keyboard;
  keyboard.press = async function (key, ...how) {
    const focused = this._page.locator(":focus");
    await (key === "Enter" && (await focused.count()) === 1 ? focused.press(key, ...how) : press.call(this, key, ...how));
  };
  await page.close();
}

const chromiumHere = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export async function openBrowser(settings = {}) {
  const browser = await chromium.launch({ ...chromiumHere, ...settings, args: [...chromiumHere.args, ...(settings.args ?? [])] });
  await readWhatCame(browser);
  browsers.add(browser);
  browser.on("disconnected", () => browsers.delete(browser));
  return browser;
}

/** A browser that keeps what it is asked to keep in a folder, from one visit to the next. */
export async function openProfile(folder) {
  const context = await chromium.launchPersistentContext(folder, chromiumHere);
  browsers.add(context);
  context.on("close", () => browsers.delete(context));
  return context;
}
