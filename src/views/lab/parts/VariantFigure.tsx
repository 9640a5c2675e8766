import { type ReactNode, useMemo } from "react";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { isText } from "../../../store/run";
import { useSession } from "../../../store/SessionContext";
import { useSiblings } from "../../../store/useSiblings";
import { type PassRequest, useLive, usePass } from "../usePass";
import { useSettled } from "../useSettled";
import { BeforeAfter } from "./BeforeAfter";
import { ChangedWeights } from "./ChangedWeights";
import { type Fact, FactTable } from "./FactTable";
import parts from "./Parts.module.css";
import { PassNote } from "./PassNote";
import { RunsOn } from "./RunsOn";

/** Both passes, once they are there. */
export interface Passes {
  readonly before: Trace;
  readonly after: Trace;
}

interface Props {
  /** The changed architecture; null while it cannot be said (no trace yet). */
  variant: Variant | null;
  /** Two siblings instead: one with the change trained in, and the one that it differs from. */
  sibling?: { readonly base: string; readonly changed: string } | null;
  /** What to notice, from both passes. */
  notice(passes: Passes): ReactNode;
  facts?(passes: Passes): readonly Fact[];
}

/** A run beside one whose architecture is another: what to notice, both patterns, output, stream, numbers. */
export function VariantFigure({ variant, sibling = null, notice, facts }: Props) {
  const t = useT();
  const live = useLive();
  const text = useSession(({ runs: [run] }) => (run && isText(run.run.source) ? run.run.source.text : null));
  const siblings = useSiblings(sibling !== null);
  const asked = JSON.stringify(variant, (_, value) =>
    value === Number.NEGATIVE_INFINITY ? "-Infinity" : value,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` stands for the variant, a new object each time
  const own = useMemo(
    () => (variant === null || sibling !== null ? null : { variant }),
    [asked, sibling === null],
  );
  const isThere = sibling !== null && text !== null && isShipped(siblings?.models, sibling);
  const base = useSibling(isThere ? sibling.base : null, text);
  const changed = useSibling(isThere ? sibling.changed : null, text);
  const basis = usePass(base);
  const pass = usePass(sibling === null ? own : changed);
  const before = sibling === null ? live : basis.trace;
  const after = pass.trace?.tokens.length === before?.tokens.length ? pass.trace : null;
  const shown = useSettled(pass.late || basis.late, () => {
    const passes = before === null || after === null ? null : { before, after };
    return (
      passes && {
        passes,
        notice: notice(passes),
        facts: facts !== undefined && <Facts facts={facts(passes)} />,
      }
    );
  });
  if (sibling !== null && siblings !== null && !isThere) {
    return <p className={parts.wrong}>{t(text === null ? "lab.sibling.words" : "lab.sibling.missing")}</p>;
  }
  if (before === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  return (
    <>
      {shown?.notice}
      <PassNote pass={pass} />
      {pass.error === null && (
        <BeforeAfter before={shown?.passes.before ?? before} after={shown?.passes.after ?? null}>
          {shown?.facts}
        </BeforeAfter>
      )}
      {sibling === null ? (
        <ChangedWeights trace={pass.trace} />
      ) : (
        <RunsOn of="sibling" name={`${sibling.changed} (${t("lab.original")}: ${sibling.base})`} />
      )}
    </>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  const t = useT();
  return (
    <div>
      <h4>{t("lab.facts")}</h4>
      <FactTable label={t("lab.facts")} columns={[t("lab.original"), t("lab.changed")]} facts={facts} />
    </div>
  );
}

function isShipped(
  models: readonly { readonly name: string }[] | undefined,
  { base, changed }: { base: string; changed: string },
) {
  return [base, changed].every((wanted) => models?.some(({ name }) => name === wanted));
}

function useSibling(name: string | null, text: string | null): PassRequest | null {
  return useMemo(
    () => (name === null || text === null ? null : { model: `siblings/${name}`, input: { text }, edits: [] }),
    [name, text],
  );
}
