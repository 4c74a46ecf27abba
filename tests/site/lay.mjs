// The site on which tests stand, for those in Node: as src/lib.rs tells.
import { cpSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Lays the tests' site into a folder. */
export function lay(root) {
  for (const part of ["content", "templates/assets", "templates/html"]) cpSync(join(project, part), join(root, part), { recursive: true });
  for (const own of ["content/facilities", "content/site.yaml"]) rmSync(join(root, own), { recursive: true, force: true });
  cpSync(join(project, "tests/site/root"), root, { recursive: true });
}
