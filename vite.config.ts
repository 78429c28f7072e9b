import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './tools/chromium.ts';

const isTest = process.env['VITEST'] === 'true';

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
    ...(isTest
      ? []
      : [
          SvelteKitPWA({
            strategies: 'injectManifest',
            srcDir: 'src',
            filename: 'service-worker.ts',
            registerType: 'prompt',
            injectRegister: false,
            injectManifest: {
              // Everything is needed offline: pages, workers, the ONNX runtime, the models and the sample case.
              globPatterns: ['client/**/*', 'prerendered/**/*.{html,json}'],
              globIgnores: ['**/*.map'],
              maximumFileSizeToCacheInBytes: 64 * 2 ** 20
            },
            kit: { includeVersionFile: true, spa: true, adapterFallback: '200.html' },
            manifest: {
              name: 'Skein',
              short_name: 'Skein',
              description: 'Reads, translates and links seized phone data on this device only.',
              start_url: '/',
              scope: '/',
              display: 'standalone',
              background_color: '#0f1217',
              theme_color: '#0f1217',
              icons: [
                { src: '/icons/skein-192.png', sizes: '192x192', type: 'image/png' },
                { src: '/icons/skein-512.png', sizes: '512x512', type: 'image/png' },
                { src: '/icons/skein-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' }
              ]
            }
          })
        ])
  ],
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'src/**/*.test.ts',
            'tests/architecture/**/*.test.ts',
            'tests/sample/**/*.test.ts',
            'tests/golden/**/*.test.ts'
          ],
          exclude: ['src/**/*.browser.test.ts'],
          testTimeout: 60_000
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
                  '--disable-sync'
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
