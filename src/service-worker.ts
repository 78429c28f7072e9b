/// <reference lib="webworker" />
/**
 * Keeps the whole app on the device: pages, workers, runtime, models, sample. Serves from that copy with the security
 * headers on every response, so that the app stays closed also where a host sends none. A new version waits until
 * the page asks for it.
 */
import { responseHeaders } from './lib/vault/headers.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Every file that Vite wrote; put in by vite-plugin-pwa. Files named by their content have no revision. */
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
  /** [path, SHA-256 in hex] of what came after: the page and its start script; put in by tools/postbuild.ts. */
  readonly __SKEIN_PAGE: readonly (readonly [path: string, sha256Hex: string])[];
};

const CACHE = 'skein-app';
/** Keys of the files of the version that was last activated, as it is kept beside them. */
const LIST = '/files-of-the-version';
const pathOf = (url: string): string => new URL(url, self.location.origin).pathname;
const revisions = new Map<string, string>([
  ...self.__WB_MANIFEST.map(({ url, revision }) => [pathOf(url), revision ?? 'by-name'] as const),
  ...self.__SKEIN_PAGE
]);
const headers = responseHeaders();

/** The runtime for WebGPU, 27 MB under a name made of its content: fetched by devices with a graphics card alone. */
const KEPT_WHEN_USED = /^\/_app\/immutable\/[^?]*\.asyncify[^/]*\.wasm$/;

/** Files are kept under their revision: an update fetches only what changed, and two versions never mix. */
const keyOf = (path: string): string => `${path}?revision=${revisions.get(path) ?? ''}`;

self.addEventListener('install', (event) => event.waitUntil(fetchMissing()));
self.addEventListener('activate', (event) => event.waitUntil(dropOld()));
self.addEventListener('message', (event) => {
  if (event.data === 'activate') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (KEPT_WHEN_USED.test(url.pathname)) return event.respondWith(keepAndServe(url.pathname));
  if (!revisions.has(url.pathname) && url.pathname.startsWith('/_app/immutable/')) {
    return event.respondWith(serveOlder(url.pathname));
  }
  const path = revisions.has(url.pathname) ? url.pathname : event.request.mode === 'navigate' ? '/200.html' : null;
  if (path !== null && revisions.has(path)) event.respondWith(serve(path));
});

async function fetchMissing(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const path of revisions.keys()) {
    if ((await cache.match(keyOf(path))) !== undefined) continue;
    const response = await fetch(path, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${path} could not be kept: ${response.status}`);
    await cache.put(keyOf(path), response);
  }
}

/**
 * Drops what neither this version nor the one before it needs. A window that was open goes on with the version before,
 * and asks for parts of it that it had not loaded yet, which the server may not have any more.
 */
async function dropOld(): Promise<void> {
  const cache = await caches.open(CACHE);
  const own = [...revisions.keys()].map(keyOf);
  const before = ((await (await cache.match(LIST))?.json()) ?? []) as readonly string[];
  const wanted = new Set([...own, ...before, LIST].map((key) => new URL(key, self.location.origin).href));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url) && !KEPT_WHEN_USED.test(pathOf(request.url))) await cache.delete(request);
  }
  await cache.put(LIST, Response.json(own));
  await self.clients.claim();
}

/** A part of the version before; its name is made of its content. */
async function serveOlder(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return withHeaders((await cache.match(path, { ignoreSearch: true })) ?? (await fetch(path)));
}

async function keepAndServe(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  if (kept !== undefined) return withHeaders(kept);
  const response = await fetch(path);
  if (response.ok) await cache.put(path, response.clone());
  return withHeaders(response);
}

async function serve(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return withHeaders((await cache.match(keyOf(path))) ?? (await fetch(path)));
}

function withHeaders(kept: Response): Response {
  const all = new Headers(kept.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return new Response(kept.body, { status: kept.status, headers: all });
}
