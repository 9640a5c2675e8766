import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { Progress } from "../../src/model/folder";
import { loadModel } from "../../src/model/load";
import { writeSafetensors } from "../../src/model/safetensorsWriter";
import { problemOfAsync } from "./support/problems";
import { TINY_CONFIG, TINY_TOKENIZER, tinyTensors, tinyWeights } from "./support/tinyModel";

type Content = string | Uint8Array<ArrayBuffer>;

const CONFIG = JSON.stringify(TINY_CONFIG);
const whole: Readonly<Record<string, Content>> = {
  "config.json": CONFIG,
  "tokenizer.json": JSON.stringify(TINY_TOKENIZER),
  "model.safetensors": tinyWeights(),
};

const files = (contents: Readonly<Record<string, Content>>) =>
  loadModel({
    kind: "files",
    id: "tiny",
    files: Object.entries(contents).map(([name, content]) => new File([content], name)),
  });

const { "model.safetensors": _, ...withoutWeights } = whole;

/** The model in two shards and their index. */
function shards(): Record<string, Content> {
  const tensors = tinyTensors();
  const parts = [tensors.slice(0, 5), tensors.slice(5)];
  const map = Object.fromEntries(
    parts.flatMap((part, i) => part.map(({ name }) => [name, `part-${i}.safetensors`])),
  );
  return {
    ...withoutWeights,
    "model.safetensors.index.json": JSON.stringify({ metadata: { total_size: 1 }, weight_map: map }),
    ...Object.fromEntries(parts.map((part, i) => [`part-${i}.safetensors`, writeSafetensors(part, {})])),
  };
}

describe("a folder of picked files", () => {
  it("loads with its spec, weights and tokenizer", async () => {
    const model = await files(whole);
    expect(model).toMatchObject({
      id: "tiny",
      extra: [],
      parameters: 28 + 20 + 8 + 60 + 20 + 8 + 80 + 68 + 8,
    });
    expect(model.tokenizer?.encode("ab!").ids).toEqual([4, 6]);
    expect(model.weights.read("embed.W_E").shape).toEqual([7, 4]);
  });

  it.each([
    ["gzipped", { ...withoutWeights, "model.safetensors.gz": Uint8Array.from(gzipSync(tinyWeights())) }],
    [
      "unpacked on the way, though its name says .gz",
      { ...withoutWeights, "model.safetensors.gz": tinyWeights() },
    ],
    ["in shards", shards()],
  ])("loads the same %s", async (_, contents) => {
    const [packed, plain] = [await files(contents), await files(whole)];
    expect(packed.weights.read("blocks.0.mlp.W_in")).toEqual(plain.weights.read("blocks.0.mlp.W_in"));
    expect(packed.parameters).toBe(plain.parameters);
  });

  it("without tokenizer.json takes ids only", async () => {
    const { "tokenizer.json": _, ...contents } = whole;
    expect((await files(contents)).tokenizer).toBeNull();
  });

  it.each([
    ["no config.json", { "model.safetensors": tinyWeights() }, "missingFile", "config.json"],
    ["no weights", withoutWeights, "missingFile", "model.safetensors"],
    [
      "a shard missing",
      { ...shards(), "part-1.safetensors": new Uint8Array(0) },
      "truncated",
      "part-1.safetensors",
    ],
    ["a config that is not JSON", { ...whole, "config.json": "{\n{" }, "badJson", "config.json"],
    ["a tokenizer that is not JSON", { ...whole, "tokenizer.json": "[" }, "badJson", "tokenizer.json"],
    [
      "weights that are cut short",
      { ...whole, "model.safetensors": tinyWeights().slice(0, 900) },
      "truncated",
      "model.safetensors",
    ],
    [
      "gzip data that are cut short",
      {
        ...withoutWeights,
        "model.safetensors.gz": Uint8Array.from(gzipSync(tinyWeights()).subarray(0, 300)),
      },
      "unreadable",
      "model.safetensors.gz",
    ],
    [
      "an index that points outside the folder",
      { ...withoutWeights, "model.safetensors.index.json": '{"weight_map":{"a":"../secret"}}' },
      "badJson",
      "model.safetensors.index.json",
    ],
  ])("with %s fails with a problem that names the file", async (_, contents, code, file) => {
    expect(await problemOfAsync(() => files(contents))).toMatchObject({ code, params: { file } });
  });

  it("stops when it is cancelled", async () => {
    const packed = new File([Uint8Array.from(gzipSync(tinyWeights()))], "model.safetensors.gz");
    const all = Object.entries(withoutWeights).map(([name, content]) => new File([content], name));
    const source = { kind: "files", id: "tiny", files: [...all, packed] } as const;
    const signal = AbortSignal.abort();
    expect((await problemOfAsync(() => loadModel(source, { signal }))).code).toBe("aborted");
  });

  it("with an unusable tokenizer says why", async () => {
    const broken = { ...TINY_TOKENIZER, normalizer: { type: "Shuffle" } };
    const problem = await problemOfAsync(() => files({ ...whole, "tokenizer.json": JSON.stringify(broken) }));
    expect(problem.code).toBe("badTokenizer");
    expect(problem.message).toContain("Shuffle");
  });
});

describe("a folder behind a URL", () => {
  let server: Server | null = null;

  /** Serves the contents; a status instead of a content is answered with that status. */
  async function serve(
    contents: Readonly<Record<string, Content | number>>,
    type = "application/octet-stream",
  ) {
    const started = createServer((request, response) => {
      const content = contents[(request.url ?? "").replace("/models/tiny/", "")] ?? 404;
      if (typeof content === "number")
        response.writeHead(content, { "content-type": "text/plain" }).end("no");
      else
        response
          .writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(content) })
          .end(content);
    });
    server = started;
    await new Promise<void>((listening) => started.listen(0, "127.0.0.1", listening));
    const address = started.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return `http://127.0.0.1:${address.port}/models/tiny`;
  }

  afterEach(async () => {
    await new Promise((closed) => (server === null ? closed(null) : server.close(closed)));
    server = null;
  });

  it("loads, and counts the bytes as they arrive", async () => {
    const packed = Uint8Array.from(gzipSync(tinyWeights()));
    const url = await serve({ ...withoutWeights, "model.safetensors.gz": packed });
    const seen: Progress[] = [];
    const shipped = { weights: "model.safetensors.gz", tokenizer: true };
    const model = await loadModel(
      { kind: "url", id: "tiny", url, files: shipped },
      { onProgress: (p) => seen.push(p) },
    );
    expect(model.weights.read("embed.W_E").values).toHaveLength(28);
    expect(seen.at(-1)).toEqual({ loaded: packed.length, total: packed.length });
  });

  it("is looked through for its weights when nothing says where they are", async () => {
    const url = await serve(shards());
    expect((await loadModel({ kind: "url", id: "tiny", url })).parameters).toBe(300);
  });

  it("that answers every path with a page of HTML has none of the files", async () => {
    const url = await serve({ "config.json": "<!doctype html>" }, "text/html; charset=utf-8");
    expect(await problemOfAsync(() => loadModel({ kind: "url", id: "tiny", url }))).toEqual({
      code: "missingFile",
      params: { file: "config.json", folder: "/models/tiny/" },
      message: "/models/tiny/ has no config.json",
    });
  });

  it("that fails says the status and the path, and works when asked again", async () => {
    const contents: Record<string, Content | number> = { ...whole, "model.safetensors": 503 };
    const source = { kind: "url", id: "tiny", url: await serve(contents) } as const;
    expect(await problemOfAsync(() => loadModel(source))).toMatchObject({
      code: "network",
      params: { status: 503, path: "/models/tiny/model.safetensors" },
    });
    contents["model.safetensors"] = tinyWeights();
    expect((await loadModel(source)).id).toBe("tiny");
  });

  it("that cannot be reached says so with status 0", async () => {
    const url = await serve(whole);
    await new Promise((closed) => server?.close(closed));
    server = null;
    expect(await problemOfAsync(() => loadModel({ kind: "url", id: "tiny", url }))).toMatchObject({
      code: "network",
      params: { status: 0, path: "/models/tiny/config.json" },
    });
  });

  it("stops when it is cancelled, before and while the weights arrive", async () => {
    const url = await serve(whole);
    const before = AbortSignal.abort();
    expect(
      (await problemOfAsync(() => loadModel({ kind: "url", id: "tiny", url }, { signal: before }))).code,
    ).toBe("aborted");
    const during = new AbortController();
    const load = loadModel(
      { kind: "url", id: "tiny", url },
      { signal: during.signal, onProgress: () => during.abort() },
    );
    expect((await problemOfAsync(() => load)).code).toBe("aborted");
  });
});
