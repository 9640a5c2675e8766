import { createContext, useContext } from "react";

interface Active {
  readonly id: string;
  /** Whether the card is on screen, or nearly. */
  readonly active: boolean;
}

/** Which card a figure stands in. */
export const ActiveCard = createContext<Active>({ id: "", active: true });

/** Whether the figure's card can be seen: what is out of sight does not compute. */
export function useIsActive(): boolean {
  return useContext(ActiveCard).active;
}
