import { toFragment } from "../../store/fragment";
import { linkOf } from "../../store/permalink";
import { useSession } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";

/** The fragment of the page as it stands, without "#". */
export function useFragment(): string {
  const session = useSession((state) => state);
  const settings = useSettings((state) => state);
  return toFragment(linkOf(session, settings));
}
