/** Whether there is a graphics card to compute on. That `navigator.gpu` exists proves nothing. */

interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

interface Graphics {
  requestAdapter(): Promise<Adapter | null>;
}

/** True for an adapter in hardware; one in software is slower than WebAssembly and is refused. */
export async function hasRealAdapter(
  graphics: Graphics | undefined = (navigator as { readonly gpu?: Graphics }).gpu
): Promise<boolean> {
  if (graphics === undefined) return false;
  try {
    const adapter = await graphics.requestAdapter();
    return adapter !== null && adapter.isFallbackAdapter !== true && adapter.info?.isFallbackAdapter !== true;
  } catch {
    return false;
  }
}
