import { describe, expect, it } from "vitest";
import { parseJson, parseJsonObject, repeatedKey } from "../../src/model/json";
import { problemOf } from "./support/problems";

describe("a JSON file", () => {
  it("that is broken is told by its line, without quoting the file", () => {
    const problem = problemOf(() => parseJson('{\n  "a": 1,\n  "b": oops\n}', "config.json"));
    expect(problem.code).toBe("badJson");
    expect(problem.params).toMatchObject({ file: "config.json", line: 3 });
    expect(problem.message).not.toContain('"a"');
    expect(problem.message.split("\n")).toHaveLength(1);
  });

  it.each(["", '{"a": 1', '{"a": [1, 2'])("that ends too early, %j, is told by its last line", (text) => {
    expect(problemOf(() => parseJson(text, "f")).params).toMatchObject({ line: 1 });
  });

  it.each(["[]", "3", "null", '"x"'])("that holds %s is not an object", (text) => {
    expect(problemOf(() => parseJsonObject(text, "f"))).toMatchObject({ code: "badJson" });
  });
});

describe("the outermost object", () => {
  it.each([
    ['{"a": 1, "b": 2, "a": 3}', "a"],
    ['{"a": {"b": 1}, "c": {"b": 2}}', null],
    ['{"a": "b", "b": ["a", {"a": 1}], "c": ","}', null],
    ['{"x\\"y": 1, "z": "{", "x\\"y": 2}', 'x"y'],
    ['{"\\u0061": 1, "a": 2}', "a"],
    ["{}", null],
  ])("of %s repeats %j", (text, key) => {
    expect(repeatedKey(text)).toBe(key);
  });
});
