import { useEffect, useRef, useState } from "react";
import styles from "./Sharing.module.css";

interface Props {
  address: string;
  title: string;
  height: number;
  /** The figure has told its height. */
  onHeight(height: number): void;
}

/** How long the preview waits for the next change of an option, in ms. */
const LAG = 400;

/** The figure as readers of the other page will see it, in the same kind of frame. */
export function EmbedPreview({ address, title, height, onHeight }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [shown, setShown] = useState(address);
  useEffect(() => {
    const timer = setTimeout(() => setShown(address), LAG);
    return () => clearTimeout(timer);
  }, [address]);
  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow || event.data?.source !== "sightline") return;
      if (event.data.type === "resize") onHeight(event.data.height);
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [onHeight]);
  return (
    <iframe
      ref={frame}
      // A changed address of the same document would not load it again: options are read once.
      key={shown}
      src={shown}
      title={title}
      height={height}
      sandbox="allow-scripts allow-popups"
      className={styles.frame}
    />
  );
}
