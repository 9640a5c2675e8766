import { describe, expect, test, vi } from "vitest";

vi.mock("virtual:messages/en", () => ({ messages: { "app.views": ["Views"] } }));
vi.mock("virtual:messages/zh", () => ({ messages: { "app.views": ["视图"] } }));
vi.mock("virtual:messages/zh/later", () => ({ messages: {} }));

const later = { fails: true };
vi.mock("virtual:messages/en/later", () => ({
  get messages() {
    if (later.fails) throw new Error("offline");
    return { "atlas.title": ["Atlas"] };
  },
}));

const { catalogueOf, ENGLISH, loadLanguage, loadWhole } = await import("../../src/i18n/catalogue");

describe("a catalogue", () => {
  test("answers at once what the first picture needs", () => {
    expect(ENGLISH.t("app.views")).toBe("Views");
  });

  test("throws a promise for what comes later, says it once that is there, and tries again after a failure", async () => {
    const wait = () => {
      try {
        ENGLISH.t("atlas.title" as never);
      } catch (promise) {
        return promise;
      }
      return null;
    };
    await expect(wait()).rejects.toThrow("offline");
    later.fails = false;
    await expect(wait()).resolves.toBe(undefined);
    expect(wait()).toBe(null);
    expect(ENGLISH.t("atlas.title" as never)).toBe("Atlas");
    expect(ENGLISH.t("atlas.nothing" as never)).toBe("atlas.nothing");
  });

  test("of another language is there once it was fetched", async () => {
    expect(catalogueOf("zh")).toBe(undefined);
    await loadLanguage("zh");
    expect(catalogueOf("zh")?.t("app.views")).toBe("视图");
    expect(await loadWhole("zh")).toBe(catalogueOf("zh"));
  });
});
