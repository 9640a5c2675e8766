import { useCallback, useEffect, useState } from "react";

/** What of the site lies in this browser: files of all files, and the bytes of all. */
export interface Kept {
  readonly files: number;
  readonly of: number;
  readonly bytes: number;
}

/** How often it is asked while files are on their way, in ms. */
const EACH = 1000;

/**
 * How much of the site the browser keeps for use without a network, and a function that keeps the rest now. Null where there
 * is no service worker, or none yet.
 */
export function useKept(): { readonly kept: Kept | null; keepAll(): void } {
  const [kept, setKept] = useState<Kept | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await askWorker();
      setKept(answer);
      if (answer === null || answer.files < answer.of) timer = setTimeout(ask, EACH);
    };
    void ask();
    return () => clearTimeout(timer);
  }, []);
  const keepAll = useCallback(
    () => void activeWorker().then((worker) => worker?.postMessage("models now")),
    [],
  );
  return { kept, keepAll };
}

async function activeWorker(): Promise<ServiceWorker | null> {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return registration?.active ?? null;
}

async function askWorker(): Promise<Kept | null> {
  const worker = await activeWorker();
  if (worker === null) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<Kept>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  worker.postMessage("kept", [port2]);
  return answer;
}
