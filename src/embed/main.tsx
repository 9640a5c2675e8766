import { createRoot } from "react-dom/client";
import "../app/theme.css";
import { whenReadable } from "../store/fragment";
import { canFetch } from "./connectEmbed";
import { EmbedApp } from "./EmbedApp";
import { fetchByScript } from "./fetchByScript";
import { fragmentOf, openEmbed } from "./openEmbed";
import { receiveFiles } from "./scriptFile";

const root = document.getElementById("root");
if (root !== null) {
  receiveFiles();
  if (!canFetch()) window.fetch = fetchByScript;
  whenReadable(fragmentOf(window), () => {
    const embed = openEmbed(window);
    void embed.ready.then(() => createRoot(root).render(<EmbedApp embed={embed} />));
  });
}
