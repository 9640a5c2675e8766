import type { Plugin } from "vite";

const SHARED = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "worker-src": "'self' blob:",
  "style-src": "'self'",
  "img-src": "'self' blob: data:",
  "font-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

/** What each page may load. The kernels of an embed travel inside its worker as data, its fonts inside a style sheet. */
const POLICIES = {
  page: { ...SHARED, "connect-src": "'self'", "frame-src": "'self'", "manifest-src": "'self'" },
  embed: { ...SHARED, "connect-src": "'self' data:", "font-src": "'self' data:" },
};

/** The page with its policy, before anything that it loads. */
export function withPolicy(html: string, page: keyof typeof POLICIES): string {
  const policy = Object.entries(POLICIES[page]).map(([name, value]) => `${name} ${value}`);
  const charset = '<meta charset="utf-8" />';
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}" />`;
  return html.replace(charset, `${charset}\n    ${meta}`);
}

/** Gives the built page its policy; the development server needs scripts and styles of its own in the page. */
export function contentPolicy(): Plugin {
  return {
    name: "sightline:content-policy",
    apply: "build",
    transformIndexHtml: { order: "post", handler: (html) => withPolicy(html, "page") },
  };
}
