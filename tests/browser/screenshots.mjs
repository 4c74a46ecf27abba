// Every kind of page and state, to be looked at: on a phone, a tablet and a desk, by light and by lamplight, and as it is printed.
// With words behind it, only those whose names hold one of them.
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { kinds } from "./kinds.mjs";
import { openBrowser, startPreview } from "./preview.mjs";
import { states } from "./states.mjs";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../../var/screenshots");
const light = [360, 768, 1280].map(width => ({ width, name: String(width) }));
const dark = [360, 1280].map(width => ({ width, name: `${width}-dark`, colorScheme: "dark" }));
// US letter at 96 pixels to the inch, without its margins.
const looks = [...light, ...dark, { width: 700, name: "print", media: "print" }];

mkdirSync(folder, { recursive: true });
const preview = await startPreview();
const browser = await openBrowser();
const wanted = process.argv.slice(2);
const all = Object.entries({ ...kinds(preview), ...states(preview) });
for (const [kind, go] of all.filter(([kind]) => !wanted.length || wanted.some(word => kind.includes(word)))) {
  for (const { width, name, colorScheme = "light", media = "screen" } of looks) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: !kind.endsWith("without script") });
    const page = await context.newPage();
    await go(page);
    await page.emulateMedia({ media });
    await page.screenshot({ path: join(folder, `${kind.replaceAll(" ", "-")}-${name}.png`), fullPage: true });
    await context.close();
  }
  console.log(kind);
}
await browser.close();
preview.stop();
console.log(`look at them in ${folder}`);
