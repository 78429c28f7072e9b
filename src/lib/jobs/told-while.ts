/**
 * Progress out of a worker, for as long as the call runs that it belongs to.
 *
 * [Note: Late words] A callback that was sent into a worker speaks through a port of its own, and nothing keeps two ports
 * in order: what was said last may arrive after the call's own answer. A page that hears it then shows "35 of 38 kB" for
 * ever, over a refusal that was there already.
 */

type Listener<Told extends unknown[]> = (...told: Told) => unknown;

/** A listener until `end` is called, nobody afterwards. */
export function untilEnd<Told extends unknown[]>(
  listener: Listener<Told>
): { listening: (...told: Told) => unknown; end(): void } {
  let heard: Listener<Told> | null = listener;
  return {
    listening: (...told) => heard?.(...told),
    end() {
      heard = null;
    }
  };
}

/** Asks with a listener that falls silent when the answer, or the failure, is there. */
export async function toldWhile<Told extends unknown[], Answer>(
  listener: (...told: Told) => void,
  ask: (listening: (...told: Told) => void) => Answer | Promise<Answer>
): Promise<Answer> {
  const { listening, end } = untilEnd(listener);
  try {
    return await ask(listening);
  } finally {
    end();
  }
}
