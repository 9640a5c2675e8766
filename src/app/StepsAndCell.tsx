import { Suspense } from "react";
import { Steps } from "../views/steps/Steps";
import { later } from "./later";
import styles from "./StepsAndCell.module.css";

const Cell = later(() => import("../views/cell/Cell").then((module) => module.Cell));

/** The stages of one head, and the arithmetic of the cell that is looked at: below, or beside where there is room. */
export function StepsAndCell() {
  return (
    <div className={styles.figure}>
      <div className={styles.both}>
        <Steps />
        <div className={styles.cell} data-spare={2}>
          <Suspense>
            <Cell />
          </Suspense>
        </div>
      </div>
    </div>
  );
}
