import { useEffect, useState } from "react";

/** Whether the figure has been on screen yet: an embed below the fold waits. */
export function useVisible(): boolean {
  const [seen, setSeen] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (seen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, [seen]);
  return seen;
}
