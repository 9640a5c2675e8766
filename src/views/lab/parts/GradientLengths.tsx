import { useEffect, useState } from "react";
import { normOf } from "../../../analysis/matrix";
import { betweenBlocks } from "../../../analysis/residual";
import { Curves } from "../../../components/Curves";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { targetOf } from "../../../store/gradientTarget";
import { useLooked, useSessionStore } from "../../../store/SessionContext";
import { useIsActive } from "../activeCard";

interface Props {
  trace: Trace;
  /** The changed architecture, beside which the run's own stands. */
  variant: Variant;
}

/**
 * How long the gradient is on its way back: of the log-probability of the run's best answer at the chosen query, to the stream
 * before each layer and after the last, over all positions; in the model as it is and in a changed one.
 */
export function GradientLengths({ trace, variant }: Props) {
  const t = useT();
  const { stack: name, query } = useLooked();
  const own = useLengths(trace, name, query, null);
  const other = useLengths(trace, name, query, variant);
  if (own === null || other === null) return null;
  return (
    <div data-fact="gradients">
      <h4>{t("lab.residual.gradient")}</h4>
      <Curves
        label={t("lab.residual.gradient")}
        curves={[
          { id: "own", name: t("lab.original"), values: own },
          { id: "other", name: t("lab.changed"), values: other },
        ]}
        ends={[t("lab.stream.first"), t("lab.stream.last")]}
        at={0}
      />
    </div>
  );
}

/** The lengths between the blocks, or null until they have come and where the engine has none. */
function useLengths(trace: Trace, name: string, query: number, variant: Variant | null): Float32Array | null {
  const store = useSessionStore();
  const active = useIsActive();
  const [lengths, setLengths] = useState<Float32Array | null>(null);
  useEffect(() => {
    if (!active) return;
    let current = true;
    const stack = trace.spec.stacks.find((each) => each.name === name) ?? trace.spec.stacks[0];
    const { selection, gradients } = store.getState();
    const target = targetOf(trace, { ...selection, query });
    if (stack === undefined || target === null) return setLengths(null);
    const sites = betweenBlocks(stack);
    void gradients(target, 0, sites, variant ?? undefined).then((outcome) => {
      if (!current) return;
      if (outcome?.kind !== "done") return setLengths(null);
      setLengths(
        Float32Array.from(sites, (site) => {
          const gradient = outcome.value[`${site}_grad`];
          return gradient === undefined ? Number.NaN : normOf(gradient.data);
        }),
      );
    });
    return () => {
      current = false;
    };
  }, [store, active, trace, name, query, variant]);
  return lengths;
}
