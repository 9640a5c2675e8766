/** How the matrices of a stage are drawn. */
export type Show = "heatmap" | "lines" | "numbers";
