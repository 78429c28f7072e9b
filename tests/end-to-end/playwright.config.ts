import { defineConfig } from '@playwright/test';
import { findChromium } from '../../tools/chromium.ts';
import { BROWSER_ARGS } from './journey.ts';

const PORT = 4174;

// The tests run on what `npm run build` made, served with the same headers as `npm start`.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  fullyParallel: false,
  // Two cases at once would share a browser profile's storage limits and this machine's cores.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://localhost:${PORT}`,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium() ?? '', args: BROWSER_ARGS }
  },
  webServer: {
    command: `npx tsx tools/serve.ts --port ${PORT}`,
    cwd: '../..',
    url: `http://localhost:${PORT}`,
    reuseExistingServer: false
  }
});
