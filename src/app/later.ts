import { type ComponentType, lazy } from "react";

/** A view whose code comes when it is first shown. */
export function later(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }));
}
