import { pressed } from './shortcuts.ts';

/** How long after the first Esc the second one counts: two presses of one hand, and not two decisions. */
const WITHIN_MS = 400;

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'repeat' | 'isComposing' | 'timeStamp'>;

/**
 * @returns whether a key pressed now is the second Esc of two. A key that is held down, or that ends the writing of a
 * character, is none; a third Esc begins anew.
 */
export function escapeTwice(): (event: Press) => boolean {
  let firstAtMs = -Infinity;
  return (event) => {
    if (event.repeat || event.isComposing || pressed(event) !== 'Escape') {
      firstAtMs = -Infinity;
      return false;
    }
    const isSecond = event.timeStamp - firstAtMs <= WITHIN_MS;
    firstAtMs = isSecond ? -Infinity : event.timeStamp;
    return isSecond;
  };
}
