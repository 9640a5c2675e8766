import { useLesson } from "../LessonContext";

/** A reference to one of the chapter's sources, counted from 1. */
export function Cite({ n }: { n: number }) {
  const { chapter } = useLesson();
  const source = chapter.sources[n - 1];
  if (source === undefined) throw new Error(`${chapter.slug} has no source ${n}`);
  const { by, year, title, url } = source;
  return (
    <sup>
      <a href={url} title={`${by} ${year}: ${title}`} target="_blank" rel="noopener">
        [{n}]
      </a>
    </sup>
  );
}
