import type { Activation } from "../engine/spec";
import { failure } from "./errors";
import type { Json, JsonObject } from "./json";

/** Far beyond any published model; keeps a hostile config from asking for endless arrays. */
const MAX_LAYERS = 1024;
const MAX_COUNT = 100_000_000;

/** The names that transformers gives to activations; "gelu" is the exact form. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  gelu: "gelu",
  gelu_python: "gelu",
  gelu_new: "gelu_tanh",
  gelu_fast: "gelu_tanh",
  gelu_pytorch_tanh: "gelu_tanh",
  quick_gelu: "quick_gelu",
  relu: "relu",
  silu: "silu",
  swish: "silu",
  tanh: "tanh",
};

/** A config.json that is read with types and defaults. Keys may be given with their synonyms, the first present wins. */
export class Config {
  readonly json: JsonObject;

  constructor(json: JsonObject) {
    this.json = json;
  }

  /** Value of the first key that is present and not null. */
  raw(keys: string | readonly string[]): { key: string; value: Json } | null {
    for (const key of typeof keys === "string" ? [keys] : keys) {
      const value = Object.hasOwn(this.json, key) ? this.json[key] : null;
      if (value !== null && value !== undefined) return { key, value };
    }
    return null;
  }

  has(keys: string | readonly string[]): boolean {
    return this.raw(keys) !== null;
  }

  /** A positive integer. */
  int(keys: string | readonly string[], fallback?: number): number {
    return this.#read(keys, fallback, "a positive integer", isCount);
  }

  /** A positive integer that counts layers. */
  layers(keys: string | readonly string[], fallback?: number): number {
    return this.#read(keys, fallback, `1…${MAX_LAYERS}`, (v): v is number => isCount(v) && v <= MAX_LAYERS);
  }

  number(keys: string | readonly string[], fallback?: number): number {
    return this.#read(
      keys,
      fallback,
      "a number",
      (v): v is number => typeof v === "number" && Number.isFinite(v),
    );
  }

  flag(keys: string | readonly string[], fallback: boolean): boolean {
    return this.#read(keys, fallback, "true or false", (v): v is boolean => typeof v === "boolean");
  }

  text(keys: string | readonly string[], fallback?: string): string {
    return this.#read(keys, fallback, "a string", (v): v is string => typeof v === "string");
  }

  /** A nested object, e.g. rope_scaling; null when absent. */
  object(keys: string | readonly string[]): Config | null {
    const at = this.raw(keys);
    if (at === null) return null;
    if (typeof at.value !== "object" || at.value === null || Array.isArray(at.value))
      throw this.bad(at.key, "an object");
    return new Config(at.value as JsonObject);
  }

  /** A list of strings; null when absent. */
  strings(key: string): readonly string[] | null {
    const at = this.raw(key);
    if (at === null) return null;
    if (!Array.isArray(at.value)) throw this.bad(key, "a list of strings");
    return at.value.map((item) => {
      if (typeof item !== "string") throw this.bad(key, "a list of strings");
      return item;
    });
  }

  /** A list of `count` numbers; null when absent. */
  numbers(key: string, count: number): readonly number[] | null {
    const at = this.raw(key);
    if (at === null) return null;
    const numbers = Array.isArray(at.value) ? at.value.filter((item) => typeof item === "number") : [];
    if (numbers.length !== count) throw this.bad(key, `a list of ${count} numbers`);
    return numbers;
  }

  /** A token id, the first of a list of them, or null. */
  id(key: string, fallback: number | null = null): number | null {
    const at = this.raw(key);
    if (at === null) return Object.hasOwn(this.json, key) ? null : fallback;
    const value = Array.isArray(at.value) ? at.value[0] : at.value;
    return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
  }

  activation(keys: string | readonly string[], fallback: string): Activation {
    return this.oneOf(keys, fallback, ACTIVATIONS);
  }

  /** The meaning of a named choice; a name outside the table is an unsupported feature. */
  oneOf<T>(keys: string | readonly string[], fallback: string, table: Readonly<Record<string, T>>): T {
    const name = this.text(keys, fallback);
    const value = Object.hasOwn(table, name) ? table[name] : undefined;
    if (value === undefined) {
      throw failure("unsupportedFeature", {
        key: this.raw(keys)?.key ?? String(keys),
        value: name,
        supported: Object.keys(table).join(", "),
      });
    }
    return value;
  }

  /** Fails with unsupportedFeature unless the key is absent or has the only supported value. */
  only(key: string, supported: string | number | boolean): void {
    const at = this.raw(key);
    if (at !== null && at.value !== supported) throw unsupported(key, at.value, String(supported));
  }

  /** Names of the classes: id2label in order, else num_labels (default 2) times LABEL_n, as transformers names them. */
  labels(): readonly string[] {
    const names = this.object("id2label");
    const count = names === null ? this.int("num_labels", 2) : Object.keys(names.json).length;
    return Array.from({ length: count }, (_, id) => String(names?.json[String(id)] ?? `LABEL_${id}`));
  }

  bad(key: string, expected: string): Error {
    return failure("badConfig", { key, value: shown(this.json[key]), expected });
  }

  #read<T extends Json>(
    keys: string | readonly string[],
    fallback: T | undefined,
    expected: string,
    accepts: (value: Json) => value is T,
  ): T {
    const at = this.raw(keys);
    if (at === null) {
      if (fallback !== undefined) return fallback;
      const key = typeof keys === "string" ? keys : (keys[0] ?? "");
      throw failure("badConfig", { key, value: "nothing", expected });
    }
    if (!accepts(at.value)) throw this.bad(at.key, expected);
    return at.value;
  }
}

/** An unsupportedFeature error for a key of the config. */
export function unsupported(key: string, value: Json, supported: string): Error {
  return failure("unsupportedFeature", { key, value: shown(value), supported });
}

function isCount(value: Json): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value <= MAX_COUNT;
}

/** A value as one short piece of text. */
function shown(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
