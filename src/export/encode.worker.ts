/** Turns a picture into a PNG, beside the page: compressing a large one takes seconds. Answers null where it cannot. */
self.onmessage = async ({ data: picture }: MessageEvent<ImageBitmap>) => {
  self.postMessage(await encode(picture).catch(() => null));
};

async function encode(picture: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(picture);
  return canvas.convertToBlob({ type: "image/png" });
}
