// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { FigureBoundary } from "../../src/components/FigureBoundary";

afterEach(cleanup);

test("a figure that breaks leaves the others alone, says why, and can be drawn again", async () => {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
  let broken = true;
  render(
    <>
      <FigureBoundary>
        <Figure breaks={() => broken} />
      </FigureBoundary>
      <p>another figure</p>
    </>,
  );
  expect(screen.getByRole("alert").textContent).toContain("no numbers");
  expect(screen.getByText("another figure")).toBeTruthy();
  broken = false;
  await userEvent.setup().click(screen.getByRole("button", { name: "Retry" }));
  expect(screen.getByText("the figure")).toBeTruthy();
  quiet.mockRestore();
});

function Figure({ breaks }: { breaks: () => boolean }) {
  if (breaks()) throw new Error("no numbers");
  return <p>the figure</p>;
}
