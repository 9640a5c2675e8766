import { type JsonObject, parseJsonObject } from "./json";
import { urlFolder } from "./urlFolder";

/** A picture to try, as it would be drawn: 0 (paper) … 255 (ink), row by row. */
export interface Sample {
  readonly label: string;
  readonly pixels: Uint8Array;
}

/** The sample pictures beside a model of images; none where the folder has no samples.json that can be read. */
export async function readSamples(url: string): Promise<readonly Sample[]> {
  try {
    const text = await urlFolder(url).text("samples.json", {});
    return text === null ? [] : samplesOf(parseJsonObject(text, "samples.json"));
  } catch {
    // Without samples the pad can still be drawn on.
    return [];
  }
}

function samplesOf({ samples }: JsonObject): readonly Sample[] {
  if (!Array.isArray(samples)) return [];
  return samples.flatMap((sample: { label?: unknown; pixels?: unknown }) =>
    typeof sample.label === "string" && Array.isArray(sample.pixels)
      ? [{ label: sample.label, pixels: Uint8Array.from(sample.pixels) }]
      : [],
  );
}
