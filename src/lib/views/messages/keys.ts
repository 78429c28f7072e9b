/** Keys of the messages page. The shell's pairs that begin with g are left to the shell. */
import { listenFor, type Shortcut } from '../shell/shortcuts.ts';

/** How long after g the next key belongs to the shell. */
const PAIR_MS = 1200;

/** True unless the officer turned single keys off in the shortcut sheet. */
function singleKeys(): boolean {
  return localStorage.getItem('skein.single-keys') !== 'off';
}

/** Where focus inside an element means that its own keys come first. */
function hasOwnKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="slider"], [role="menu"], [role="dialog"], [data-own-keys]') !== null;
}

/** A group of choices moves by arrows and Space; letters mean nothing to it and stay the page's. */
function isForChoices({ target, key }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('[role="radiogroup"]') !== null && (key.length > 1 || key === ' ');
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, select, summary') !== null;
}

export function pageKeys(shortcuts: () => readonly Shortcut[]): (event: KeyboardEvent) => void {
  const listen = listenFor(shortcuts, singleKeys);
  let goAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    const isSecond = event.timeStamp - goAt < PAIR_MS;
    goAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (isSecond || hasOwnKeys(event.target) || isForChoices(event)) return;
    // Enter and Space belong to the control that has focus.
    if ((event.key === 'Enter' || event.key === ' ') && isControl(event.target)) return;
    listen(event);
  };
}
