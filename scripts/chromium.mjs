import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** How a Chromium is started without a graphics card, a network of its own, or first questions. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-quic",
  "--no-first-run",
];

const PLACES = [
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Path of a Chromium on this machine, or null: CHROMIUM, the PATH, usual places, Playwright's own download. */
export function findChromium() {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const places = [process.env.CHROMIUM, ...onPath, ...PLACES, chromium.executablePath()];
  return places.find((path) => path && existsSync(path)) ?? null;
}

/** The ways to get a Chromium, tried in order. */
const INSTALLERS = [
  {
    name: "Debian's package",
    command: ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
  },
  { name: "Playwright's installer", command: ["npx", "playwright-core", "install", "chromium"] },
];

/** Path of a Chromium, installing one where there is none. Throws, saying what was tried, where that fails. */
export function needChromium() {
  const found = findChromium();
  if (found !== null) return found;
  const tried = [];
  for (const { name, command } of INSTALLERS) {
    console.log(`No Chromium found; trying ${name}.`);
    tried.push(`${name}: ${install(command) ?? "it ran, but there is still no Chromium"}`);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    `The browser tests need a Chromium, and none could be found or installed.\n${tried.join("\n")}\nInstall one, or say where it is: CHROMIUM=/path/to/chromium npm test`,
  );
}

/** Runs an installer; what went wrong, or null. */
function install([program, ...args]) {
  const needsRoot = program === "apt-get" && process.getuid?.() !== 0;
  const [run, rest] = needsRoot ? ["sudo", ["-n", program, ...args]] : [program, args];
  if (program === "apt-get")
    spawnSync(run, needsRoot ? ["-n", program, "update"] : ["update"], { stdio: "ignore" });
  try {
    execFileSync(run, rest, { stdio: ["ignore", "ignore", "pipe"] });
    return null;
  } catch (error) {
    return String(error.stderr || error.message)
      .trim()
      .split("\n")
      .at(-1);
  }
}
