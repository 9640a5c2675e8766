// @vitest-environment jsdom

import { File } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Trace } from "../../../src/engine/trace";
import { writeSafetensors } from "../../../src/model/safetensorsWriter";
import { writeTrace } from "../../../src/model/traceFile";
import { Block } from "../../../src/views/block/Block";
import { Decode } from "../../../src/views/decode/Decode";
import { Heads } from "../../../src/views/heads/Heads";
import { Neuron } from "../../../src/views/neuron/Neuron";
import { OpenFiles } from "../../../src/views/open/OpenFiles";
import { Output } from "../../../src/views/output/Output";
import { Position } from "../../../src/views/position/Position";
import { ModelFacts } from "../../../src/views/prompt/ModelFacts";
import { Notices } from "../../../src/views/prompt/Notices";
import { Steps } from "../../../src/views/steps/Steps";
import { openFixture } from "../openFixture";

function page() {
  return (
    <>
      <OpenFiles />
      <ModelFacts />
      <Notices />
      <Heads />
      <Steps />
    </>
  );
}

/** A fixture's folder as a picker gives it. */
function folder(name: string): File[] {
  const path = join(dirname(fileURLToPath(import.meta.url)), "../../fixtures", name);
  return readdirSync(path)
    .filter((file) => /^(config|model|tokenizer)/.test(file))
    .map((file) => {
      const made = new File([readFileSync(join(path, file))], file);
      Object.defineProperty(made, "webkitRelativePath", { value: `${name}/${file}` });
      return made;
    });
}

async function pick(files: File[], which: RegExp) {
  await userEvent.click(screen.getByRole("button", { name: "Open…" }));
  fireEvent.change(screen.getByLabelText(which), { target: { files } });
}

test("a model folder is read where it lies, joins the models, and runs on ids where it has no tokenizer", async () => {
  const { state } = await openFixture("gpt2-1", page());
  await pick(folder("bert-1"), /A model folder/);
  await waitFor(() => expect(state().runs[0]?.facts?.id).toBe("local-bert-1"));
  expect(screen.getByRole("combobox", { name: "Model" })).toHaveProperty("value", "local-bert-1");
  expect(state().runs[0]?.trace?.tokens.map(({ text }) => text)).toEqual([
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
  ]);
  state().setText("7 5");
  await waitFor(() => expect(state().runs[0]?.trace?.tokens).toHaveLength(2));
});

test("a model of images opens on the pad", async () => {
  const { state } = await openFixture("gpt2-1", page());
  await pick(folder("vit-2"), /A model folder/);
  await waitFor(() => expect(state().runs[0]?.status).toBe("ready"));
  expect(state().runs[0]?.run.source.kind).toBe("image");
});

test("our own trace file shows the same numbers again", async () => {
  const { state, trace } = await openFixture("gpt2-1", page());
  await pick([new File([writeTrace(trace)], "mine.trace")], /Files/);
  await waitFor(() => expect(state().runs[0]?.run.source.kind).toBe("trace"));
  const numbers = (from: Trace | null | undefined) =>
    Array.from(from?.sites["blocks.1.attn.hook_z"]?.data ?? []);
  expect(numbers(state().runs[0]?.trace)).toEqual(numbers(trace));
  expect(screen.getByRole("grid", { name: "All heads" })).toBeTruthy();
});

test("attention tensors from anywhere are shown by the views that they suffice for", async () => {
  const { state } = await openFixture("gpt2-1", page());
  const pattern = Float32Array.of(1, 0, 0.25, 0.75, 1, 0, 0.5, 0.5);
  const bytes = writeSafetensors(
    [{ name: "attentions.0", shape: [2, 2, 2], data: pattern }],
    { tokens: JSON.stringify(["Hello", " there"]) },
    "F32",
  );
  await pick([new File([bytes], "attention.safetensors")], /Files/);
  await waitFor(() =>
    expect(state().runs[0]?.trace?.tokens.map(({ text }) => text)).toEqual(["Hello", " there"]),
  );
  expect(screen.getAllByLabelText(/^Layer 0, head \d$/)).toHaveLength(2);

  await waitFor(() => expect(screen.getAllByLabelText("0.250").length).toBeGreaterThan(0));
});

test("views that a file of patterns does not suffice for say what it lacks", async () => {
  await openFixture(
    "gpt2-1",
    <>
      <OpenFiles />
      <Block />
      <Neuron />
      <Position />
      <Output />
    </>,
  );
  const bytes = writeSafetensors(
    [{ name: "attentions.0", shape: [1, 2, 2], data: Float32Array.of(1, 0, 0.25, 0.75) }],
    { tokens: JSON.stringify(["Hello", " there"]) },
    "F32",
  );
  await pick([new File([bytes], "attention.safetensors")], /Files/);
  const lacks = await screen.findAllByText(
    /^The file that was opened does not hold .* Open the folder of the model/,
  );
  expect(lacks.map((each) => each.closest("section")?.getAttribute("aria-label"))).toEqual([
    "Block",
    "Neuron",
    "Position",
    "Output",
  ]);
});

test("a file of patterns writes nothing, for want of its model rather than by the way it reads", async () => {
  await openFixture(
    "gpt2-1",
    <>
      <OpenFiles />
      <Decode />
    </>,
  );
  expect(screen.getByRole("button", { name: "Run" })).toBeTruthy();
  const bytes = writeSafetensors(
    [{ name: "attentions.0", shape: [1, 2, 2], data: Float32Array.of(1, 0, 0.25, 0.75) }],
    { tokens: JSON.stringify(["Hello", " there"]) },
    "F32",
  );
  await pick([new File([bytes], "attention.safetensors")], /Files/);
  expect(await screen.findByText(/^The file that was opened holds what a model looked at/)).toBeTruthy();
  expect(screen.queryByText(/reads both ways/)).toBeNull();
  expect(screen.queryByRole("button", { name: "Run" })).toBeNull();
});

test("a file may be dropped on the page", async () => {
  const { state, trace } = await openFixture("gpt2-1", page());
  const file = new File([writeTrace(trace)], "dropped.trace");
  const dataTransfer = {
    types: ["Files"],
    files: [file],
    items: [{ kind: "file", webkitGetAsEntry: () => null }],
  };
  fireEvent.dragOver(document, { dataTransfer });
  expect(await screen.findByText("Drop a model folder or a trace file")).toBeTruthy();
  fireEvent.drop(document, { dataTransfer });
  await waitFor(() => expect(state().runs[0]?.run.source.model).toBe("dropped.trace"));
});

test.each([
  ["notes.txt", "hello", /has no config.json/],
  ["broken.safetensors", "hello", /broken.safetensors is cut short: 5 of 8 bytes arrived/],
])("%s is refused by name, and what was there stays", async (name, content, said) => {
  const { state, trace } = await openFixture("gpt2-1", page());
  await pick([new File([content], name)], /Files/);
  expect((await screen.findByRole("alert")).textContent).toMatch(said);
  expect(state().runs[0]?.trace).toBe(trace);
});

test("a folder without weights says which file is missing", async () => {
  await openFixture("gpt2-1", page());
  await pick(
    folder("gpt2-2").filter(({ name }) => name === "config.json"),
    /A model folder/,
  );
  expect((await screen.findByRole("alert")).textContent).toContain("local-gpt2-2 has no model.safetensors");
});
