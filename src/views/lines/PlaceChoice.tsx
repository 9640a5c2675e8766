import { Segmented } from "../../components/Segmented";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSessionStore } from "../../store/SessionContext";
import styles from "./Lines.module.css";
import { attentionsOf } from "./places";
import type { LinesModel } from "./useLines";

/** Which attention is drawn, where a model has several, and of which layer. */
export function PlaceChoice({ trace, model }: { trace: Trace; model: LinesModel }) {
  const t = useT();
  const store = useSessionStore();
  const kinds = attentionsOf(trace.spec);
  const { kind, layers, layer, options, change } = model;
  const every = Array.from({ length: layers }, (_, at) => ({
    id: String(at),
    name: t("lines.layer", { layer: at }),
  }));
  const idOf = ({ stack, attention }: LinesModel["kind"]) => `${stack}.${attention}` as const;
  return (
    <div className={styles.places}>
      {kinds.length > 1 && (
        <Segmented
          label={t("lines.attention")}
          choices={kinds.map((each) => ({ id: idOf(each), name: t(`lines.attention.${idOf(each)}`) }))}
          chosen={idOf(kind)}
          onChoose={(id) => {
            const chosen = kinds.find((each) => idOf(each) === id);
            if (chosen !== undefined) store.getState().select(chosen);
          }}
        />
      )}
      <Segmented
        label={t("lines.layers")}
        choices={[...every, { id: "all", name: t("lines.layers.all") }]}
        chosen={options.allLayers ? "all" : String(layer)}
        onChoose={(id) => {
          change({ allLayers: id === "all" });
          if (id !== "all") store.getState().select({ layer: Number(id) });
        }}
      />
      {options.allLayers && model.drawn.length < model.on.length && (
        <p className={styles.note}>
          <T id="lines.layers.some" values={{ held: model.drawn.length, all: model.on.length }} />
        </p>
      )}
    </div>
  );
}
