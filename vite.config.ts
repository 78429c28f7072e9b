import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { bergamotGlue } from './tools/bergamot-glue.ts';
import { buildId } from './tools/build-id.ts';
import { findChromium, SOFTWARE_WEBGPU } from './tools/chromium.ts';
import { shippedPackages } from './tools/shipped-packages.ts';
import { sqliteAlone } from './tools/sqlite-alone.ts';

const build = buildId();
// Kit reads its own settings from svelte.config.js, which can import no TypeScript.
process.env['SKEIN_BUILD'] ??= build;

/**
 * Writes the web manifest and the list of files to keep into the service worker, which is ours: it puts the security
 * headers on what it serves. tools/postbuild.ts adds the page itself, which the adapter writes later.
 */
const installable = SvelteKitPWA({
  strategies: 'injectManifest',
  srcDir: 'src',
  filename: 'service-worker.ts',
  registerType: 'prompt',
  injectRegister: false,
  injectManifest: {
    // Everything is needed offline: pages, workers, the ONNX runtime, the models and the sample case.
    globPatterns: ['client/**/*', 'prerendered/**/*.{html,json}'],
    // The answers to the sample's story are for tests, not for visitors; the runtime for WebGPU is kept once it was used.
    globIgnores: ['server/**', '**/service-worker.js', '**/*.map', '**/truth.json', '**/*.asyncify*.wasm'],
    maximumFileSizeToCacheInBytes: 64 * 2 ** 20
  },
  manifest: {
    name: 'Skein',
    short_name: 'Skein',
    description: 'Reads, translates and links seized phone data on this device only.',
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#0f1217',
    theme_color: '#0f1217',
    icons: [
      { src: '/icons/skein-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/skein-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/skein-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' }
    ]
  }
});

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './src/messages/project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
      // Compiled files must not change between two clean builds.
      cleanOutdir: true
    }),
    sveltekit(),
    bergamotGlue(),
    sqliteAlone(),
    shippedPackages(),
    ...(process.env['VITEST'] === undefined ? [installable] : [])
  ],
  worker: { format: 'es', plugins: () => [bergamotGlue(), sqliteAlone(), shippedPackages()] },
  // Stands on screen and in every export: see src/lib/evidence/build-id.ts.
  define: { __SKEIN_BUILD__: JSON.stringify(build) },
  // write-excel-file zips in workers made of blob: addresses, which our policy refuses; it runs in a worker already.
  resolve: { alias: [{ find: /^fflate$/, replacement: fileURLToPath(new URL('./tools/zip-in-turn.ts', import.meta.url)) }] },
  // Found inside workers only: without this the first page that starts one is reloaded under a running test.
  optimizeDeps: {
    // It finds its WASM beside its own script, which a bundle of dependencies would move.
    exclude: ['@sqlite.org/sqlite-wasm'],
    // Workers are not looked into before they are asked for: what is first found there makes a page load anew in the middle of a test.
    include: [
      '@huggingface/transformers',
      '@noble/curves/ed25519.js',
      '@zip.js/zip.js',
      'comlink',
      'docx',
      'hash-wasm',
      'idb',
      'libphonenumber-js/max',
      'mediabunny',
      'papaparse',
      'postal-mime',
      'temporal-polyfill',
      'valibot',
      'write-excel-file/universal'
    ]
  },
  // Threads of the translation runtime need an isolated page while developing too.
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  build: { target: 'es2023', assetsInlineLimit: 0 },
  test: {
    setupFiles: ['./tests/fast-check.setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Modules are loaded once a worker and not once a file: nearly two thirds of the time. No test leaves globals changed.
          isolate: false,
          include: [
            'src/**/*.test.ts',
            'tests/architecture/**/*.test.ts',
            'tests/sample/**/*.test.ts',
            'tests/golden/**/*.test.ts',
            'tools/**/*.test.ts'
          ],
          exclude: ['src/**/*.browser.test.ts'],
          testTimeout: 60_000
        }
      },
      {
        extends: true,
        test: {
          name: 'real',
          environment: 'node',
          include: ['tests/real/**/*.real.test.ts'],
          testTimeout: 300_000,
          // Says which samples were read and which are not on this machine.
          disableConsoleIntercept: true
        }
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts', 'tests/browser/**/*.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findChromium() ?? '',
                args: [
                  '--no-sandbox',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                  // An adapter in software, so that what runs on a graphics card is tested where there is none.
                  ...SOFTWARE_WEBGPU
                ]
              }
            }),
            instances: [{ browser: 'chromium' }]
          }
        }
      }
    ]
  }
});
