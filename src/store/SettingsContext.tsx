import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { OptionName, Options } from "./options";
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

/** An option of a view and how to set it; a link carries it. */
export function useOption<F extends OptionName>(
  field: F,
): readonly [Options[F], (value: Options[F]) => void] {
  const value = useSettings((settings) => settings.options[field]);
  const setOptions = useSetOptions();
  return [value, (next) => setOptions({ [field]: next })];
}

/** Sets several options at once. */
export function useSetOptions(): (change: Partial<Options>) => void {
  const store = useContext(Context);
  return (change) => {
    const now = store?.getState();
    now?.set({ options: { ...now.options, ...change } });
  };
}
