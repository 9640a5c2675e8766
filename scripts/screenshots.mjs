/**
 * npm run screenshots: pictures of the built page. Writes docs/screenshot.png and docs/lesson.png for the readme, and .zh.png for the Chinese one; with --all also every width,
 * theme and language into test/browser/shots/, to be looked at.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { CHROMIUM_ARGS, needChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const shots = `${root}test/browser/shots/`;

const server = await preview({ root, logLevel: "error", preview: { host: "127.0.0.1", port: 0 } });
const site = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath: needChromium(),
  args: [...CHROMIUM_ARGS],
});

/** Takes one picture, of the first visit unless a place is given, once the engine has run and the fonts are there. */
async function shoot(path, { width, height, theme, language, fullPage, place = "" }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  await page.goto(`${site}#v=1&lang=${language}${place}`);
  const isDrawn = place === "" ? "[data-live=true] bdi" : "section[data-view] [role=grid]";
  await page.waitForFunction((wanted) => document.querySelector(wanted) !== null, isDrawn);
  await page.getByRole("list").last().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, fullPage });
  await page.close();
}

const readme = { width: 1440, height: 900, theme: "light", fullPage: false };
for (const [language, ending] of [
  ["en", "png"],
  ["zh", "zh.png"],
]) {
  await shoot(`${root}docs/screenshot.${ending}`, { ...readme, language });
  await shoot(`${root}docs/lesson.${ending}`, { ...readme, language, place: "&lesson=a2&at=4" });
}
if (process.argv.includes("--all")) {
  mkdirSync(shots, { recursive: true });
  for (const width of [390, 1440]) {
    for (const theme of ["light", "dark"]) {
      for (const language of ["en", "zh"]) {
        const path = `${shots}explore-${width}-${theme}-${language}.png`;
        await shoot(path, { width, height: width === 390 ? 844 : 900, theme, language, fullPage: true });
      }
    }
  }
}
await browser.close();
await server.close();
