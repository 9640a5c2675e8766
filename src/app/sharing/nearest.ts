/** Of elements below each other, the one that is looked at: the nearest to the middle of the screen. */
export function nearest(elements: readonly HTMLElement[]): HTMLElement | undefined {
  const middle = window.innerHeight / 2;
  const distance = (element: HTMLElement) => {
    const { top, bottom } = element.getBoundingClientRect();
    return Math.max(top - middle, middle - bottom, 0);
  };
  return [...elements].sort((a, b) => distance(a) - distance(b))[0];
}
