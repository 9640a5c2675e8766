import { useEffect, useState } from "react";
import { useSession } from "../store/SessionContext";
import { holdWhileActing } from "./acting";

/** How long after the page itself is kept the models that it does not show are, in ms; and how long it waits for a first run. */
const LATER = 4000;

/**
 * Keeps the page for use without a network, where the browser allows it. Returns a function that changes to a new
 * version once one is ready, else null: it is offered, never forced.
 */
export function useUpdate(): (() => void) | null {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  const isSettled = useSettled();
  useEffect(() => {
    if (!isSettled || !import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const letGo = holdWhileActing();
    const watch = (worker: ServiceWorker | null) => {
      const isNew = () => worker?.state === "installed" && navigator.serviceWorker.controller !== null;
      if (isNew()) setWaiting(worker);
      worker?.addEventListener("statechange", () => isNew() && setWaiting(worker));
    };
    navigator.serviceWorker
      .register("./sw.js")
      .then(async (registration) => {
        watch(registration.waiting);
        registration.addEventListener("updatefound", () => watch(registration.installing));
        const { active } = await navigator.serviceWorker.ready;
        if (!savesData()) timer = setTimeout(() => active?.postMessage("models"), LATER);
      })
      // Refused by the browser or the host: the page then needs its network, as any other.
      .catch(() => undefined);
    return () => {
      clearTimeout(timer);
      letGo();
    };
  }, [isSettled]);
  if (waiting === null) return null;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
      once: true,
    });
    waiting.postMessage("update");
  };
}

/** Whether the first run is over, or long in coming: keeping a hundred files is not to stand in its way. */
function useSettled(): boolean {
  const isOver = useSession(({ runs }) => runs[0]?.facts !== null || runs[0]?.status === "failed");
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATER);
    return () => clearTimeout(timer);
  }, []);
  return isOver || isLate;
}

/** Whether the reader has asked the browser to fetch no more than is needed: then models are kept when that is asked for. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
