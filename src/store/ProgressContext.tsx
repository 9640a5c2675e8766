import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { ProgressState, ProgressStore } from "./lessonProgress";

const Context = createContext<ProgressStore | null>(null);

/** Gives its children how far the reader has come in the lessons. */
export function ProgressProvider({ store, children }: { store: ProgressStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>;
}

/** Reads the progress; re-renders when what `read` returns changes. */
export function useProgress<S>(read: (progress: ProgressState) => S): S {
  const store = useContext(Context);
  if (store === null) throw new Error("useProgress needs a ProgressProvider above it");
  return useStore(store, read);
}
