/** Keys for the whole app. Views add their own; single keys never act while something is being typed. */

export interface Shortcut {
  /** 'g o' is g then o; 'mod+k' is Ctrl K, or Command K on a Mac; otherwise one key as `event.key` gives it. */
  readonly keys: string;
  readonly run: () => void;
}

/** How long after the first key of a pair the second one counts. */
const PAIR_MS = 1200;

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'range', 'submit'].includes(target.type);
}

/** Name of a pressed key as shortcuts spell it. */
export function pressed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return `alt+${key}`;
  if (event.ctrlKey || event.metaKey) return `mod+${event.shiftKey ? 'shift+' : ''}${key}`;
  return event.key.length === 1 ? event.key : key;
}

/**
 * @param singleKeys false where the officer turned single keys off: only keys with Ctrl act then.
 * @returns a keydown listener that runs the matching shortcut and keeps the browser's own meaning away from it.
 */
export function listenFor(shortcuts: () => readonly Shortcut[], singleKeys: () => boolean): (event: KeyboardEvent) => void {
  let first = '';
  let firstAt = 0;
  return (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = pressed(event);
    const isSingle = !key.startsWith('mod+');
    // Inside a dialog the page behind has no keys.
    const isModal = document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"]') !== null;
    if (isSingle && (!singleKeys() || isModal || isTyping(event.target))) return;
    const pair = event.timeStamp - firstAt < PAIR_MS ? `${first} ${key}` : '';
    const match = shortcuts().find((shortcut) => shortcut.keys === pair) ?? shortcuts().find((shortcut) => shortcut.keys === key);
    first = key;
    firstAt = event.timeStamp;
    if (match === undefined) return;
    first = '';
    event.preventDefault();
    match.run();
  };
}
