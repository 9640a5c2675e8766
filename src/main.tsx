import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { type Opened, whenOpen } from "./app/openPage";
import "./app/fonts.css";
import "./app/theme.css";

const root = document.getElementById("root");
if (root !== null) whenOpen(window, (opened) => begin(root, opened));

function begin(root: HTMLElement, { session, settings, open, ready }: Opened): void {
  const page = createRoot(root);
  void ready.then(() =>
    page.render(
      <StrictMode>
        <App session={session} settings={settings} open={open} />
      </StrictMode>,
    ),
  );
}
