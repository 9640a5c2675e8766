import { type ComponentProps, useEffect, useRef, useState } from "react";

/** A formula. One that is too wide for its column scrolls, so the keyboard can reach it then. */
export function Formula(props: ComponentProps<"math">) {
  const math = useRef<MathMLElement>(null);
  const [isWide, setIsWide] = useState(false);
  const isBlock = props.display === "block";
  useEffect(() => {
    const element = math.current;
    if (!isBlock || element === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => setIsWide(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isBlock]);
  return <math ref={math} {...(isWide && { tabIndex: 0 })} {...props} />;
}
