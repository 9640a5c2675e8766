import { Fragment, type ReactNode } from "react";
import type { MessageKey } from "./areas";
import { useT } from "./I18n";
import { pieces, shield } from "./rich";
import type { Values } from "./translator";

interface Props {
  id: MessageKey;
  values?: Values;
  /** What stands for each self-closing tag of the message: `"<query/> gives <key/> <share/>"`. */
  components?: Readonly<Record<string, ReactNode>>;
}

/** A message whose tokens and numbers are React nodes. Values are plain text: a tag in one is shown, never read. */
export function T({ id, values = {}, components = {} }: Props) {
  const t = useT();
  const shielded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? shield(value) : value]),
  );
  const parts = pieces(t(id, shielded));
  return parts.map((piece, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one message never change places
    <Fragment key={i}>{"text" in piece ? piece.text : components[piece.component]}</Fragment>
  ));
}
