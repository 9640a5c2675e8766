import { writesOf } from "../../analysis/residual";
import { Hint } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import type { StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLooked, useSession } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { tokensAlong } from "../../viz/siteView";
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
  const { stack: name } = useLooked();
  const stack = trace?.spec.stacks.find((each) => each.name === name);
  return trace === null || stack === undefined ? null : <BlockOf trace={trace} stack={stack} />;
}

function BlockOf({ trace, stack }: { trace: Trace; stack: StackSpec }) {
  const t = useT();
  const looked = useLooked();
  useNeed(blockSites(stack, looked.layer));
  const tokens = tokensAlong("query_pos", trace, looked);
  const facts = blockFacts(trace, stack, looked.layer, looked.query);
  return (
    <section aria-label={t("block.region")}>
      <h2>
        <T id="block.title" values={{ layer: looked.layer }} />
        <span>
          <T
            id={`block.about.${kindOf(stack, looked.layer)}`}
            components={{ token: <TokenAt tokens={tokens} at={looked.query} as="query" /> }}
          />
        </span>
      </h2>
      {facts === null ? (
        <p className={styles.absent}>
          <T id="block.absent" />
        </p>
      ) : (
        <>
          <BlockDrawing facts={facts} stack={stack} layer={looked.layer} />
          <Hint>
            <BlockSentence facts={facts} tokens={tokens} at={looked.query} />
          </Hint>
          <Norms
            norms={normFacts(trace, stack, looked.layer, looked.query)}
            place={placeOf(stack, looked.layer)}
          />
          <Writes writes={writesOf(trace, stack, looked.layer, looked.query)} />
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
