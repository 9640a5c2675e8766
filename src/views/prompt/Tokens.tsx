import { type KeyboardEvent, type MouseEvent, useCallback, useRef, useState } from "react";
import { useT } from "../../i18n/I18n";
import { isOutdated } from "../../store/run";
import { useLookedAt, useSession, useSessionStore } from "../../store/SessionContext";
import { TokenChip } from "./TokenChip";
import styles from "./Tokens.module.css";

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * The tokens of the sentence. Pointing looks from a token, a click keeps it as the query; the next click, or one with
 * shift or alt, chooses the key. Arrows move along the row, Escape lets go.
 */
export function Tokens() {
  const t = useT();
  const store = useSessionStore();
  const tokens = useSession((session) => session.runs[0]?.trace?.tokens);
  const isLive = useSession((session) => session.runs[0]?.stale === false);
  const isLate = useSession(({ runs: [run] }) => run !== undefined && isOutdated(run));
  // These are the tokens that an encoder reads: a decoder asks from its own, and looks at these across.
  const query = useLookedAt(({ stack, query }) => (stack === "decoder" ? null : query));
  const key = useLookedAt(({ stack, attention, key }) =>
    stack === "decoder" && attention === "attn" ? null : key,
  );
  const group = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const [chooses, setChooses] = useState<"query" | "key">("query");
  const last = (tokens?.length ?? 0) - 1;
  const stop = Math.min(focused, Math.max(0, last));

  const onLook = useCallback((position: number) => store.getState().look({ query: position }), [store]);
  const onChoose = useCallback(
    (position: number, event: MouseEvent) => {
      const role = event.shiftKey || event.altKey ? "key" : store.getState().locked ? chooses : "query";
      store.getState().lock({ [role]: position });
      setChooses(role === "query" ? "key" : "query");
    },
    [store, chooses],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      store.getState().unlock();
      setChooses("query");
      return;
    }
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const forward = group.current !== null && getComputedStyle(group.current).direction === "rtl" ? -1 : 1;
    const along = step(stop, last) - stop;
    const next = Math.max(0, Math.min(stop + along * forward, last));
    setFocused(next);
    group.current?.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; this is a row of toggles
    <div
      ref={group}
      role="group"
      aria-label={t("prompt.tokens")}
      data-live={isLive}
      data-late={isLate || undefined}
      className={styles.tokens}
      onKeyDown={onKeyDown}
      onPointerLeave={() => store.getState().look(null)}
      onBlur={() => store.getState().look(null)}
    >
      {tokens?.map((token, position) => (
        <TokenChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a token is its position
          key={position}
          token={token}
          position={position}
          role={position === query ? "query" : position === key ? "key" : null}
          isStop={position === stop}
          onLook={onLook}
          onFocus={setFocused}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}
