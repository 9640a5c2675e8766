import { useEffect, useState } from "react";
import { readSamples, type Sample } from "../model/samples";
import { IMAGE_MODEL } from "./models";

export type { Sample } from "../model/samples";

/** The sample pictures of the shipped model of images; none until they have come. */
export function useSamples(): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let current = true;
    const folder = new URL(`models/${IMAGE_MODEL}/`, document.baseURI).href;
    void readSamples(folder).then((found) => current && setSamples(found));
    return () => {
      current = false;
    };
  }, []);
  return samples;
}
