// A site root of this test's own, served by the real preview on a free port.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const command = join(process.env.CARGO_TARGET_DIR ?? join(project, "target"), "debug/inside-out");

/** `prepare` may change the site root before it is first built. */
export async function startPreview(prepare = () => {}) {
  const root = mkdtempSync(join(tmpdir(), "inside-out-"));
  for (const part of ["content", "profiles", "templates/html", "templates/assets"]) cpSync(join(project, part), join(root, part), { recursive: true });
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
    root,
    url,
    review: (...words) => spawnSync(command, ["--root", root, "review", ...words], { encoding: "utf8" }),
    stop: () => {
      server.removeAllListeners("exit");
      server.kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Reads the page of answers as a person does: what is sent within two seconds of it is held for a second look. */
export const readAnswers = page => page.waitForTimeout(2100);

export const openBrowser = (settings = {}) =>
  chromium.launch({
    ...settings,
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...(settings.args ?? [])],
  });
