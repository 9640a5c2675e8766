import { Component, type ReactNode } from "react";
import { T } from "../i18n/T";
import styles from "./FigureBoundary.module.css";

interface Props {
  children: ReactNode;
}

/** Keeps an error of one figure inside it: the rest of the page goes on, and the figure can be drawn again. */
export class FigureBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div role="alert" className={styles.broken}>
        <p>
          <T id="errors.figure" values={{ reason: error.message }} />
        </p>
        <button type="button" onClick={() => this.setState({ error: null })}>
          <T id="errors.retry" />
        </button>
      </div>
    );
  }
}
