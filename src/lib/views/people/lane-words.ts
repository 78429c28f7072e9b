import type { UseLaneKind } from '$lib/pipeline/lanes-contract.ts';
import { m } from '$lib/paraglide/messages.js';

const KIND: Readonly<Record<UseLaneKind, () => string>> = {
  handset: m.lanes_handset,
  sim: m.lanes_sim,
  iccid: m.lanes_iccid,
  number: m.lanes_number,
  handle: m.lanes_handle
};

export const kindWords = (kind: UseLaneKind): string => KIND[kind]();
