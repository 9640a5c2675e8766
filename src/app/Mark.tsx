import styles from "./Header.module.css";

/** The name and its sign: a query's line of sight to a key. */
export function Mark() {
  return (
    <a className={styles.mark} href="./">
      <svg width="26" height="18" viewBox="0 0 26 18" fill="none" aria-hidden="true">
        <circle cx="3.4" cy="14" r="2.6" fill="var(--q)" />
        <circle cx="22.6" cy="14" r="2.6" fill="var(--k)" />
        <path d="M3.4 11.4C5 2.4 21 2.4 22.6 11.4" stroke="var(--ink)" strokeWidth="1.6" />
      </svg>
      <span>
        Sightline <span lang="zh-Hans">视线</span>
      </span>
    </a>
  );
}
