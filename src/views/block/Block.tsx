import { useMemo } from "react";
import { writesOf } from "../../analysis/residual";
import { Hint } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import type { StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLookedAt, useSession } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { useWhyAbsent } from "../../store/useWhyAbsent";
import styles from "./Block.module.css";
import { BlockDrawing } from "./BlockDrawing";
import { BlockSentence } from "./BlockSentence";
import { blockFacts } from "./blockFacts";
import { blockSites } from "./blockSites";
import { Norms } from "./Norms";
import { normFacts } from "./normFacts";
import { Writes } from "./Writes";

/** The residual stream of one token through a block, as that block is wired, with what each part writes to it. */
export function Block() {
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const name = useLookedAt((looked) => looked.stack);
  const stack = trace?.spec.stacks.find((each) => each.name === name);
  return trace === null || stack === undefined ? null : <BlockOf trace={trace} stack={stack} />;
}

function BlockOf({ trace, stack }: { trace: Trace; stack: StackSpec }) {
  const t = useT();
  const layer = useLookedAt((looked) => looked.layer);
  const query = useLookedAt((looked) => looked.query);
  useNeed(blockSites(stack, layer));
  const absent = useWhyAbsent();
  const tokens = stack.name === "decoder" ? (trace.decoderTokens ?? []) : trace.tokens;
  const facts = useMemo(() => blockFacts(trace, stack, layer, query), [trace, stack, layer, query]);
  const norms = useMemo(() => normFacts(trace, stack, layer, query), [trace, stack, layer, query]);
  return (
    <section aria-label={t("block.region")}>
      <h2>
        <T id="block.title" values={{ layer: layer }} />
        <span>
          <T
            id={`block.about.${kindOf(stack, layer)}`}
            components={{ token: <TokenAt tokens={tokens} at={query} as="query" /> }}
          />
        </span>
      </h2>
      {facts === null ? (
        <p className={styles.absent}>
          <T id={`block.absent.${absent}`} />
        </p>
      ) : (
        <>
          <BlockDrawing facts={facts} stack={stack} layer={layer} />
          <Hint>
            <BlockSentence facts={facts} tokens={tokens} at={query} />
          </Hint>
          <Norms norms={norms} place={placeOf(stack, layer)} />
          <Writes writes={writesOf(trace, stack, layer, query)} />
        </>
      )}
    </section>
  );
}

function kindOf(stack: StackSpec, layer: number): "pre" | "post" | "none" | "parallel" {
  const block = stack.layers[layer];
  if (block === undefined || block.norm === null) return "none";
  return block.parallel ? "parallel" : block.place;
}

function placeOf(stack: StackSpec, layer: number): "pre" | "post" {
  return stack.layers[layer]?.place ?? "pre";
}
