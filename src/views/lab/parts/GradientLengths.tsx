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
import parts from "./Parts.module.css";

interface Props {
  /** The run's own trace, and that of the changed architecture. */
  before: Trace;
  after: Trace;
  variant: Variant;
}

/**
 * How much of the gradient is left on its way back: ‖∂/∂x‖·‖x‖ of the stream before each layer, over all positions, as a
 * multiple of that after the last. The gradient is of the log-probability of the run's best answer at the chosen query; times
 * the stream's length it says what a change by a share of the stream does, wherever LayerNorm lets the stream grow.
 */
export function GradientLengths({ before, after, variant }: Props) {
  const t = useT();
  const { stack: name, query } = useLooked();
  const own = useLengths(before, before, name, query, null);
  const other = useLengths(before, after, name, query, variant);
  if (own === null || other === null) return null;
  return (
    <div className={parts.beside} data-fact="gradients">
      <div>
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
    </div>
  );
}

/** The lengths between the blocks of a pass, for the answer of the run; null until they have come and where the engine has none. */
function useLengths(
  run: Trace,
  pass: Trace,
  name: string,
  query: number,
  variant: Variant | null,
): Float32Array | null {
  const store = useSessionStore();
  const active = useIsActive();
  const [lengths, setLengths] = useState<Float32Array | null>(null);
  useEffect(() => {
    if (!active) return;
    let current = true;
    const stack = run.spec.stacks.find((each) => each.name === name) ?? run.spec.stacks[0];
    const { selection, gradients } = store.getState();
    const target = targetOf(run, { ...selection, query });
    if (stack === undefined || target === null) return setLengths(null);
    const sites = betweenBlocks(stack);
    void gradients(target, 0, sites, variant ?? undefined).then((outcome) => {
      if (!current) return;
      if (outcome?.kind !== "done") return setLengths(null);
      const relative = sites.map((site) => {
        const gradient = outcome.value[`${site}_grad`];
        const stream = pass.sites[site as keyof Trace["sites"]];
        if (gradient === undefined || stream === undefined) return Number.NaN;
        return normOf(gradient.data) * normOf(stream.data);
      });
      const last = relative.at(-1) ?? Number.NaN;
      setLengths(Float32Array.from(relative, (length) => length / last));
    });
    return () => {
      current = false;
    };
  }, [store, active, run, pass, name, query, variant]);
  return lengths;
}
