// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { KeysHelp } from "../../src/app/KeysHelp";
import { I18nProvider } from "../../src/i18n/I18n";
import { SettingsProvider } from "../../src/store/SettingsContext";
import { createSettings } from "../../src/store/settings";

afterEach(cleanup);

// jsdom has no modal dialogs.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

function open() {
  const settings = createSettings({ theme: "light", language: "en", transpose: false, view: "steps" });
  render(
    <SettingsProvider store={settings}>
      <I18nProvider language="en">
        <KeysHelp />
        <textarea aria-label="Sentence" />
      </I18nProvider>
    </SettingsProvider>,
  );
}

test("a question mark lists every key and what it does, unless it is typed into a text", async () => {
  open();
  await userEvent.type(screen.getByRole("textbox"), "why?");
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.click(document.body);
  await userEvent.keyboard("?");
  const dialog = within(await screen.findByRole("dialog"));
  const said = dialog.getAllByRole("term").map((term) => term.textContent);
  expect(said).toEqual(expect.arrayContaining(["Esc", "←→", "←↑↓→", "Enter", "?"]));
  for (const meaning of dialog.getAllByRole("definition")) expect(meaning.textContent).toMatch(/\w/);
});
