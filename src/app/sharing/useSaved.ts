import { useState } from "react";
import { saveFile } from "../../export/saveFile";
import { useT } from "../../i18n/I18n";

type Content = Blob | string | Uint8Array<ArrayBuffer>;

/** Makes a file and hands it to the browser. */
export type Save = (name: string, type: string, make: () => Promise<Content> | Content) => void;

/** Saving, and what came of it in words. */
export function useSaved(): { readonly saved: string; readonly save: Save } {
  const t = useT();
  const [saved, setSaved] = useState("");
  const work = async (name: string, type: string, make: () => Promise<Content> | Content) => {
    try {
      saveFile(name, await make(), type);
      setSaved(t("share.export.saved", { file: name }));
    } catch (error) {
      setSaved(t("share.export.failed", { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
  return { saved, save: (name, type, make) => void work(name, type, make) };
}
