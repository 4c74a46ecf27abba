// What is only looked at, and tested where it is made: what somebody sees of what they sent, by what became of it; errors one at a
// time; pages without script. Each kind is the way to it; a way whose name ends with “without script” is gone without.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillRegistration, send } from "./forms.mjs";

const WORDS = "I bake bread and fix radios.\n\nOn Sundays I read about the sea:\n- tides\n- lighthouses\n\nAn old line of mine goes\nthe sea gives back\nwhat it does not need.";

export function states(preview) {
  let numbers = 774001;
  const made = new Map();
  /** What a kind needs is made once, however often it is looked at. */
  const once = async (kind, make) => made.get(kind) ?? made.set(kind, await make()).get(kind);
  const fill = async (page, name = "Ines Q.") => {
    await page.goto(`${preview.url}/register/`);
    await fillRegistration(page, name, `0${numbers++}`);
    await page.evaluate(() => (location.hash = "step-2"));
    await page.fill("#introduction", WORDS);
    await page.evaluate(() => (location.hash = "step-5"));
  };
  const check = page => page.getByRole("button", { name: "Check your answers" }).click();
  const register = page => async () => {
    await fill(page);
    return { reference: await send(page), code: await page.locator("#code").innerText() };
  };
  const see = async (page, { reference, code }) => {
    await page.goto(`${preview.url}/send/mine`);
    await page.fill("#reference", reference);
    await page.fill("#code", code);
    await page.getByRole("button", { name: "See where it stands" }).click();
  };
  /** Where it stands, after `become` did something with it. */
  const status = (kind, become = () => {}) => async page => {
    const pair = await once(kind, async () => {
      const pair = await register(page)();
      await become(pair, page);
      return pair;
    });
    await see(page, pair);
  };
  const review = (...words) => preview.review(...words, "--as", "test");
  const promote = async ({ reference }, page) => {
    const said = review("promote", reference, "--yes").stdout;
    const id = said.match(/profiles\/([a-z0-9-]+)\.yaml/)?.[1] ?? said;
    await until(page, id, true);
    return id;
  };
  /** Until the preview has built a page, or taken it away. */
  async function until(page, id, stands) {
    for (let turn = 0; turn < 150; turn++) {
      if ((await page.request.get(`${preview.url}/people/${id}/`)).ok() === stands) return;
      await new Promise(next => setTimeout(next, 200));
    }
    throw new Error(`the page of ${id} ${stands ? "does not come" : "stays"}`);
  }
  const rewrite = (id, from, to) => {
    const path = join(preview.root, `profiles/${id}.yaml`);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  };
  const built = () => new Promise(next => setTimeout(next, 4000));
  const leave = async (pair, page) => {
    const id = await promote(pair, page);
    rewrite(id, "status: listed", `withdrawn: ${new Date().toISOString().slice(0, 10)}\nstatus: withdrawn`);
    await until(page, id, false);
    return id;
  };
  return {
    "check registration": async page => {
      await fill(page);
      await check(page);
      await page.locator(".look summary").click();
    },
    "sent registration": async page => register(page)(),
    "one mistake": async page => {
      await fill(page);
      await page.fill("#email", "maria@example");
      await check(page);
    },
    "photo refused": async page => {
      await register(page)();
      await page.setInputFiles("input[type=file]", { name: "a.gif", mimeType: "text/plain", buffer: Buffer.from("GIF89a, and no photo") });
      await page.check("#consent_photo");
      await page.getByRole("button", { name: "Send the photo" }).click();
      await page.locator(".summary").waitFor();
    },
    "put down": async page => {
      await fill(page);
      await page.getByRole("button", { name: "Put this down and go on later" }).click();
    },
    "taken up": async page => {
      await fill(page);
      await page.getByRole("button", { name: "Put this down and go on later" }).click();
      await page.getByRole("button", { name: "Go on now" }).click();
    },
    "wrong code": async page => {
      await page.goto(`${preview.url}/register/`);
      await page.getByRole("link", { name: "Go on with your code" }).click();
      await page.getByLabel("Code").fill("AAAA-BBBB-CCCC");
      await page.keyboard.press("Enter");
    },
    "wrong pair": page => see(page, { reference: "AAAA-BBBB", code: "AAAA-BBBB-CCCC" }),
    "status waiting": status("waiting"),
    "second version": async page => {
      await status("waiting")(page);
      await page.getByRole("button", { name: "Correct it" }).click();
    },
    "check second version": async page => {
      await status("waiting")(page);
      await page.getByRole("button", { name: "Correct it" }).click();
      await page.fill("#shown_name", "Ines of the bakery");
      await check(page);
    },
    "take back": async page => {
      await status("waiting")(page);
      await page.getByRole("button", { name: "Take it back" }).click();
    },
    "status held": status("held", ({ reference }) => review("hold", reference, "--reason", "asked the agency")),
    "status refused": status("refused", ({ reference }) => review("reject", reference, "--reason", "the number belongs to somebody else")),
    "status taken back": status("back", async (pair, page) => {
      await see(page, pair);
      await page.getByRole("button", { name: "Take it back" }).click();
      await page.getByRole("button", { name: "Yes, take it back" }).click();
    }),
    "status live": status("live", promote),
    "status paused": status("paused", async (pair, page) => {
      rewrite(await promote(pair, page), "status: listed", "status: paused");
      await built();
    }),
    "status taken down": status("down", leave),
    "status forgotten": status("forgotten", async (pair, page) => {
      preview.run("forget", await leave(pair, page), "--early", "--yes", "--as", "test");
      await built();
    }),
    "form without script": page => page.goto(`${preview.url}/register/#step-3`),
    "people without script": page => page.goto(`${preview.url}/people/`),
    "person without script": page => page.goto(`${preview.url}/people/marcus-k7m2q/`),
    "writing page without script": page => page.goto(`${preview.url}/write/`),
    "kept without script": page => page.goto(`${preview.url}/kept/`),
  };
}
