import { type ComponentType, lazy, Suspense, useState } from "react";
import { useT } from "../../i18n/I18n";
import styles from "./Sharing.module.css";

type Dialog = ComponentType<{ onClose(): void }>;

/** What can be taken away from the page. The code of each dialog comes when it is opened. */
const TOOLS = [
  { name: "share", View: later(() => import("./ShareDialog").then(({ ShareDialog }) => ShareDialog)) },
  { name: "embed", View: later(() => import("./EmbedDialog").then(({ EmbedDialog }) => EmbedDialog)) },
  { name: "export", View: later(() => import("./ExportDialog").then(({ ExportDialog }) => ExportDialog)) },
] as const;

function later(load: () => Promise<Dialog>) {
  return lazy(async () => ({ default: await load() }));
}

/** The buttons that share, embed and export, and the dialog of the one that was pressed. */
export function ShareTools() {
  const t = useT();
  const [open, setOpen] = useState<string | null>(null);
  const tool = TOOLS.find(({ name }) => name === open);
  return (
    <div className={styles.tools}>
      {TOOLS.map(({ name }) => (
        <button key={name} type="button" aria-haspopup="dialog" onClick={() => setOpen(name)}>
          {t(`share.${name}`)}
        </button>
      ))}
      {tool !== undefined && (
        <Suspense>
          <tool.View onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}
