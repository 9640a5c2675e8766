import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanup, render, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import type { SiteName } from "../../src/engine/sites";
import type { Tensor } from "../../src/engine/tensor";
import type { Trace } from "../../src/engine/trace";
import { I18nProvider } from "../../src/i18n/I18n";
import { loadFolder, loadModel } from "../../src/model/load";
import type { Source } from "../../src/store/run";
import { SessionProvider } from "../../src/store/SessionContext";
import { SettingsProvider } from "../../src/store/SettingsContext";
import { createSession, type SessionState, type SessionStore } from "../../src/store/session";
import { createSettings, type SettingsStore } from "../../src/store/settings";
import { createClient } from "../../src/worker/client";
import type { Engine } from "../../src/worker/engine";
import { createHandler } from "../../src/worker/handler";
import { createLibrary } from "../../src/worker/library";
import { liveModel } from "../../src/worker/liveModel";

afterEach(cleanup);

/** A model of real size takes a while to load on a busy machine. */
const LOADING = { timeout: 15_000 };

/** The engine of the page without a worker, over the PyTorch fixtures' models and those that ship. */
export function fixtureEngine(): Engine {
  const library = createLibrary(async (id, _, { files }) => {
    if (files !== null) return liveModel(await loadModel({ kind: "files", id, files }), createPlainKernels());
    const here = dirname(fileURLToPath(import.meta.url));
    const fixture = join(here, "../fixtures", id);
    const folder = existsSync(fixture) ? fixture : join(here, "../../public/models", id);
    return liveModel(await loadFolder(id, nodeFolder(folder), {}), createPlainKernels());
  });
  return createClient((onTell) => {
    const handle = createHandler(library, (tell) => onTell(structuredClone(tell)));
    return { post: handle, close: () => undefined };
  }, "");
}

/** One view over a live run of a fixture's model. */
export interface Opened {
  readonly session: SessionStore;
  readonly settings: SettingsStore;
  readonly trace: Trace;
  site(name: SiteName): Tensor;
  state(): SessionState;
}

const IDS = [5, 9, 3, 12, 9, 30];

/** Runs a fixture's model on a few ids and renders a view of it. The tokens' texts are the ids. */
export function openFixture(model: string, view: ReactNode, ids: readonly number[] = IDS): Promise<Opened> {
  return openSource({ kind: "ids", model, ids }, view);
}

/** Runs any source and renders a view of it. */
export async function openSource(source: Source, view: ReactNode): Promise<Opened> {
  const session = createSession(fixtureEngine(), { runs: [{ source, edits: [], seed: 1 }] });
  session.getState().start();
  await waitFor(() => {
    const [run] = session.getState().runs;
    if (run?.status !== "ready") throw new Error(`the run is ${run?.status} ${JSON.stringify(run?.error)}`);
  }, LOADING);
  const trace = session.getState().runs[0]?.trace;
  if (!trace) throw new Error("the run gave no trace");
  const settings = createSettings({ theme: "light", language: "en", transpose: false, view: "steps" });
  render(
    <SettingsProvider store={settings}>
      <I18nProvider language="en">
        <SessionProvider store={session}>{view}</SessionProvider>
      </I18nProvider>
    </SettingsProvider>,
  );
  return {
    session,
    settings,
    trace,
    state: () => session.getState(),
    site: (name) => {
      const tensor = trace.sites[name];
      if (tensor === undefined) throw new Error(`the trace has no site ${name}`);
      return tensor;
    },
  };
}
