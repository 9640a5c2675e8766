import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeCommand } from "../../src/cli/decodeCommand";
import { complaint, folderOf, TINY_FILES } from "./support";

const tiny = folderOf(TINY_FILES);
const fixture = (name: string) => join(import.meta.dirname, "../fixtures", name);

async function written(...args: string[]): Promise<string> {
  let out = "";
  await decodeCommand(args, (text) => {
    out += text;
  });
  return out;
}

const json = async (...args: string[]) => JSON.parse(await written(...args, "--json"));

describe("decode", () => {
  it("writes one line of text, the same for the same input", async () => {
    const first = await written("--model", tiny, "--text", "ab", "--max-tokens", "3");
    expect(first.endsWith("\n")).toBe(true);
    expect(await written("--model", tiny, "--text", "ab", "--max-tokens=3", "--greedy")).toBe(first);
  });

  it("says in JSON each token, its log-probability, their sum, and why it ended", async () => {
    const result = await json("--model", fixture("gpt2-1"), "--ids=5,17", "--max-tokens=4");
    expect(result.prompt).toEqual({ ids: [5, 17] });
    expect(result.ids).toHaveLength(result.tokens.length);
    const sum = result.tokens.reduce(
      (total: number, token: { logProbability: number }) => total + token.logProbability,
      0,
    );
    expect(result.logProbability).toBeCloseTo(sum, 6);
    expect(["stop", "max_tokens"]).toContain(result.end);
  });

  it("follows one beam as it follows the greedy path", async () => {
    const args = ["--model", fixture("marian-1"), "--ids=3,4,0", "--max-tokens=5"];
    const [greedy, beam, four] = [
      await json(...args),
      await json(...args, "--beam=1"),
      await json(...args, "--beam=4", "--best=3"),
    ];
    expect(beam.ids).toEqual(greedy.ids);
    expect(beam.logProbability).toBeCloseTo(greedy.logProbability, 6);
    expect(four.texts).toHaveLength(3);
    const scores = four.texts.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it("draws the same text for the same seed, and the greedy one at temperature 0", async () => {
    const args = ["--model", fixture("gpt2-1"), "--ids=5,17", "--max-tokens=6"];
    const drawn = await json(...args, "--temperature=2", "--top-k=20", "--top-p=0.95", "--seed=7");
    expect(await json(...args, "--temperature=2", "--top-k=20", "--top-p=0.95", "--seed=7")).toEqual(drawn);
    expect((await json(...args, "--temperature=0")).ids).toEqual((await json(...args)).ids);
  });

  it.each([
    [["--greedy", "--beam=2"], "choose one of"],
    [["--beam=2", "--seed=1"], "choose one of"],
    [["--best=2"], "--best needs --beam"],
    [["--beam=0"], "1 to 64"],
    [["--beam=2", "--best=3"], "1 to 2"],
    [["--top-p=1.5"], "0 to 1"],
    [["--max-tokens=none"], "--max-tokens must be a whole number"],
  ])("refuses %j", async (args, words) => {
    expect(await complaint(() => decodeCommand(["--model", tiny, "--text=ab", ...args]))).toContain(words);
  });

  it("refuses a model that does not write, and a prompt that leaves no room", async () => {
    const masked = () => decodeCommand(["--model", fixture("bert-1"), "--ids=1"]);
    expect(await complaint(masked)).toContain("does not write text");
    const full = () => decodeCommand(["--model", tiny, "--ids=1,1,1,1,1"]);
    expect(await complaint(full)).toContain("context of 5 tokens");
  });
});
