import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { traceCommand } from "../../src/cli/traceCommand";
import { tinyWeights } from "../model/support/tinyModel";
import { complaint, folderOf, TINY_FILES } from "./support";

const ROOT = join(import.meta.dirname, "../..");
const fixture = (name: string) => join(ROOT, "test/fixtures", name);
const tiny = folderOf(TINY_FILES);

describe("trace complains in one line", () => {
  const broken = (name: string, content: string | Uint8Array) => folderOf({ ...TINY_FILES, [name]: content });
  const cases: readonly (readonly [string, () => string[], string])[] = [
    ["no model", () => ["--ids=1"], "--model is missing"],
    ["no input", () => ["--model", tiny], "give --text or --ids"],
    ["two inputs", () => ["--model", tiny, "--ids=1", "--text=a"], "not both"],
    [
      "a folder that is not there",
      () => ["--model", "/nowhere/at/all", "--ids=1"],
      "there is no such folder",
    ],
    ["a file for a folder", () => ["--model", join(tiny, "config.json"), "--ids=1"], "it is not a folder"],
    ["an empty folder", () => ["--model", folderOf({}), "--ids=1"], "has no config.json"],
    ["ids that are no numbers", () => ["--model", tiny, "--ids=1,x"], 'got "x"'],
    ["an id out of range", () => ["--model", tiny, "--ids=1,7"], "id 7 at position 1"],
    ["no ids", () => ["--model", tiny, "--ids="], "no tokens"],
    ["empty text", () => ["--model", tiny, "--text="], "no tokens"],
    ["too many ids", () => ["--model", tiny, "--ids=1,1,1,1,1,1"], "6 tokens, the model takes at most 5"],
    ["text without a tokenizer", () => ["--model", fixture("gpt2-1"), "--text=a"], "no tokenizer.json"],
    [
      "a mask of another length",
      () => ["--model", tiny, "--ids=1,2", "--attention-mask=1"],
      "1 entries, expected 2",
    ],
    [
      "a mask that is no mask",
      () => ["--model", tiny, "--ids=1", "--attention-mask=2"],
      "1 (real) and 0 (padding)",
    ],
    [
      "decoder ids without a decoder",
      () => ["--model", tiny, "--ids=1", "--decoder-ids=1"],
      "no decoder of its own",
    ],
    [
      "a decoder's text without a decoder",
      () => ["--model", tiny, "--ids=1", "--decoder-text=a"],
      "no decoder of its own",
    ],
    [
      "token types that the model does not read",
      () => ["--model", tiny, "--ids=1", "--token-type-ids=0"],
      "no token types",
    ],
    [
      "a mask beside an image",
      () => ["--model", fixture("vit-1"), "--image=a.png", "--attention-mask=1"],
      "leave out --attention-mask",
    ],
    [
      "sites that there are none of",
      () => ["--model", tiny, "--ids=1", "--sites=logits,bogus"],
      "called bogus",
    ],
    ["an image for a text model", () => ["--model", tiny, "--image=a.png"], "reads text, not images"],
    ["no image for an image model", () => ["--model", fixture("vit-1"), "--ids=1"], "give --image"],
    [
      "an image that is none",
      () => ["--model", fixture("vit-1"), "--image", join(tiny, "tokenizer.json")],
      "neither PNG",
    ],
    [
      "a config that is no JSON",
      () => ["--model", broken("config.json", "{\n\n,"), "--ids=1"],
      "config.json is not valid JSON: line 3",
    ],
    [
      "an unknown architecture",
      () => ["--model", broken("config.json", '{"model_type":"x"}'), "--ids=1"],
      "unknown architecture x",
    ],
    [
      "weights cut short",
      () => ["--model", broken("model.safetensors", tinyWeights().slice(0, 2000)), "--ids=1"],
      "cut short",
    ],
    [
      "a tensor that is missing",
      () => [
        "--model",
        broken(
          "model.safetensors",
          tinyWeights((all) => all.slice(1)),
        ),
        "--ids=1",
      ],
      "missing tensors: transformer.wte.weight",
    ],
  ];

  it.each(cases)("about %s", async (_, args, words) => {
    const message = await complaint(() =>
      traceCommand([...args(), "--out", join(tiny, "never.safetensors")]),
    );
    expect(message).toContain(words);
    expect(message).not.toContain("\n");
    expect(existsSync(join(tiny, "never.safetensors"))).toBe(false);
  });

  it("about an output that cannot be written", async () => {
    const message = await complaint(() =>
      traceCommand(["--model", tiny, "--ids=1", "--out=/nowhere/at/all.safetensors"]),
    );
    expect(message).toContain("cannot be written: there is no such file or folder");
  });
});
