import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { decodeCommand } from "../../src/cli/decodeCommand";
import { traceCommand } from "../../src/cli/traceCommand";
import { bytesSource } from "../../src/model/byteSource";
import { openSafetensors } from "../../src/model/safetensors";
import { readTrace } from "../../src/model/traceFile";
import { tinyWeights } from "../model/support/tinyModel";
import { complaint, folderOf, TINY_FILES } from "./support";

const ROOT = join(import.meta.dirname, "../..");
const fixture = (name: string) => join(ROOT, "test/fixtures", name);
const tiny = folderOf(TINY_FILES);

/** Runs the command on a model and reads the file that it wrote. */
async function traced(model: string, ...args: string[]) {
  const out = join(folderOf({}), "trace.safetensors");
  await traceCommand(["--model", model, "--out", out, ...args]);
  const bytes = new Uint8Array(readFileSync(out));
  return { file: openSafetensors(bytesSource("trace", bytes)), trace: readTrace(bytes, "trace") };
}

describe("trace", () => {
  it("writes every site under its name, with tokens and ids", async () => {
    const { file } = await traced(tiny, "--text", "ab ab!");
    const sites = [...file.tensors.values()].map(({ name, shape, dtype }) => [name, dtype, ...shape]);
    expect(sites).toContainEqual(["blocks.0.attn.hook_q", "F32", 2, 3, 2]);
    expect(sites).toContainEqual(["blocks.0.attn.hook_attn_scores", "F32", 2, 3, 3]);
    expect(sites).toContainEqual(["logits", "F32", 3, 7]);
    expect(file.metadata).toMatchObject({ tokens: '["ab"," ab","!"]', ids: "[4,5,6]" });
    expect(file.read("blocks.0.attn.hook_attn_scores")[1]).toBe(Number.NEGATIVE_INFINITY);
  });

  it("takes ids without a tokenizer, whose texts are then the ids", async () => {
    const { "tokenizer.json": _, ...files } = TINY_FILES;
    const { file } = await traced(folderOf(files), "--ids=4, 5,6");
    expect(file.metadata).toMatchObject({ tokens: '["4","5","6"]', ids: "[4,5,6]" });
    const typed = await traced(tiny, "--text=ab ab!");
    expect(file.read("logits")).toEqual(typed.file.read("logits"));
  });

  it("cuts words with the tokenizer that several models share, where the folder above lists them", async () => {
    const { "tokenizer.json": tokenizer, ...files } = TINY_FILES;
    const above = folderOf({ "tokenizer.json": tokenizer });
    const folder = join(above, "one");
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    expect(await complaint(() => traced(folder, "--text=ab ab!").then(() => undefined))).toContain(
      "has no tokenizer.json",
    );
    writeFileSync(join(above, "index.json"), "{}");
    expect((await traced(folder, "--text=ab ab!")).file.metadata).toMatchObject({ ids: "[4,5,6]" });
    const sibling = join(ROOT, "public/models/siblings/alibi");
    const text = "The cat sat.";
    const { tokens } = (await traced(sibling, "--text", text)).trace;
    expect(tokens.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  });

  it("says where the numbers of a pass stop being finite, and writes them all the same", async () => {
    const huge = tinyWeights((tensors) =>
      tensors.map((tensor) =>
        tensor.name.endsWith("mlp.c_fc.weight") ? { ...tensor, data: tensor.data.map(() => 3e38) } : tensor,
      ),
    );
    const said: string[] = [];
    const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
    try {
      const folder = folderOf({ ...TINY_FILES, "model.safetensors": huge });
      const { file } = await traced(folder, "--ids=1,2");
      expect(file.tensors.has("logits")).toBe(true);
      expect(said.join("")).toContain("stop being finite at blocks.0.mlp.hook_pre, index ");
      expect(await complaint(() => decodeCommand(["--model", folder, "--ids=1,2"]))).toContain(
        "stop being finite at blocks.0.mlp.hook_pre, index ",
      );
    } finally {
      spy.mockRestore();
    }
  });

  it("reads weights that are gzipped", async () => {
    const { "model.safetensors": weights, ...files } = TINY_FILES;
    const packed = folderOf({ ...files, "model.safetensors.gz": gzipSync(weights) });
    expect((await traced(packed, "--ids=1")).file.tensors.has("logits")).toBe(true);
  });

  it("writes only the sites that are asked for, in half precision", async () => {
    const { file } = await traced(tiny, "--ids=1,2", "--sites=*.hook_pattern,logits", "--f16");
    const written = [...file.tensors.values()].map(({ name, dtype }) => `${name} ${dtype}`);
    expect(written).toEqual(["blocks.0.attn.hook_pattern F16", "logits F16"]);
  });

  it("starts a decoder with its start token, or takes its ids", async () => {
    const started = await traced(fixture("marian-1"), "--ids=3,4,0");
    expect(started.trace.decoderTokens?.map(({ id }) => id)).toEqual([39]);
    const given = await traced(fixture("marian-1"), "--ids=3,4,0", "--decoder-ids", "39,7,8");
    expect(given.trace.decoderTokens?.map(({ id }) => id)).toEqual([39, 7, 8]);
    expect(given.file.tensors.get("decoder.0.cross_attn.hook_pattern")?.shape).toEqual([2, 3, 3]);
  });

  it("takes token types and a padding mask", async () => {
    const plain = await traced(fixture("bert-1"), "--ids=1,2,3");
    const typed = await traced(fixture("bert-1"), "--ids=1,2,3", "--token-type-ids=0,0,1");
    const masked = await traced(fixture("bert-1"), "--ids=1,2,3", "--attention-mask=1,1,0");
    expect(typed.file.read("hook_token_type_embed")).not.toEqual(plain.file.read("hook_token_type_embed"));
    const pattern = masked.file.read("blocks.0.attn.hook_pattern");
    expect([pattern[2], pattern[5], pattern[8]]).toEqual([0, 0, 0]);
  });

  it("reads images in every form alike", async () => {
    const values = Array.from({ length: 6 * 6 * 3 }, (_, i) => (i * 7) % 256);
    const planes = [0, 1, 2].map((channel) => values.filter((_, i) => i % 3 === channel));
    const normalised = planes.flat().map((value) => (value / 255 - 0.5) / 0.5);
    const images = folderOf({
      "a.png": png(6, 6, values),
      "a.ppm": Buffer.concat([Buffer.from("P6 # six by six\n6 6\n255\n"), Buffer.from(values)]),
      "b.ppm": `P3\n6 6 255\n${values.join(" ")}`,
      "a.npy": npy("|u1", "(6, 6, 3)", Buffer.from(values)),
      "b.npy": npy("<f4", "(3, 6, 6)", Buffer.from(Float32Array.from(normalised).buffer)),
      "a.json": JSON.stringify(normalised),
    });
    const all = await Promise.all(
      ["a.png", "a.ppm", "b.ppm", "a.npy", "b.npy", "a.json"].map((name) =>
        traced(fixture("vit-1"), "--image", join(images, name)),
      ),
    );
    const [first] = all;
    expect(first?.trace.tokens.map(({ text }) => text)).toEqual([
      "[CLS]",
      "(0,0)",
      "(0,1)",
      "(1,0)",
      "(1,1)",
    ]);
    for (const { file } of all) {
      for (const [i, value] of file.read("logits").entries()) {
        expect(value).toBeCloseTo(first?.file.read("logits")[i] ?? Number.NaN, 4);
      }
    }
  });
});

/** A PNG of RGB bytes whose rows use each of the five filters in turn. */
function png(width: number, height: number, values: readonly number[]): Uint8Array {
  const row = width * 3;
  const raw = Buffer.alloc(height * (row + 1));
  for (let y = 0; y < height; y++) {
    const filter = y % 5;
    raw[y * (row + 1)] = filter;
    for (let i = 0; i < row; i++) {
      const at = (dy: number, di: number) =>
        y - dy < 0 || i - di < 0 ? 0 : (values[(y - dy) * row + i - di] ?? 0);
      const [left, up, corner] = [at(0, 3), at(1, 0), at(1, 3)];
      const nearest = [left, up, corner].reduce((best, value) =>
        Math.abs(left + up - corner - value) < Math.abs(left + up - corner - best) ? value : best,
      );
      const guess = [0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0;
      raw[y * (row + 1) + 1 + i] = (values[y * row + i] ?? 0) - guess;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function npy(descr: string, shape: string, data: Buffer): Uint8Array {
  const header = Buffer.from(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from("NUMPY"),
    Buffer.from([1, 0]),
    length,
    header,
    data,
  ]);
}

describe("the command itself", () => {
  const npm = (...args: string[]) =>
    spawnSync("npx", ["tsx", "src/cli/trace.ts", ...args], { cwd: ROOT, encoding: "utf8" });

  it("keeps standard output clean and exits 0, or exits 1 with one line on standard error", () => {
    const out = join(folderOf({}), "t.safetensors");
    const good = npm("--model", tiny, "--text", "ab", "--out", out);
    expect([good.status, good.stdout, existsSync(out)]).toEqual([0, "", true]);
    const bad = npm("--model", tiny, "--text", "ab");
    expect([bad.status, bad.stdout]).toEqual([1, ""]);
    expect(bad.stderr.split("\n").filter((line) => line.startsWith("error: "))).toEqual([
      "error: --out is missing",
    ]);
  });
});
