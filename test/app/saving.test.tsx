// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SaveStatus } from "../../src/app/sharing/SaveStatus";
import { useSaved } from "../../src/app/sharing/useSaved";
import type { Work } from "../../src/export/work";
import { loadWhole } from "../../src/i18n/catalogue";
import { I18nProvider } from "../../src/i18n/I18n";

beforeEach(() => {
  // Where files go in a browser.
  URL.createObjectURL = vi.fn(() => "blob:there");
  URL.revokeObjectURL = vi.fn();
  HTMLAnchorElement.prototype.click = vi.fn();
});
afterEach(cleanup);

const ended: string[] = [];

/** A file that is half made for as long as nobody ends it. */
function endless(name: string) {
  return ({ signal, report }: Work) =>
    new Promise<Blob>((_, reject) => {
      report(0.5);
      signal.addEventListener("abort", () => {
        ended.push(name);
        reject(signal.reason);
      });
    });
}

function Saving() {
  const { saved, making, save } = useSaved();
  return (
    <>
      <button type="button" onClick={() => save("long.png", endless("long.png"))}>
        long
      </button>
      <button type="button" onClick={() => save("short.csv", () => Promise.resolve(new Blob(["1"])))}>
        short
      </button>
      <SaveStatus making={making} saved={saved} />
    </>
  );
}

async function open() {
  await loadWhole("en");
  return render(
    <I18nProvider language="en">
      <Saving />
    </I18nProvider>,
  );
}

test("a long file says how far it is, and Cancel ends it and lets the next one go", async () => {
  const user = userEvent.setup();
  await open();
  await user.click(screen.getByRole("button", { name: "long" }));
  const bar = await screen.findByRole("progressbar", { name: "Making long.png" });
  await waitFor(() => expect(bar).toHaveProperty("value", 0.5));
  await user.click(screen.getByRole("button", { name: "short" }));
  expect(HTMLAnchorElement.prototype.click).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await screen.findByText("Saved short.csv.");
  expect(ended).toEqual(["long.png"]);
  expect(HTMLAnchorElement.prototype.click).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("progressbar")).toBeNull();
});

test("what is being made ends with the dialog", async () => {
  ended.length = 0;
  const user = userEvent.setup();
  const { unmount } = await open();
  await user.click(screen.getByRole("button", { name: "long" }));
  await screen.findByRole("progressbar");
  unmount();
  expect(ended).toEqual(["long.png"]);
});
