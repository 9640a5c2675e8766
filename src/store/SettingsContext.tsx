import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { SettingsState, SettingsStore } from "./settings";

const Context = createContext<SettingsStore | null>(null);

/** Gives its children the page's settings. */
export function SettingsProvider({ store, children }: { store: SettingsStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>;
}

/** Reads the settings; re-renders when what `read` returns changes. */
export function useSettings<S>(read: (settings: SettingsState) => S): S {
  const store = useContext(Context);
  if (store === null) throw new Error("useSettings needs a SettingsProvider above it");
  return useStore(store, read);
}
