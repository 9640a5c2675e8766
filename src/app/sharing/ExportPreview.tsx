import { useEffect, useState } from "react";
import { useT } from "../../i18n/I18n";
import styles from "./Sharing.module.css";

interface Props {
  svg: string;
  caption: string;
}

/** The figure as it will be saved. */
export function ExportPreview({ svg, caption }: Props) {
  const t = useT();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  if (url === null) return null;
  return <img src={url} alt={t("share.export.preview", { caption })} className={styles.picture} />;
}
