import { useEffect, useState } from "react";

/** How long after the page has loaded the models that it does not show are kept for later, in ms. */
const LATER = 4000;

/**
 * Keeps the page for use without a network, where the browser allows it. Returns a function that changes to a new
 * version once one is ready, else null: it is offered, never forced.
 */
export function useUpdate(): (() => void) | null {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
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
        timer = setTimeout(() => active?.postMessage("models"), LATER);
      })
      // Refused by the browser or the host: the page then needs its network, as any other.
      .catch(() => undefined);
    return () => clearTimeout(timer);
  }, []);
  if (waiting === null) return null;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
      once: true,
    });
    waiting.postMessage("update");
  };
}
