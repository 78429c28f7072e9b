/** How far an import is, told seldom enough that telling costs nothing. */
import type { ImportProgress, ImportStage } from './contract.ts';

const TELL_EVERY_MS = 150;

/** The stages' own clocks begin when they are first told. */
export function progressTeller(
  bytesTotal: number,
  onProgress: (progress: ImportProgress) => void
): (stage: ImportStage, bytesDone: number, items: number, force?: boolean) => void {
  let lastTell = 0;
  let stageNow: ImportStage | null = null;
  let since = 0;
  return (stage, bytesDone, items, force = false) => {
    const now = performance.now();
    if (stage !== stageNow) {
      stageNow = stage;
      since = now;
    }
    if (!force && now - lastTell < TELL_EVERY_MS) return;
    lastTell = now;
    const passed_s = (now - since) / 1000;
    const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal;
    const left_s = share > 0.01 && passed_s > 0.5 ? (passed_s / share) * (1 - share) : null;
    onProgress({ stage, bytesDone, bytesTotal, items, itemsPerSecond: passed_s > 0 ? items / passed_s : 0, left_s });
  };
}
