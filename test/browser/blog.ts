import type { Frame, Page } from "playwright-core";
import { inject } from "vitest";
import { hostPage } from "./host";
import { openSite } from "./open";

/** Keeps what frames tell, by their place on the page. */
function keepTold(): void {
  const told: unknown[] = [];
  Object.assign(window, { told });
  addEventListener("message", ({ data, source }) => {
    const frames = [...document.querySelectorAll("iframe")];
    const at = frames.findIndex((each) => each.contentWindow === source);
    if (at >= 0 && data.source === "sightline") told.push({ frame: `embed-${at}`, ...data });
  });
}

/** A page that frames embeds as their documentation says, sizes them and keeps what they tell. */
export function blog(fragments: readonly string[]): string {
  const frames = fragments.map(
    (fragment, at) =>
      `<p>${"Words between two figures. ".repeat(40)}</p><iframe title="${at}" src="${inject("site")}embed.html#${fragment.replaceAll("&", "&amp;")}" width="100%" height="300" sandbox="allow-scripts"></iframe>`,
  );
  return `<!doctype html><meta charset="utf-8"><body>${frames.join("\n")}<script>
    addEventListener("message", ({ data, source }) => {
      const frame = [...document.querySelectorAll("iframe")].find((each) => each.contentWindow === source);
      if (frame && data.source === "sightline" && data.type === "resize") frame.height = data.height;
    });
  </script>`;
}

type Told = Record<string, unknown> & { frame: string; type: string };

export const toldBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { told: Told[] }).told as unknown as Told[]);

export async function frameOf(page: Page, at: number): Promise<Frame> {
  const element = await page.locator("iframe").nth(at).elementHandle();
  if (element === null) throw new Error(`there is no embed ${at}`);
  await element.scrollIntoViewIfNeeded();
  const frame = await element.contentFrame();
  if (frame === null) throw new Error(`embed ${at} has no frame`);
  return frame;
}

export async function untilFrameLive(frame: Frame): Promise<void> {
  await frame.waitForFunction(() => document.querySelector("[data-live=true] bdi") !== null);
}

/** Opens someone else's page in a fresh profile. */
export async function openBlog(html: string) {
  const host = await hostPage(html);
  const opened = await openSite("", {}, keepTold);
  opened.complaints.length = 0;
  await opened.page.goto(host.url);
  return {
    page: opened.page,
    /** What went wrong so far; the page around is not of the site, and may be asked for. */
    complaints: () => opened.complaints.filter((each) => each !== `request to ${host.url}`),
    close: async () => {
      await opened.close();
      host.close();
    },
  };
}
