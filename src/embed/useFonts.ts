import { useEffect, useRef } from "react";
import { useSession } from "../store/SessionContext";
import { hasOwnTrace } from "./scriptFile";

/** Brings the fonts once the figure is there: until then, and in a page that works alone, those of the system do. */
export function useFonts(): void {
  const isThere = useSession((session) => session.runs[0]?.status === "ready");
  const asked = useRef(false);
  useEffect(() => {
    if (!isThere || asked.current || !import.meta.env.PROD || hasOwnTrace()) return;
    asked.current = true;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = "./embed/fonts.css";
    document.head.append(sheet);
  }, [isThere]);
}
