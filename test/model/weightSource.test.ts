import { describe, expect, it } from "vitest";
import { type ByteSource, bytesSource } from "../../src/model/byteSource";
import { readConfig } from "../../src/model/families/registry";
import { openSafetensors } from "../../src/model/safetensors";
import { openWeights } from "../../src/model/weightSource";
import { problemOf } from "./support/problems";
import { TINY_CONFIG, type TinyTensor, tinyTensors, tinyWeights } from "./support/tinyModel";

function open(change?: (tensors: TinyTensor[]) => TinyTensor[], source?: (bytes: Uint8Array) => ByteSource) {
  const bytes = tinyWeights(change);
  const { spec, map, ignored } = readConfig(TINY_CONFIG);
  return openWeights(spec, map, [openSafetensors(source?.(bytes) ?? bytesSource("m", bytes))], ignored);
}

const without =
  (...parts: string[]) =>
  (tensors: TinyTensor[]) =>
    tensors.filter(({ name }) => !parts.some((part) => name.includes(part)));

describe("the weights of a model", () => {
  it("are found by their canonical names, the fused q, k, v apart", () => {
    const { source, extra } = open();
    const fused =
      tinyTensors().find(({ name }) => name.endsWith("c_attn.weight"))?.data ?? new Float32Array();
    const third = (part: number) =>
      Float32Array.from({ length: 16 }, (_, i) => fused[Math.floor(i / 4) * 12 + part * 4 + (i % 4)] ?? 0);
    for (const [part, letter] of ["Q", "K", "V"].entries()) {
      expect(source.read(`blocks.0.attn.W_${letter}`)).toEqual({
        values: third(part),
        shape: [4, 4],
        layout: "in_out",
      });
    }
    expect(source.shape("unembed.W_U")).toEqual([4, 7]);
    expect(source.alias("unembed.W_U")).toBe("embed.W_E");
    expect(source.alias("blocks.0.attn.W_K")).toBeNull();
    expect(source.has("unembed.b_U")).toBe(false);
    expect(extra).toEqual([]);
  });

  it("are the same without the prefix of a bare base model, and with an untied copy that is not read", () => {
    const bare = open((tensors) => tensors.map((t) => ({ ...t, name: t.name.replace("transformer.", "") })));
    expect(bare.source.read("blocks.0.ln1.w")).toEqual(open().source.read("blocks.0.ln1.w"));
    expect(
      open((tensors) => [...tensors, { name: "lm_head.weight", shape: [7, 4], data: new Float32Array(28) }])
        .extra,
    ).toEqual([]);
  });

  it("that are missing are listed, all of them, biases too", () => {
    const problem = problemOf(() => open(without("c_fc.weight", "ln_1.bias")));
    expect(problem).toMatchObject({
      code: "missingTensors",
      params: { names: ["transformer.h.0.ln_1.bias", "transformer.h.0.mlp.c_fc.weight"] },
    });
  });

  it("that are missing are spelled as the file spells the others", () => {
    const problem = problemOf(() =>
      open((tensors) =>
        without("ln_1.bias")(tensors).map((t) => ({ ...t, name: t.name.replace("transformer.", "") })),
      ),
    );
    expect(problem).toMatchObject({ code: "missingTensors", params: { names: ["h.0.ln_1.bias"] } });
  });

  it("of a wrong shape are listed with both shapes", () => {
    const problem = problemOf(() =>
      open((tensors) =>
        tensors.map((t) =>
          t.name.endsWith("wpe.weight") || t.name.endsWith("c_attn.bias")
            ? { ...t, shape: [3], data: new Float32Array(3) }
            : t,
        ),
      ),
    );
    expect(problem).toMatchObject({
      code: "wrongShape",
      params: {
        tensors: [
          { name: "transformer.wpe.weight", expected: [5, 4], got: [3] },
          { name: "transformer.h.0.attn.c_attn.bias", expected: [12], got: [3] },
        ],
      },
    });
  });

  it("that nothing reads are told, and known buffers are not", () => {
    const more = ["transformer.h.0.attn.bias", "transformer.h.1.ln_1.weight", "adapter"];
    const { extra } = open((tensors) => [
      ...tensors,
      ...more.map((name) => ({ name, shape: [1], data: new Float32Array(1) })),
    ]);
    expect(extra).toEqual(["transformer.h.1.ln_1.weight", "adapter"]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "that hold %d say where and how often",
    (value) => {
      const { source } = open((tensors) =>
        tensors.map((t) => {
          if (!t.name.endsWith("c_fc.weight")) return t;
          const data = t.data.slice();
          data[5] = value;
          data[40] = value;
          return { ...t, data };
        }),
      );
      expect(problemOf(() => source.read("blocks.0.mlp.W_in"))).toMatchObject({
        code: "notFinite",
        params: { tensor: "transformer.h.0.mlp.c_fc.weight", index: 5, count: 2 },
      });
    },
  );

  it("that are picked from one tensor read it once", () => {
    const reads: number[] = [];
    const { source } = open(undefined, (bytes) => {
      const file = bytesSource("m", bytes);
      return {
        ...file,
        read: (start, end) => {
          reads.push(end - start);
          return file.read(start, end);
        },
      };
    });
    const before = reads.length;
    for (const letter of ["Q", "K", "V"]) source.read(`blocks.0.attn.W_${letter}`);
    expect(reads.slice(before)).toEqual([4 * 12 * 4]);
    source.read("blocks.0.attn.b_Q");
    expect(reads.slice(before)).toEqual([4 * 12 * 4, 12 * 4]);
  });

  it("give their bytes back once every part of a tensor was read", () => {
    const released: (readonly [number, number])[] = [];
    const { source } = open(undefined, (bytes) => ({
      ...bytesSource("m", bytes),
      release: (start, end) => released.push([start, end]),
    }));
    source.read("blocks.0.attn.W_Q");
    source.read("blocks.0.attn.W_K");
    expect(released).toEqual([]);
    source.read("blocks.0.attn.W_V");
    expect(released.map(([start, end]) => end - start)).toEqual([4 * 12 * 4]);
    source.read("unembed.W_U");
    expect(released.map(([start, end]) => end - start)).toEqual([4 * 12 * 4, 7 * 4 * 4]);
  });
});
