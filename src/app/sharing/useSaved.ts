import { useEffect, useRef, useState } from "react";
import { saveFile } from "../../export/saveFile";
import type { Work } from "../../export/work";
import { useT } from "../../i18n/I18n";

/** Makes a file and hands it to the browser. */
export type Save = (name: string, make: (work: Work) => Promise<Blob>) => void;

/** A file that is being made, and how much of it is; null before anybody knows. */
export interface Making {
  readonly name: string;
  readonly share: number | null;
  cancel(): void;
}

/** Saving: what is made just now, and what came of the last one in words. Files are made one after another. */
export function useSaved(): { readonly saved: string; readonly making: Making | null; readonly save: Save } {
  const t = useT();
  const [saved, setSaved] = useState("");
  const [making, setMaking] = useState<Making | null>(null);
  const last = useRef(Promise.resolve());
  const ends = useRef(new Set<AbortController>());
  useEffect(() => {
    const open = ends.current;
    return () => {
      for (const end of open) end.abort();
    };
  }, []);
  const work = async (name: string, make: (work: Work) => Promise<Blob>, end: AbortController) => {
    const { signal } = end;
    const report = (share: number | null) => setMaking({ name, share, cancel: () => end.abort() });
    try {
      signal.throwIfAborted();
      report(null);
      saveFile(name, await make({ signal, report }));
      setSaved(t("export.saved", { file: name }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setSaved(signal.aborted ? t("export.cancelled", { file: name }) : t("export.failed", { reason }));
    } finally {
      ends.current.delete(end);
      setMaking(null);
    }
  };
  const save: Save = (name, make) => {
    const end = new AbortController();
    ends.current.add(end);
    last.current = last.current.then(() => work(name, make, end));
  };
  return { saved, making, save };
}
