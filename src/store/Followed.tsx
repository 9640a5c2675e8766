import { type HTMLAttributes, useEffect, useMemo, useRef } from "react";
import { lookedFrom } from "./lookedFrom";
import { LookedContext, useSessionStore } from "./SessionContext";

/** The box of one figure of several: what is inside follows the pointer as fast as the figure's place needs (see lookedFrom). */
export function Followed({ children, ...rest }: HTMLAttributes<HTMLDivElement>) {
  const session = useSessionStore();
  const box = useRef<HTMLDivElement>(null);
  const isSeen = useRef(true);
  const looked = useMemo(() => {
    const isAt = () => box.current?.matches(":hover, :focus-within") !== false;
    return lookedFrom(session, () => (isAt() ? "at" : isSeen.current ? "beside" : "out"));
  }, [session]);
  useEffect(() => {
    if (box.current === null || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver((entries) => {
      isSeen.current = entries.at(-1)?.isIntersecting !== false;
      box.current?.toggleAttribute("data-unseen", !isSeen.current);
      if (isSeen.current) looked.follow();
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [looked]);
  return (
    <div ref={box} {...rest}>
      <LookedContext value={looked}>{children}</LookedContext>
    </div>
  );
}
