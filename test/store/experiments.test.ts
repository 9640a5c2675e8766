import { expect, test } from "vitest";
import { packSwitches, unpackSwitches } from "../../src/store/experiments";
import { fromFragment, toFragment } from "../../src/store/fragment";

test("switches come back from a link as they were, whatever is typed into them", () => {
  const switches = { power: "0.5", other: "A dog, a cat: “who?” & 50 % — 猫", z: "1000, 1, −1000" };
  const link = fromFragment(toFragment({ experiment: "scale", switches: packSwitches(switches) ?? "" }));
  expect(link.experiment).toBe("scale");
  expect(unpackSwitches(link.switches ?? "")).toEqual(switches);
});

test("an experiment with every switch at rest puts none into the link", () => {
  expect(packSwitches({})).toBeUndefined();
});

test("switches that nobody can have made are left out of a link, and a value that cannot be read out of the rest", () => {
  for (const bad of ["x", "a:b:c", ":", "a b:1", "a:1,,b:2", `${"n".repeat(17)}:1`]) {
    expect(fromFragment(`v=1&switches=${encodeURIComponent(bad)}`).switches, bad).toBeUndefined();
  }
  expect(unpackSwitches("a:%E0%A4%A,b:2")).toEqual({ b: "2" });
});
