/**
 * `npm run test:no-route`: the whole journey in a network namespace that has a loopback and nothing else, so that there
 * is no way out of the system at all. Linux alone; needs util-linux and iproute2, and a build.
 */
import { runStep } from './run-step.ts';

const journey = 'npx playwright test --config tests/end-to-end/playwright.config.ts network-cut';
// A namespace with a route would prove nothing: better no run than that.
const inside = `ip link set lo up && test -z "$(ip route show)" && test -z "$(ip -6 route show | grep -v 'dev lo')" && exec ${journey}`;

const code = await runStep('unshare', ['--map-root-user', '--net', 'sh', '-c', inside]);
if (code !== 0) console.error('The journey failed, or this system lets nobody make a network namespace (unshare, ip).');
process.exit(code);
