import { type KeyboardEvent, useMemo } from "react";

export interface HoverLock<Place> {
  /** The pointer is over a place, or over none. */
  look(place: Place | null): void;
  /** A place was clicked. */
  lock(place: Place): void;
  unlock(): void;
}

/** Hover looks, click locks, Escape unlocks: the handlers of a region, and of one place in it. */
export function useHoverLock<Place>({ look, lock, unlock }: HoverLock<Place>) {
  return useMemo(
    () => ({
      region: {
        onPointerLeave: () => look(null),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key === "Escape") unlock();
        },
      },
      place: (place: Place) => ({
        onPointerEnter: () => look(place),
        onFocus: () => look(place),
        onBlur: () => look(null),
        onClick: () => lock(place),
      }),
    }),
    [look, lock, unlock],
  );
}
