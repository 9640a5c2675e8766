import { toFragment } from "../../store/fragment";
import { linkOf } from "../../store/permalink";
import { useSession } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";

/** The fragment of the page as it stands, without "#"; with another experiment open than the page has, where one is given. */
export function useFragment(experiment?: string | null): string {
  const session = useSession((state) => state);
  const settings = useSettings((state) => state);
  const { open, all } = session.experiments;
  const experiments = { open: experiment === undefined ? open : experiment, all };
  return toFragment(linkOf({ ...session, experiments }, settings));
}
