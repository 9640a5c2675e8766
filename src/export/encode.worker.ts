/** Turns a picture into a PNG, beside the page: compressing a large one takes seconds. Answers null where it cannot. */
self.onmessage = async ({ data: picture }: MessageEvent<ImageBitmap>) => {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(picture);
  self.postMessage(await canvas.convertToBlob({ type: "image/png" }).catch(() => null));
};
