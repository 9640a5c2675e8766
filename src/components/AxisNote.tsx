import { T } from "../i18n/T";
import styles from "./AxisNote.module.css";
import axes from "./axes.module.css";
import { CELLS } from "./PatternGrid";

/** As many columns as fill the room; the picture of a long text is as wide as so many cells. */
const MANY = 1000;
const PICTURE = 14;

/** Says which axis is the query's and which the key's, under every matrix of attention; as wide as its `columns` are. */
export function AxisNote({ transpose, columns }: { transpose: boolean; columns?: number }) {
  const across = columns !== undefined && columns > CELLS ? PICTURE : (columns ?? MANY);
  return (
    <p className={styles.note} style={{ "--columns": across }}>
      <span>
        {transpose ? (
          <T id="steps.axis.keyDown" components={{ key: <Named axis="key" /> }} />
        ) : (
          <T id="steps.axis.queryDown" components={{ query: <Named axis="query" /> }} />
        )}
      </span>
      <span>
        {transpose ? (
          <T id="steps.axis.queryAcross" components={{ query: <Named axis="query" /> }} />
        ) : (
          <T id="steps.axis.keyAcross" components={{ key: <Named axis="key" /> }} />
        )}
      </span>
    </p>
  );
}

function Named({ axis }: { axis: "query" | "key" }) {
  return (
    <b className={axes[axis]}>
      <T id={`steps.role.${axis}`} />
    </b>
  );
}
