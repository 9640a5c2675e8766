// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { Disclosure } from "../../src/components/Disclosure";
import { ErrorNote } from "../../src/components/ErrorNote";
import { Segmented } from "../../src/components/Segmented";
import { Slider } from "../../src/components/Slider";
import { Tabs } from "../../src/components/Tabs";
import { Term } from "../../src/components/Term";
import { TermBars } from "../../src/components/TermBars";
import { useColourTheme } from "../../src/components/useColourTheme";

afterEach(cleanup);

const TABS = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase() }));

test("one tab stops the Tab key; arrows, Home and End choose", async () => {
  const onChoose = vi.fn();
  render(<Tabs label="Stages" tabs={TABS} chosen="b" panel="panel" onChoose={onChoose} />);
  await userEvent.tab();
  expect(screen.getByRole("tab", { name: "B", selected: true })).toBe(document.activeElement);
  await userEvent.keyboard("{ArrowRight}{ArrowLeft}{Home}{End}");
  expect(onChoose.mock.calls.map(([id]) => id)).toEqual(["c", "a", "a", "c"]);
});

test("one of a few is a group of radio buttons", async () => {
  const onChoose = vi.fn();
  render(<Segmented label="Show as" choices={TABS} chosen="a" onChoose={onChoose} />);
  const group = screen.getByRole("radiogroup", { name: "Show as" });
  expect(within(group).getByRole("radio", { checked: true })).toBe(screen.getByLabelText("A"));
  await userEvent.click(screen.getByLabelText("C"));
  expect(onChoose).toHaveBeenCalledWith("c");
});

test("a slider says its value in words", () => {
  render(<Slider label="Top-k" value={2} min={0} max={4} step={1} text="off" onChange={() => undefined} />);
  const slider = screen.getByRole("slider", { name: "Top-k" });
  expect(slider.getAttribute("aria-valuetext")).toBe("off");
  expect(screen.getByRole("status").textContent).toBe("off");
});

test("a term gives its meaning on focus and Escape takes it away", async () => {
  render(<Term meaning="what a token asks">query</Term>);
  await userEvent.tab();
  const word = screen.getByRole("button", { name: "query" });
  expect(screen.getByRole("tooltip").textContent).toBe("what a token asks");
  expect(word.getAttribute("aria-describedby")).toBe(screen.getByRole("tooltip").id);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("a term gives its meaning to a finger, until something else is touched", async () => {
  render(
    <>
      <Term meaning="what a token asks">query</Term>
      <button type="button">elsewhere</button>
    </>,
  );
  const touch = (name: string) =>
    userEvent.pointer({ keys: "[TouchA]", target: screen.getByRole("button", { name }) });
  await touch("query");
  expect(screen.getByRole("tooltip").textContent).toBe("what a token asks");
  await touch("elsewhere");
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("a disclosure makes its contents only when it is opened", async () => {
  render(<Disclosure name="more">inside</Disclosure>);
  expect(screen.queryByText("inside")).toBeNull();
  await userEvent.click(screen.getByText("more"));
  expect(await screen.findByText("inside")).toBeTruthy();
});

test("an error says what to do, and does it", async () => {
  const run = vi.fn();
  render(
    <ErrorNote detail="got 3 bytes" action={{ name: "Retry", run }}>
      The file is cut short.
    </ErrorNote>,
  );
  expect(screen.getByRole("alert").textContent).toContain("got 3 bytes");
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(run).toHaveBeenCalledOnce();
});

test("the largest terms are listed at once, and bars share one zero", () => {
  const rows = Array.from({ length: 20 }, (_, at) => ({
    id: `${at}`,
    name: `d${at}`,
    place: null,
    value: (at % 2 === 0 ? 1 : -1) * (20 - at),
    factors: "",
  }));
  render(<TermBars label="Terms" all="All 20" rows={rows} />);
  const items = within(screen.getByRole("list", { name: "Terms" })).getAllByRole("listitem");
  expect(items).toHaveLength(9);
  expect(items.slice(0, 2).map((item) => item.textContent)).toEqual(["d0+20.0", "d1−19.0"]);
  const bars = items.slice(0, 2).map((item) => item.querySelector("i")?.style);
  // From −19 to 20: zero lies at 19/39.
  expect([bars[0]?.left, bars[1]?.left]).toEqual([`${(100 * 19) / 39}%`, "0%"]);
  expect([bars[0]?.width, bars[1]?.width]).toEqual([`${(100 * 20) / 39}%`, `${(100 * 19) / 39}%`]);
});

test("the theme is what the page says, else light where the system says nothing", async () => {
  const { result } = renderHook(() => useColourTheme());
  expect(result.current).toBe("light");
  await act(async () => {
    document.documentElement.dataset.theme = "dark";
  });
  expect(result.current).toBe("dark");
  delete document.documentElement.dataset.theme;
});
