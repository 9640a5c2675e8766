/** The parts of an embed as they lie beside the page. Rejects where one cannot be had, as in a page that was not built. */
export async function embedParts(base: string): Promise<{ page: string; style: string; code: string }> {
  const [page = "", style = "", code = ""] = await Promise.all(
    ["embed.html", "embed/embed.css", "embed/all.js"].map(async (file) => {
      const response = await fetch(new URL(file, base));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return response.text();
    }),
  );
  return { page, style, code };
}
