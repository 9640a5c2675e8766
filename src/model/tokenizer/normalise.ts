import { failure } from "../errors";
import { AlignedBuilder, type AlignedText, part, replaced, spanOf } from "./alignedText";
import { precompiledMap } from "./precompiled";
import { patternOf } from "./regex";
import { type Step, stepOf, stepsOf, textOf } from "./step";

/** Normalises a text and remembers which source each unit of the result came from. */
export type Normaliser = (text: AlignedText) => AlignedText;

/** The normaliser that tokenizer.json describes. Fails with badTokenizer for one that is not known. */
export function normaliserOf(step: Step | null): Normaliser {
  if (step === null) return (text) => text;
  switch (step.type) {
    case "Sequence": {
      const parts = stepsOf(step.normalizers, "normalizer").map(normaliserOf);
      return (text) => parts.reduce((result, normalise) => normalise(result), text);
    }
    case "Prepend":
      return prepend(textOf(step.prepend, ""));
    case "Strip":
      return strip(step.strip_left !== false, step.strip_right !== false);
    case "Replace": {
      const pattern = patternOf(step.pattern);
      const content = textOf(step.content, "");
      return (text) => replaced(text, pattern, () => content);
    }
    case "Lowercase":
      return byCharacter((text) => text.toLowerCase());
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD": {
      const form = step.type;
      return byCharacter((text) => text.normalize(form));
    }
    case "StripAccents":
      return byCharacter((text) => text.replace(/\p{M}/gu, ""));
    case "BertNormalizer":
      return byCharacter(bertNormalise(step));
    case "Precompiled":
      return byCharacter(precompiledMap(textOf(step.precompiled_charsmap, "")));
    default:
      throw failure("badTokenizer", { reason: `the normalizer ${step.type} is not supported` });
  }
}

/** The normaliser of a whole tokenizer.json. */
export function readNormaliser(json: Parameters<typeof stepOf>[0]): Normaliser {
  return normaliserOf(stepOf(json, "normalizer"));
}

/**
 * A line end or a control by itself; else a syllable of Hangul letters or any character with what extends it:
 * combining marks, the voicing of half-width kana, joiners.
 */
const CLUSTER =
  /\r\n|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\s\S])[\p{M}\uff9e\uff9f\u200c\u200d]*/gu;

/** A normalisation under which clusters do not touch each other. */
function byCharacter(change: (text: string) => string): Normaliser {
  const known = new Map<string, string>();
  const changed = (cluster: string) => {
    let result = known.get(cluster);
    if (result === undefined) {
      result = change(cluster);
      if (known.size < 10_000) known.set(cluster, result);
    }
    return result;
  };
  return (text) => replaced(text, CLUSTER, changed);
}

function prepend(prefix: string): Normaliser {
  return (text) => {
    if (text.text === "") return text;
    const out = new AlignedBuilder();
    out.add(prefix, ...spanOf(text, 0, 0));
    out.copy(text, 0, text.text.length);
    return out.build();
  };
}

function strip(left: boolean, right: boolean): Normaliser {
  return (text) => {
    const from = left ? (/^\p{White_Space}+/u.exec(text.text)?.[0].length ?? 0) : 0;
    const after = right ? (/\p{White_Space}+$/u.exec(text.text)?.[0].length ?? 0) : 0;
    return part(text, from, Math.max(from, text.text.length - after));
  };
}

/** Ideographs that BERT sets apart with spaces; the gaps are the reference's. */
const IDEOGRAPH =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** BERT's normaliser: controls removed, spaces unified, ideographs set apart, accents stripped, lower case. */
function bertNormalise(step: Step): (text: string) => string {
  const lowercase = step.lowercase === true;
  const stripAccents = typeof step.strip_accents === "boolean" ? step.strip_accents : lowercase;
  return (text) => {
    let result = text;
    if (step.clean_text === true) {
      result = result
        .replace(/[\t\n\r]/g, " ")
        .replace(/[\ufffd\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
        .replace(/\p{White_Space}/gu, " ");
    }
    if (step.handle_chinese_chars === true) result = result.replace(IDEOGRAPH, " $& ");
    if (stripAccents) result = result.normalize("NFD").replace(/\p{Mn}/gu, "");
    return lowercase ? result.toLowerCase() : result;
  };
}
