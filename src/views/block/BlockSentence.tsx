import { Fragment } from "react";
import { normOf } from "../../analysis/matrix";
import { TokenAt } from "../../components/TokenAt";
import type { Token } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { number } from "../../viz/format";
import type { BlockFacts } from "./blockFacts";

/** The token's way through the block in a sentence, with its numbers. */
export function BlockSentence({
  facts,
  tokens,
  at,
}: {
  facts: BlockFacts;
  tokens: readonly Token[];
  at: number;
}) {
  const t = useT();
  const parts = facts.branches.map(({ kind, norm }) => t(`norm.say.${kind}`, { norm: number(norm) }));
  return (
    <T
      id="norm.say"
      values={{
        enters: number(normOf(facts.enters)),
        leaves: number(normOf(facts.branches.at(-1)?.sum ?? facts.enters)),
      }}
      components={{
        token: <TokenAt tokens={tokens} at={at} as="query" />,
        parts: parts.map((part, place) => (
          <Fragment key={part}>
            {place > 0 && t("norm.say.and")}
            {part}
          </Fragment>
        )),
      }}
    />
  );
}
