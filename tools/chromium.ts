import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Gives a Chromium without a graphics card an adapter in software. */
export const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe'
];

/** The Chromium that Playwright keeps in its own cache, newest first, if there is one. */
function playwrightChromium(): string | undefined {
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    (process.platform === 'darwin'
      ? join(homedir(), 'Library/Caches/ms-playwright')
      : process.platform === 'win32'
        ? join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright')
        : join(homedir(), '.cache/ms-playwright'));
  if (!existsSync(cache)) return undefined;
  const builds = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe'
  ];
  for (const build of builds)
    for (const tail of inside) if (existsSync(join(cache, build, tail))) return join(cache, build, tail);
  return undefined;
}

/**
 * Path of a Chromium-based browser for tests: SKEIN_CHROMIUM, then what is on PATH, then the usual
 * install folders, then Playwright's own. Undefined when there is none.
 */
export function findChromium(): string | undefined {
  const named = process.env['SKEIN_CHROMIUM'];
  if (named !== undefined && existsSync(named)) return named;
  for (const name of names) {
    try {
      const found = execFileSync(process.platform === 'win32' ? 'where' : 'which', [name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore']
      });
      const first = found.split(/\r?\n/)[0]?.trim();
      if (first) return first;
    } catch {
      // Not on PATH under this name: try the next.
    }
  }
  return fixedPlaces.find((place) => existsSync(place)) ?? playwrightChromium();
}
