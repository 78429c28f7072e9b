/**
 * The self-test at the start: whether this very page is closed to the network, as [Note: Closed network] in
 * vault/headers.ts has it. No case is opened in a page that is not.
 *
 * The page's own isolation and its permissions can be asked of the browser. Its content policy cannot, without breaking
 * it on purpose; so the app's page is fetched once more, which goes the same way as the page itself went, and its
 * headers are read.
 */
import { responseHeaders } from '../vault/headers.ts';

/** 'isolation' and 'permissions': this page lacks them. 'unreachable': the headers could not be looked at. */
export type Hole = 'isolation' | 'permissions' | 'unreachable' | { readonly header: string };

export interface ClosureScope {
  readonly crossOriginIsolated: boolean;
  /** Whether the page may ask where the device is, which our headers deny; null where the browser does not say. */
  readonly mayLocate: boolean | null;
  /** Headers of the app's page; rejects where it cannot be fetched. */
  headers(): Promise<Headers>;
  /** While developing, the server sends the isolating headers alone. */
  readonly isDevelopment: boolean;
}

export async function findHoles(scope: ClosureScope): Promise<Hole[]> {
  const holes: Hole[] = [];
  if (!scope.crossOriginIsolated) holes.push('isolation');
  if (scope.isDevelopment) return holes;
  if (scope.mayLocate === true) holes.push('permissions');
  try {
    const sent = await scope.headers();
    for (const [name, value] of Object.entries(responseHeaders())) if (sent.get(name) !== value) holes.push({ header: name });
  } catch {
    holes.push('unreachable');
  }
  return holes;
}

/** This page, as the browser tells of it. */
export function thisPage(): ClosureScope {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return {
    crossOriginIsolated: globalThis.crossOriginIsolated,
    mayLocate: featurePolicy?.allowsFeature('geolocation') ?? null,
    headers: async () => (await fetch('/200.html', { cache: 'no-store' })).headers,
    isDevelopment: import.meta.env.DEV
  };
}
