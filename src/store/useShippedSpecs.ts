import { useEffect, useState } from "react";
import { shippedSpecs } from "../model/shippedSpecs";

export type ShippedSpecs = Awaited<ReturnType<typeof shippedSpecs>>;

/** The shipped models with their specs; none until they have come. */
export function useShippedSpecs(): ShippedSpecs {
  const [specs, setSpecs] = useState<ShippedSpecs>([]);
  useEffect(() => {
    let current = true;
    void shippedSpecs(new URL(".", document.baseURI).href).then((found) => current && setSpecs(found));
    return () => {
      current = false;
    };
  }, []);
  return specs;
}
