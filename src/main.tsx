import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { openPage } from "./app/openPage";
import "./app/fonts.css";
import "./app/theme.css";

const root = document.getElementById("root");
if (root !== null) {
  const { session, settings, open, ready } = openPage(window);
  const page = createRoot(root);
  void ready.then(() =>
    page.render(
      <StrictMode>
        <App session={session} settings={settings} open={open} />
      </StrictMode>,
    ),
  );
}
