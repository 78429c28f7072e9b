/** Whether there is a graphics card to compute on, and the card. That `navigator.gpu` exists proves nothing. */

interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
  requestDevice?(): Promise<GPUDevice>;
}

interface Graphics {
  requestAdapter(): Promise<Adapter | null>;
}

const graphicsHere = (): Graphics | undefined => (navigator as { readonly gpu?: Graphics }).gpu;

/** An adapter in hardware; one in software is slower than WebAssembly and is refused. */
async function realAdapter(graphics: Graphics | undefined): Promise<Adapter | null> {
  try {
    const adapter = (await graphics?.requestAdapter()) ?? null;
    const isSoftware = adapter?.isFallbackAdapter === true || adapter?.info?.isFallbackAdapter === true;
    return isSoftware ? null : adapter;
  } catch {
    return null;
  }
}

export async function hasRealAdapter(graphics: Graphics | undefined = graphicsHere()): Promise<boolean> {
  return (await realAdapter(graphics)) !== null;
}

/** A card for one calculation, with the limits that every card has; whoever takes it destroys it. Null where there is none. */
export async function lendCard(graphics: Graphics | undefined = graphicsHere()): Promise<GPUDevice | null> {
  try {
    return (await (await realAdapter(graphics))?.requestDevice?.()) ?? null;
  } catch {
    return null;
  }
}
