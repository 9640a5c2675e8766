import { TokenLabel } from "../../components/TokenLabel";
import { useLesson } from "../LessonContext";
import { useFacts } from "../useFacts";
import { Waiting } from "./Num";

interface Props {
  /** "query" and "key": those of the figure; "strongest": the key that its query takes most from; a token of the chapter; a position. */
  at: string | number;
  as?: "query" | "key" | "plain";
}

/** A token of the step's text, as the model reads it. */
export function Token({ at, as }: Props) {
  const { chapter } = useLesson();
  const facts = useFacts();
  if (facts === null) return <Waiting />;
  const position =
    typeof at === "number"
      ? at
      : at === "query"
        ? facts.where.query
        : at === "key"
          ? facts.where.key
          : at === "strongest"
            ? facts.strongest()
            : (chapter.tokens?.[at]?.(facts) ?? -1);
  const token = facts.token(position, at === "query" ? "query_pos" : "key_pos");
  const role = as ?? (at === "query" ? "query" : at === "key" || at === "strongest" ? "key" : "plain");
  return token === null ? <Waiting /> : <TokenLabel text={token.text} as={role} />;
}
