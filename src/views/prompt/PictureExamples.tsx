import { useT } from "../../i18n/I18n";
import { padPicture } from "../../store/picture";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useSamples } from "../../store/useSamples";

/** Drawn digits to try. */
export function PictureExamples() {
  const t = useT();
  const store = useSessionStore();
  const model = useSession((session) => session.runs[0]?.run.source.model ?? "");
  const samples = useSamples();
  return samples.map(({ label, pixels }) => (
    <button
      key={label}
      type="button"
      aria-label={t("prompt.examples.digit", { label })}
      onClick={() => store.getState().setSource({ kind: "image", model, picture: padPicture(pixels) })}
    >
      {label}
    </button>
  ));
}
