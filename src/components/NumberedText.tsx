interface Props {
  text: string;
  /** Its place, said where another one looks the same. */
  place: number | null;
  /** So many characters have room. */
  fits: number;
}

/** A token in a drawing, raised by its place where another one looks the same. SVG text does not clip itself. */
export function NumberedText({ text, place, fits }: Props) {
  const characters = [...text];
  return (
    <>
      {characters.length > fits ? `${characters.slice(0, fits - 1).join("")}…` : text}
      {place !== null && (
        <tspan dx="1.5" dy="-4">
          {place}
        </tspan>
      )}
    </>
  );
}
