// jsdom has no canvas: it says so at every painting. The pictures themselves are tested in a browser and by their painters.
if (typeof HTMLCanvasElement !== "undefined") HTMLCanvasElement.prototype.getContext = () => null;
