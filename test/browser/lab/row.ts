import { expect } from "vitest";
import type { Card } from "./card";

/** The example sentence of the causal model has so many tokens, and its heads are so wide. */
export const N = 13;
export const D = 32;
/** The query that is looked at, counted from the first token, and the key. */
export const QUERY = 8;
export const KEY = 1;

/** A row of the subject: its card, and what the switches must do to the numbers. */
export interface Row {
  readonly card: string;
  /** What the link says besides the card, the model, the text and the pair that is looked at. */
  readonly rest?: string;
  /** Moves the switches, and compares the numbers on screen with what must become of them. */
  check(card: Card): Promise<void>;
}

export type Rows = Readonly<Record<string, Row>>;

/** Polls the changed number of a row of the card's tables. */
export function changed(card: Card, name: string | RegExp): ReturnType<typeof expect.poll<number>> {
  return expect.poll(async () => (await card.row(name))[1] ?? Number.NaN);
}

/** Waits until the original and the changed number of a row are the same. */
export async function same(card: Card, name: string | RegExp): Promise<void> {
  await expect.poll(async () => new Set(await card.row(name)).size).toBe(1);
}
