/**
 * [Note: Cost of a guess] A fixed number of passes is a second on a laptop of 2019 and a quarter of one on a new machine,
 * and it is the attacker who buys the new machine. So a new passphrase's slot takes as much work as this device does in
 * about a second, never less than what RFC 9106 and NIST SP 800-132 advise, and never so much that a slow laptop to which a
 * case file goes would stand still. How much is written in the slot.
 */
import { deriving_s, preferredDerivation, type Derivation } from './keys.ts';

/** In the middle of what an officer hardly notices, 0.7 to 1.5 s. */
const AIM_S = 0.85;
const TIMES = 3;
const MOST_PASSES = 16;
const MOST_ROUNDS = 5_000_000;
const ROUNDS_STEP = 100_000;

/**
 * The derivation with as many passes or rounds as take a second.
 * @param takes_s seconds that a derivation takes on this device
 */
export async function fitted(least: Derivation, takes_s: (derivation: Derivation) => Promise<number>): Promise<Derivation> {
  switch (least.name) {
    case 'argon2id': {
      // Filling the memory for the first time costs more than going over it once more. The first try compiles, and other
      // programs only ever make it slower, and so a guess cheaper: the least of several counts.
      const leastOf = async (passes: number): Promise<number> => {
        let least_s = Infinity;
        for (let time = 0; time < TIMES; time++) least_s = Math.min(least_s, await takes_s({ ...least, passes }));
        return least_s;
      };
      const first_s = await leastOf(1);
      const pass_s = (await leastOf(2)) - first_s;
      return { ...least, passes: within(1 + Math.round((AIM_S - first_s) / Math.max(pass_s, 1e-4)), least.passes, MOST_PASSES) };
    }
    case 'pbkdf2-sha256': {
      const step_s = await takes_s({ ...least, rounds: ROUNDS_STEP });
      return { ...least, rounds: within(Math.round(AIM_S / step_s) * ROUNDS_STEP, least.rounds, MOST_ROUNDS) };
    }
    case 'hkdf-sha256':
      return least;
  }
}

/** By algorithm, measured once: the device does not change while the app is open. */
const known = new Map<Derivation['name'], Promise<Derivation>>();

/** The derivation for a new passphrase on this device. @param approvedOnly see `preferredDerivation` */
export async function derivationHere(approvedOnly: boolean): Promise<Derivation> {
  const least = await preferredDerivation(approvedOnly);
  const measured = known.get(least.name) ?? fitted(least, deriving_s);
  known.set(least.name, measured);
  return measured;
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
