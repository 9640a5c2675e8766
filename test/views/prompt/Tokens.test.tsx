// @vitest-environment jsdom
import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Selection } from "../../../src/store/selection";
import { Tokens } from "../../../src/views/prompt/Tokens";
import { openFixture } from "../openFixture";

test("the tokens that were typed are a decoder's keys where it looks across, and nothing where it looks at its own", async () => {
  const { session } = await openFixture("marian-1", <Tokens />);
  const marked = (place: Partial<Selection>) => {
    act(() => session.getState().lock({ query: 1, key: 2, ...place }));
    return screen.queryAllByRole("button", { pressed: true }).map((chip) => chip.getAttribute("aria-label"));
  };
  const [query, key] = marked({ stack: "encoder", attention: "attn" });
  expect([query, key]).toEqual([expect.stringContaining("query"), expect.stringContaining("key")]);
  expect(marked({ stack: "decoder", attention: "cross_attn" })).toEqual([key]);
  expect(marked({ stack: "decoder", attention: "attn" })).toEqual([]);
});
