// @vitest-environment jsdom
import { messages as english } from "virtual:messages/en";
import { render, screen, waitFor } from "@testing-library/react";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { I18nProvider, useT } from "../../src/i18n/I18n";
import { preferredLanguage } from "../../src/i18n/language";
import { pieces, shield } from "../../src/i18n/rich";
import { translator } from "../../src/i18n/translator";

function Word() {
  return <p>{useT()("prompt.tokens")}</p>;
}

test("a rich message is cut at its own tags and never at those of a value", () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      fc.pre(!typed.includes("\uE000"));
      const message = `<query/> gives ${shield(`${typed}<key/>`)} away`;
      expect(pieces(message)).toEqual([{ component: "query" }, { text: ` gives ${typed}<key/> away` }]);
    }),
  );
});

test("placeholders and plurals are filled", () => {
  const t = translator("en", english);
  const values = { typed: "1,200", shown: "128" };
  expect(t("prompt.tooLong", { ...values, rest: 1 })).toContain("the text keeps the other one.");
  expect(t("prompt.tooLong", { ...values, rest: 2 })).toContain("the text keeps all the others.");
  expect(t("errors.network", { status: 0, path: "/a" })).toBe("/a could not be reached.");
  expect(t("errors.network", { status: 404, path: "/a" })).toBe("/a answered with status 404.");
});

test("the first language of the reader that is spoken here is taken, else English", () => {
  expect(preferredLanguage(["la-VA", "zh-TW", "en"])).toBe("zh");
  expect(preferredLanguage(["en-GB", "zh"])).toBe("en");
  expect(preferredLanguage(["vo", "zhx"])).toBe("en");
  expect(preferredLanguage([])).toBe("en");
});

test("a change of language shows its messages and says so to the browser", async () => {
  const { rerender } = render(
    <I18nProvider language="en">
      <Word />
    </I18nProvider>,
  );
  expect(screen.getByText("Tokens")).toBeTruthy();
  rerender(
    <I18nProvider language="zh">
      <Word />
    </I18nProvider>,
  );
  await waitFor(() => expect(screen.getByText("词元")).toBeTruthy(), { timeout: 20_000 });
  await waitFor(() => expect(document.documentElement.lang).toBe("zh-Hans"));
});
