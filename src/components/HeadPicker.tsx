import type { AttentionPlace } from "../engine/sites";
import type { StackSpec } from "../engine/spec";
import { useT } from "../i18n/I18n";
import type { Translate } from "../i18n/translator";
import { entries } from "./matrixFigure";
import styles from "./Select.module.css";

/** One head of a stack. */
export interface HeadPlace {
  readonly attention: AttentionPlace;
  readonly layer: number;
  readonly head: number;
}

interface Props {
  /** Accessible name. */
  label: string;
  stack: StackSpec;
  chosen: HeadPlace;
  onChoose(place: HeadPlace): void;
}

/** All heads of a stack in one list, layer by layer. */
export function HeadPicker({ label, stack, chosen, onChoose }: Props) {
  const t = useT();
  const places = headPlaces(stack);
  const at = places.findIndex((place) => sameHead(place, chosen));
  const groups = [...new Set(places.map((place) => layerName(t, stack, place)))];
  return (
    <select
      aria-label={label}
      className={styles.select}
      value={at}
      onChange={(event) => {
        const place = places[Number(event.currentTarget.value)];
        if (place !== undefined) onChoose(place);
      }}
    >
      {groups.map((group) => (
        <optgroup key={group} label={group}>
          {entries(places.map((place) => layerName(t, stack, place)))
            .filter(({ text }) => text === group)
            .map((entry) => (
              <option key={entry.at} value={entry.at}>
                {headName(t, stack, places[entry.at] ?? chosen)}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

/** Every head of a stack; of a decoder those of its cross-attention first. */
export function headPlaces(stack: StackSpec): readonly HeadPlace[] {
  const of = (attention: AttentionPlace) =>
    stack.layers.flatMap((block, layer) => {
      const heads = (attention === "cross_attn" ? block.cross : block.attn)?.nHeads ?? 0;
      return Array.from({ length: heads }, (_, head) => ({ attention, layer, head }));
    });
  return [...of("cross_attn"), ...of("attn")];
}

function sameHead(a: HeadPlace, b: HeadPlace): boolean {
  return a.attention === b.attention && a.layer === b.layer && a.head === b.head;
}

/** "Layer 1, head 3", with the stack and the kind of attention where a model has several. */
export function headName(t: Translate, stack: StackSpec, { attention, layer, head }: HeadPlace): string {
  const kind = attention === "cross_attn" ? "cross" : stack.name;
  return t(`heads.name.${kind}`, { layer, head });
}

function layerName(t: Translate, stack: StackSpec, { attention, layer }: HeadPlace): string {
  const kind = attention === "cross_attn" ? "cross" : stack.name;
  return t(`heads.code.${kind}`, { layer });
}
