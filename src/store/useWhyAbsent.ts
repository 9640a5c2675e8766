import { useSession } from "./SessionContext";

/** Why a view's numbers are not in the first run's trace: they are being worked out, the model has not run yet, or a file that was opened lacks them. */
export function useWhyAbsent(): "coming" | "stored" | "opened" {
  return useSession(({ runs: [run] }) => {
    if (run?.run.source.kind === "trace") return "opened";
    return run?.input == null ? "stored" : "coming";
  });
}
