// The service worker: keeps the page and its models, so that everything works without a network after one visit. The
// build fills in the lists. A new version waits until the reader asks for it.
const SHELL = "__SHELL__";
const MODELS = "__MODELS__";

const scope = new URL("./", self.location.href);
const addresses = ({ files }) => files.map((file) => new URL(file, scope).href);

/** How long a file waits at most for a reader who acts without a rest, in ms: all are kept in the end. */
const PATIENCE = 400;

/** Waits for the lock that a page holds while its reader acts (src/app/acting.ts), or for the end of patience. */
async function rest() {
  const options = { mode: "exclusive", signal: AbortSignal.timeout(PATIENCE) };
  await navigator.locks?.request("sightline-acting", options, () => undefined).catch(() => undefined);
}

/** Puts the files that are missing into a cache, one after the other: a page under way comes first. */
async function keep(list, pause = rest) {
  const cache = await caches.open(list.name);
  for (const address of addresses(list)) {
    if ((await cache.match(address)) !== undefined) continue;
    await pause();
    await cache.add(new Request(address, { cache: "no-cache" }));
  }
}

/** How many of all files are kept, and how many bytes all of them are. */
async function kept() {
  const counts = [SHELL, MODELS].map(async ({ name }) => (await (await caches.open(name)).keys()).length);
  const files = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  return { files, of: SHELL.files.length + MODELS.files.length, bytes: SHELL.bytes + MODELS.bytes };
}

self.addEventListener("install", (event) => event.waitUntil(keep(SHELL)));

self.addEventListener("activate", (event) => {
  const current = [SHELL.name, MODELS.name];
  const clean = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("sightline-") && !current.includes(name));
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
  if (event.data === "models") event.waitUntil(keep(MODELS).catch(() => undefined));
  if (event.data === "models now") event.waitUntil(keep(MODELS, () => undefined).catch(() => undefined));
  if (event.data === "kept") event.waitUntil(kept().then((answer) => event.ports[0]?.postMessage(answer)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope.href)) return;
  const address =
    url.pathname === scope.pathname ? new URL("index.html", scope).href : url.origin + url.pathname;
  const answer = async () => {
    for (const { name } of [SHELL, MODELS]) {
      const kept = await (await caches.open(name)).match(address);
      if (kept !== undefined) return kept;
    }
    return fetch(request);
  };
  event.respondWith(answer());
});
