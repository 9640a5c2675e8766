import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { packSwitches, unpackSwitches } from "../../../src/store/experiments";
import { LINK } from "../../../src/store/link";
import { keepSwitches, readSwitches, type SwitchTable } from "../../../src/views/lab/card";
import { EXPERIMENT_IDS, EXPERIMENTS } from "../../../src/views/lab/registry";

const TABLE: SwitchTable = {
  way: { kind: "choice", label: "lab.reset", options: { a: "lab.on", b: "lab.off" }, rest: "a" },
  size: { kind: "number", label: "lab.reset", min: 0, max: 2, step: 0.5, rest: 1 },
  text: { kind: "text", length: 5, rest: "abc" },
};

describe("the switches of a card", () => {
  test("stand at rest where nothing is said of them", () => {
    expect(readSwitches(TABLE, {})).toEqual({ way: "a", size: 1, text: "abc" });
  });

  test("take what they can be, and stay at rest or at their ends for anything else", () => {
    expect(readSwitches(TABLE, { way: "b", size: "1.5", text: "x" })).toEqual({
      way: "b",
      size: 1.5,
      text: "x",
    });
    expect(readSwitches(TABLE, { way: "toString", size: "NaN", text: "1234567" })).toEqual({
      way: "a",
      size: 1,
      text: "12345",
    });
    expect(readSwitches(TABLE, { size: "" }).size).toBe(1);
    expect(readSwitches(TABLE, { size: "Infinity" }).size).toBe(2);
    expect(readSwitches(TABLE, { size: "-Infinity" }).size).toBe(0);
  });

  test("are kept where they were moved, and come back the same", () => {
    const moved = { way: "b", size: 1, text: "" };
    expect(keepSwitches(TABLE, moved)).toEqual({ way: "b", text: "" });
    expect(readSwitches(TABLE, keepSwitches(TABLE, moved))).toEqual(moved);
    expect(keepSwitches(TABLE, readSwitches(TABLE, {}))).toEqual({});
  });
});

test.each(EXPERIMENT_IDS)("%s and its switches have names that can stand in a link", async (id) => {
  expect(v.is(LINK.experiment.schema, id)).toBe(true);
  const { switches } = await EXPERIMENTS[id].load();
  for (const name of Object.keys(switches)) {
    const link = packSwitches({ [name]: "1" });
    expect(v.is(LINK.switches.schema, link), name).toBe(true);
    expect(unpackSwitches(link ?? "")).toEqual({ [name]: "1" });
  }
});
