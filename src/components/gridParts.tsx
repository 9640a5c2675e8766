// The parts of an ARIA grid. Real table elements would bring a table's layout with them, which a drawing of squares
// cannot use, so the roles are said here, once.
import type { HTMLAttributes } from "react";

type Part = HTMLAttributes<HTMLDivElement>;

/** The grid itself: one stop of the Tab key, which points at its active cell. */
export function Grid({ children, ...rest }: Part) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div role="grid" tabIndex={0} {...rest}>
      {children}
    </div>
  );
}

export function GridRow({ children, ...rest }: Part) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid takes the focus
    <div role="row" {...rest}>
      {children}
    </div>
  );
}

export function ColumnHeader({ children, ...rest }: Part) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid takes the focus
    <div role="columnheader" {...rest}>
      {children}
    </div>
  );
}

export function RowHeader({ children, ...rest }: Part) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid takes the focus
    <div role="rowheader" {...rest}>
      {children}
    </div>
  );
}

export function GridCell({ children, ...rest }: Part) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid takes the focus
    <div role="gridcell" {...rest}>
      {children}
    </div>
  );
}
