import { Hint } from "../../components/Say";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";

/** Says of a long text that its run keeps too little for cards that compare patterns. */
export function LongText() {
  const tokens = useSession(({ runs: [run] }) => {
    const trace = run?.trace;
    if (!trace || run.input === null) return 0;
    const holds = Object.keys(trace.sites).some((site) => site.endsWith("attn.hook_pattern"));
    return holds ? 0 : trace.tokens.length;
  });
  if (tokens === 0) return null;
  return (
    <Hint>
      <T id="lab.long" values={{ count: tokens }} />
    </Hint>
  );
}
