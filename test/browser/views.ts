import type { Locator, Page } from "playwright-core";
import { type Opened, openSite, sentence, untilShown } from "./open";
import { loadReference, type Reference } from "./reference";

/** The site in English with a sentence that has been run, and the engine's numbers to compare with. */
export interface OpenedWith {
  readonly reference: Reference;
  readonly opened: Opened;
  readonly page: Page;
}

export async function openWith(text: string): Promise<OpenedWith> {
  const reference = await loadReference();
  const opened = await openSite("#v=1&lang=en");
  await type(opened.page, text, reference.tokens(text));
  return { reference, opened, page: opened.page };
}

/** Goes to a view by the navigation, and gives its region. */
export async function goTo(page: Page, view: string): Promise<Locator> {
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: view, exact: true })
    .click();
  const region = page.getByRole("region", { name: view, exact: true });
  await region.waitFor();
  return region;
}

/** Types a sentence and waits until it has been run. */
export async function type(page: Page, text: string, tokens: readonly string[]): Promise<void> {
  await sentence(page).fill(text);
  await untilShown(page, tokens);
}

/** Chooses a model by its id and waits until the page shows the tokens that it makes. */
export async function choose(page: Page, model: string): Promise<void> {
  await page.getByRole("combobox", { name: "Model", exact: true }).selectOption(model);
}

/** Keeps a token as the query: Escape lets go of an earlier one, since a second click would choose the key. */
export async function lookFrom(page: Page, text: string, at: number): Promise<void> {
  const name = new RegExp(`^${text} ${at}(,|$)`, "i");
  const chip = page.getByRole("group", { name: "Tokens" }).getByRole("button", { name });
  await chip.press("Escape");
  await chip.click();
}

/** The texts of some elements, in their order. */
export function texts(elements: Locator): Promise<string[]> {
  return elements.evaluateAll((all) => all.map((each) => each.textContent ?? ""));
}
