import { expect, test } from 'vitest';
import { endedWithPage } from './page-left.ts';

const startOne = (): Worker =>
  endedWithPage(new Worker(new URL('../../../tests/browser/echo.worker.ts', import.meta.url), { type: 'module' }));

/** What the worker says to a word, or null where it says nothing for a while. */
function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
    worker.postMessage('word');
    setTimeout(() => resolve(null), 1500);
  });
}

test('a worker lives on in a page that the browser keeps, and ends with one that is left for good', async () => {
  const workers = [startOne(), startOne()];
  expect(await Promise.all(workers.map(answerOf))).toEqual(['word', 'word']);
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  expect(await Promise.all(workers.map(answerOf))).toEqual(['word', 'word']);
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
  expect(await Promise.all(workers.map(answerOf))).toEqual([null, null]);
});
