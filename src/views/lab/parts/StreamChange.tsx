import { betweenBlocks, rowNorms } from "../../../analysis/residual";
import { Curves } from "../../../components/Curves";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { useLooked } from "../../../store/SessionContext";

/** Length of the stream at one position before the first block and after each. */
export function streamNorms(trace: Trace, stackName: string, position: number): Float32Array {
  const stack = trace.spec.stacks.find(({ name }) => name === stackName) ?? trace.spec.stacks[0];
  const sites = stack === undefined ? [] : betweenBlocks(stack);
  return Float32Array.from(sites, (site) => {
    const tensor = trace.sites[site as keyof Trace["sites"]];
    return tensor === undefined ? Number.NaN : (rowNorms(tensor)[position] ?? Number.NaN);
  });
}

/** How long the residual stream of the looked token is, layer by layer, before and after the change. */
export function StreamChange({ before, after }: { before: Trace; after: Trace }) {
  const t = useT();
  const { stack, query, layer } = useLooked();
  const from = streamNorms(before, stack, query);
  const to = streamNorms(after, stack, query);
  if (from.length !== to.length || from.some(Number.isNaN) || to.some(Number.isNaN)) return null;
  return (
    <div>
      <h4>{t("lab.stream")}</h4>
      <Curves
        label={t("lab.stream")}
        curves={[
          { id: "before", name: t("lab.original"), values: from },
          { id: "after", name: t("lab.changed"), values: to },
        ]}
        ends={[t("lab.stream.first"), t("lab.stream.last")]}
        at={Math.min(layer + 1, from.length - 1)}
      />
    </div>
  );
}
