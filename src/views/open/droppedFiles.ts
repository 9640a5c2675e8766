/** Files of a drop, and the name of the folder that they came in; empty where single files were dropped. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folder: string;
}

/** The files of a drop: those dropped one by one, or what lies directly in a dropped folder. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  // Entries must be taken before the first pause: the browser empties the transfer then.
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  const loose = [...transfer.files];
  const folder = entries.find((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  if (folder === undefined) return { files: loose, folder: "" };
  const inside = await entriesOf(folder);
  const files = inside.filter((entry): entry is FileSystemFileEntry => entry.isFile).map(fileOf);
  return { files: await Promise.all(files), folder: folder.name };
}

/** A directory is read in batches until one is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
