import { useRef } from "react";
import { IMAGE_MODEL } from "../../store/models";
import { BLANK, padPicture } from "../../store/picture";
import { useSession, useSessionStore } from "../../store/SessionContext";

/** The picture on the pad, and what can be done to it; every change is read by the model at once. */
export interface Drawing {
  readonly pixels: Uint8Array;
  readonly canUndo: boolean;
  /** Keeps the picture as it is to come back to: before a stroke, a sample, a clearing. */
  keep(): void;
  put(pixels: Uint8Array): void;
  undo(): void;
}

/** The drawing of the session; of a session that reads text, an empty one, until something is drawn. */
export function useDrawing(): Drawing {
  const store = useSessionStore();
  const picture = useSession(({ runs }) => {
    const source = runs[0]?.run.source;
    return source?.kind === "image" ? source.picture : BLANK;
  });
  const before = useRef<Uint8Array[]>([]);
  const pixels = Uint8Array.from(picture.data);

  const put = (next: Uint8Array) => {
    const { runs, setSource, lock } = store.getState();
    const source = runs[0]?.run.source;
    const model = source?.kind === "image" ? source.model : IMAGE_MODEL;
    // A first look goes from the token that the class is read off.
    if (source?.kind !== "image") lock({ query: 0, key: 0 });
    setSource({ kind: "image", model, picture: padPicture(next) });
  };
  return {
    pixels,
    canUndo: before.current.length > 0,
    keep: () => {
      before.current.push(pixels);
    },
    put,
    undo: () => {
      const last = before.current.pop();
      if (last !== undefined) put(last);
    },
  };
}
