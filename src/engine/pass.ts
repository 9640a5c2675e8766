import { applyEdits, type SiteEdit } from "./edits";
import type { Buf, Kernels } from "./kernels/kernels";
import type { PreparedModel } from "./prepare";
import { axesOf } from "./sites";
import { copyTo, ownArray, type Place } from "./slab";
import type { Axis, Tensor } from "./tensor";
import { type Capture, matcher } from "./trace";

/** What one forward pass carries: the model, and the point where sites are recorded and edited. */
export interface Pass {
  readonly model: PreparedModel;
  readonly kernels: Kernels;
  readonly sites: Map<string, Tensor>;
  /**
   * The site `name` has this value: applies the edits of that site in place, keeps a copy if it is captured, and returns
   * the value, so that it can be wrapped around any term of an equation.
   */
  put(name: string, value: Buf, shape: readonly number[], axes?: readonly Axis[]): Buf;
  /** Whether a stage must be computed although the result does not need it: it is captured or edited. */
  wants(name: string): boolean;
  /** Whether edits were asked for at a site. */
  edited(name: string): boolean;
  /** Whether they altered a bit of it: what follows is then computed again from the site. Known once it has been put. */
  changed(name: string): boolean;
  /** The value of a site in the earlier run whose prefix is reused, or null. */
  earlier(name: string): Tensor | null;
}

/** A pass that records the sites that `captured` accepts, in arrays of `place`, and applies `edits`. */
export function createPass(
  model: PreparedModel,
  captured: (name: string) => boolean,
  edits: readonly SiteEdit[],
  earlier: (name: string) => Tensor | null = () => null,
  place: Place = ownArray,
): Pass {
  const sites = new Map<string, Tensor>();
  const editsOf = new Map<string, SiteEdit[]>();
  const changed = new Set<string>();
  for (const edit of edits) editsOf.set(edit.site, [...(editsOf.get(edit.site) ?? []), edit]);
  return {
    model,
    kernels: model.kernels,
    sites,
    put(name, value, shape, axes = axesOf(name) ?? []) {
      const siteEdits = editsOf.get(name);
      if (siteEdits !== undefined) {
        const before = value.data.slice();
        applyEdits({ data: value.data, shape, axes }, siteEdits);
        if (!sameBits(before, value.data)) changed.add(name);
      }
      if (captured(name)) sites.set(name, { data: copyTo(place, value.data), shape, axes });
      return value;
    },
    wants: (name) => captured(name) || editsOf.has(name),
    edited: (name) => editsOf.has(name),
    changed: (name) => changed.has(name),
    earlier,
  };
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, n) => Object.is(value, b[n]));
}

/** The question "is this site captured?" for a capture, answered once per name. */
export function capturedBy(capture: Capture): (name: string) => boolean {
  if (capture === "all") return () => true;
  const answers = new Map<string, boolean>();
  const accepts = matcher(capture);
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = accepts(name);
    answers.set(name, answer);
    return answer;
  };
}
