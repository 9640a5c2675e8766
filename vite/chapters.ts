import mdx from "@mdx-js/rollup";
import remarkMath from "remark-math";
import type { Plugin } from "vite";
import { rehypeMathml } from "./mathml.ts";

/** Compiles the chapters of the lessons, src/lessons/NN-slug/{en,zh}.mdx, with their formulas as MathML. */
export function chapters(): Plugin {
  const plugin = mdx({ remarkPlugins: [remarkMath], rehypePlugins: [rehypeMathml] }) as Plugin;
  return { ...plugin, enforce: "pre" };
}
