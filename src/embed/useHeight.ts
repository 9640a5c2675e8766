import { useEffect } from "react";
import { send } from "./messages";

/** Tells the page around how high the figure is, each time that changes. */
export function useHeight(): void {
  useEffect(() => {
    const root = document.getElementById("root");
    if (root === null || typeof ResizeObserver === "undefined") return;
    let told = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.ceil(root.getBoundingClientRect().height);
      if (height === told) return;
      told = height;
      send({ type: "resize", height });
    });
    observer.observe(root);
    send({ type: "ready" });
    return () => observer.disconnect();
  }, []);
}
