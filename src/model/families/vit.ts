import type { EmbedSpec, ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import {
  attention,
  blockOf,
  evenHead,
  type Family,
  headsOf,
  layersOf,
  noPruning,
  onlyLayers,
  sequenceHead,
  specialIds,
} from "./family";

/** ViT (Dosovitskiy et al. 2021): a pre-norm encoder over the patches of an image and one class token, which is read. */
export const vit: Family = {
  modelTypes: ["vit"],
  architectures: { ViTForImageClassification: ["sequence"], ViTModel: [] },
  toSpec,
  weightMap,
  ignored: [/(^|\.)pooler\./, /mask_token$/],
};

/** [height, width] of a key that is one number or two. */
function sides(config: Config, key: string, fallback: number): readonly [number, number] {
  const at = config.raw(key);
  if (at === null || typeof at.value === "number") {
    const side = config.int(key, fallback);
    return [side, side];
  }
  const [height, width] = Array.isArray(at.value) ? at.value : [];
  const whole = (side: unknown): side is number => Number.isInteger(side) && Number(side) > 0;
  if (!whole(height) || !whole(width)) throw config.bad(key, "one or two positive integers");
  return [height, width];
}

function toSpec(config: Config): ModelSpec {
  noPruning(config);
  const dModel = config.int("hidden_size", 768);
  const nHeads = config.int("num_attention_heads", 12);
  const dHead = evenHead(dModel, nHeads, "hidden_size", "num_attention_heads");
  const norm = { kind: "layer", eps: config.number("layer_norm_eps", 1e-12) } as const;
  const [height, width] = sides(config, "image_size", 224);
  const [patch, patchWidth] = sides(config, "patch_size", 16);
  if (patch !== patchWidth) throw config.bad("patch_size", "square patches");
  if (height % patch !== 0 || width % patch !== 0)
    throw config.bad("image_size", `multiples of patch_size = ${patch}`);
  const length = 1 + (height / patch) * (width / patch);
  const embed: EmbedSpec = {
    kind: "patches",
    channels: config.int("num_channels", 3),
    height,
    width,
    patch,
    positions: { kind: "learned", offset: 0, length, skipId: null },
    norm: null,
  };
  const attn = attention({ nHeads, dHead, mask: { kind: "none" } });
  const mlp = {
    dMlp: config.int("intermediate_size", 3072),
    activation: config.activation("hidden_act", "gelu"),
    gated: false,
  };
  return {
    family: "vit",
    context: length,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed,
        layers: layersOf(config.layers("num_hidden_layers", 12), (layer) =>
          blockOf(layer, { norm, place: "pre", attn, mlp }),
        ),
        finalNorm: norm,
      },
    ],
    heads: headsOf(config, vit.architectures, {
      sequence: () => sequenceHead(config.labels(), "first", null),
    }),
    ids: specialIds(config),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["vit.", ""]);
  const stack = spec.stacks[0];
  if (stack?.embed.kind === "patches") {
    const { channels, patch } = stack.embed;
    to.set("embed.W_patch", {
      names: to.named("embeddings.patch_embeddings.projection.weight"),
      layout: "out_in",
      stored: [stack.dModel, channels, patch, patch],
    });
  }
  to.plain("embed.b_patch", "embeddings.patch_embeddings.projection.bias");
  to.plain("embed.cls", "embeddings.cls_token");
  to.plain("pos_embed.W_pos", "embeddings.position_embeddings");
  for (const layer of onlyLayers(spec).keys()) {
    const [from, into] = [`encoder.layer.${layer}`, `blocks.${layer}`];
    to.norm(`${into}.ln1`, `${from}.layernorm_before`);
    to.norm(`${into}.ln2`, `${from}.layernorm_after`);
    for (const [letter, name] of [
      ["Q", "query"],
      ["K", "key"],
      ["V", "value"],
    ]) {
      const bias = config.flag("qkv_bias", true) ? `${into}.attn.b_${letter}` : null;
      to.linear(`${into}.attn.W_${letter}`, bias, `${from}.attention.attention.${name}`);
    }
    to.linear(`${into}.attn.W_O`, `${into}.attn.b_O`, `${from}.attention.output.dense`);
    to.linear(`${into}.mlp.W_in`, `${into}.mlp.b_in`, `${from}.intermediate.dense`);
    to.linear(`${into}.mlp.W_out`, `${into}.mlp.b_out`, `${from}.output.dense`);
  }
  to.norm("ln_final", "layernorm");
  const own = new WeightMapBuilder([""]);
  own.linear("classifier.W", "classifier.b", "classifier");
  return new Map([...to.map, ...own.map]);
}
