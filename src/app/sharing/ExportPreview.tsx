import { useEffect, useMemo, useState } from "react";
import { useT } from "../../i18n/I18n";
import { type Exported, svgOf } from "./exportFiles";
import styles from "./Sharing.module.css";

/** The figure as it will be saved. */
export function ExportPreview({ exported }: { exported: Exported }) {
  const t = useT();
  const svg = useMemo(() => svgOf(exported), [exported]);
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  if (url === null) return null;
  return (
    <img
      src={url}
      alt={t("share.export.preview", { caption: exported.drawing.caption })}
      className={styles.picture}
    />
  );
}
