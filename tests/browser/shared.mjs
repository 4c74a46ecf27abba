// Runs what it is told to, with a preview that all of it shares.
import { spawnSync } from "node:child_process";
import { startPreview } from "./preview.mjs";

const { root, url, stop } = await startPreview();
const { status } = spawnSync(process.argv[2], process.argv.slice(3), { stdio: "inherit", env: { ...process.env, INSIDE_OUT_PREVIEW: JSON.stringify({ root, url }) } });
stop();
process.exit(status ?? 1);
