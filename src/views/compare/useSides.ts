import { useMemo } from "react";
import type { HeadPlace } from "../../components/HeadPicker";
import type { StackSpec } from "../../engine/spec";
import type { Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import { boundsOf } from "../../store/follow";
import type { Gathering } from "../../store/options";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useOption, useSetOptions, useSettings } from "../../store/SettingsContext";
import { clampSelection, FIRST_SELECTION, type Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";
import { siteName } from "../../viz/siteView";
import { gather, OVER_LAYERS } from "./gather";
import { useGradients } from "./useGradients";

/** One of the two sides as far as it is there. */
export interface SideState {
  readonly trace: Trace | null;
  readonly stack: StackSpec | undefined;
  readonly where: Selection;
  readonly gathering: Gathering;
  /** Null until it can be gathered. [query_pos, key_pos] */
  readonly matrix: Tensor | null;
  setPlace(place: HeadPlace): void;
  setGathering(gathering: Gathering): void;
}

/** Both sides: A is the session's own head, B a head of the same run, or of the second one. */
export function useSides(): { readonly a: SideState; readonly b: SideState } {
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const traceA = useSession((session) => session.runs[0]?.trace ?? null);
  const hasOwn = useSession((session) => session.runs.length > 1);
  const traceB = useSession((session) => (session.runs[1] ?? session.runs[0])?.trace ?? null);
  const [wayA, setWayA] = useOption("way");
  const [wayB, setWayB] = useOption("wayB");
  const { attentionB, layerB, headB } = useSettings((settings) => settings.options);
  const setOptions = useSetOptions();

  // Beside another text or model stands the same head, beside the same one the next head.
  const next = hasOwn ? selection : nextHead(selection, traceA);
  const whereB = clampTo(
    {
      ...next,
      ...(attentionB !== null && { attention: attentionB }),
      ...(layerB !== null && { layer: layerB }),
      ...(headB !== null && { head: headB }),
    },
    traceB,
  );
  const a = useSide(0, traceA, selection, wayA);
  const b = useSide(hasOwn ? 1 : 0, traceB, whereB, wayB);
  return {
    a: {
      ...a,
      setPlace: (place) => store.getState().select(place),
      setGathering: setWayA,
    },
    b: {
      ...b,
      setPlace: ({ attention, layer, head }) =>
        setOptions({ attentionB: attention, layerB: layer, headB: head }),
      setGathering: setWayB,
    },
  };
}

function useSide(run: number, trace: Trace | null, where: Selection, gathering: Gathering) {
  const gradients = useGradients(run, trace, where, gathering === "gradient");
  const { stack: name, attention, layer, head, query } = where;
  // Only the flow is of one query alone; the others stay as they are while the reader walks.
  const ofQuery = gathering === "flow" ? query : 0;
  const matrix = useMemo(() => {
    const place = { ...FIRST_SELECTION, stack: name, attention, layer, head, query: ofQuery };
    return trace === null ? null : gather(gathering, trace, place, gradients);
  }, [gathering, trace, name, attention, layer, head, ofQuery, gradients]);
  // A long trace makes the pattern of a head when it is wanted; only that of the first run can be had so.
  const parts = OVER_LAYERS.has(gathering) ? [] : ["attn.hook_pattern", "attn.hook_v"];
  useNeed(run === 0 ? parts.map((part) => ({ site: siteName(where, part), head })) : []);
  const stack = trace?.spec.stacks.find((each) => each.name === name);
  return { trace, stack, where, gathering, matrix };
}

function clampTo(selection: Selection, trace: Trace | null): Selection {
  return trace === null ? selection : clampSelection(selection, boundsOf(trace));
}

function nextHead(selection: Selection, trace: Trace | null): Selection {
  const moved = clampTo({ ...selection, head: selection.head + 1 }, trace);
  return moved.head === selection.head ? { ...selection, head: Math.max(0, selection.head - 1) } : moved;
}
