import { Fragment } from "react";
import { normOf } from "../../analysis/matrix";
import { TokenLabel } from "../../components/TokenLabel";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { number } from "../../viz/format";
import type { BlockFacts } from "./blockFacts";

/** The token's way through the block in a sentence, with its numbers. */
export function BlockSentence({ facts, token }: { facts: BlockFacts; token: string }) {
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
        token: <TokenLabel text={token} as="query" />,
        parts: parts.map((part, at) => (
          <Fragment key={part}>
            {at > 0 && t("norm.say.and")}
            {part}
          </Fragment>
        )),
      }}
    />
  );
}
