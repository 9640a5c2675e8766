import type { Shape } from "./shape";

export const BRANCHES = ["both", "encoder", "decoder", "image"] as const;
export type Branch = (typeof BRANCHES)[number];

/** A model of the family tree. Numbers are those of the source; what it does not say is null or "not published". */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  readonly branch: Branch;
  /** The model that it grew out of. */
  readonly from: string | null;
  /** null: not published. */
  readonly shape: Shape | null;
  /** Weights as the source counts them; null where it does not say. */
  readonly published: number | null;
  /** Where the numbers stand. */
  readonly source: string;
}
