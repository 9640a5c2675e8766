import { describe, expect, it } from "vitest";
import { integers, number, readFlags, required, UsageError } from "../../src/cli/flags";

const TABLE = { values: ["model", "ids", "beam"], switches: ["json"] };
const read = (...args: string[]) => readFlags(args, TABLE);

describe("flags", () => {
  it("take their value after a space or an equals sign", () => {
    const flags = read("--model", "a b", "--ids=1, 2", "--json");
    expect([flags.value("model"), flags.value("ids"), flags.given("json"), flags.given("beam")]).toEqual([
      "a b",
      "1, 2",
      true,
      false,
    ]);
    expect(integers(flags, "ids")).toEqual([1, 2]);
  });

  it("take values that begin with a dash or are empty or hold an equals sign", () => {
    expect(read("--model=--x").value("model")).toBe("--x");
    expect(read("--model=").value("model")).toBe("");
    expect(read("--model", "-1").value("model")).toBe("-1");
    expect(read("--model=a=b\nc").value("model")).toBe("a=b\nc");
  });

  it.each([
    [["--modle", "x"], "unknown flag --modle"],
    [["x"], 'unexpected argument "x"'],
    [["-m", "x"], 'unexpected argument "-m"'],
    [["--model"], "--model needs a value"],
    [["--model", "--json"], "--model needs a value"],
    [["--json=1"], "--json takes no value"],
    [["--json", "--json"], "--json is given twice"],
  ])("%j are refused: %s", (args, message) => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(message);
  });

  it.each(["a", "1,,2", "1.5", "-1", "1e3", "0x10", "99999999999999999999"])(
    "--ids=%s is no list of whole numbers",
    (value) => {
      expect(() => integers(read(`--ids=${value}`), "ids")).toThrow("whole numbers");
    },
  );

  it("an empty list is a list, and a flag that is not given is null", () => {
    expect([integers(read("--ids="), "ids"), integers(read(), "ids")]).toEqual([[], null]);
  });

  it.each(["0", "65", "2.5", "x", ""])("--beam=%s is outside 1 to 64", (value) => {
    expect(() => number(read(`--beam=${value}`), "beam", 4, { from: 1, to: 64, whole: true })).toThrow(
      "1 to 64",
    );
  });

  it("what must be given says that it is missing", () => {
    expect(() => required(read(), "model")).toThrow("--model is missing");
    expect(() => required(read("--model="), "model")).toThrow("--model is missing");
  });
});
