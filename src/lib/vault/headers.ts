/**
 * [Note: Closed network]
 * The one source of the headers that keep the app closed. They go on every response, worker scripts too, since a
 * policy in a page's meta tag does not reach its workers. Used by the server of `npm start`, by the service worker
 * for what it serves from its cache, and by the build for the header files of other hosts.
 */

/**
 * No default, no inline script, no eval beyond WebAssembly's compiler, no address but our own. Trusted Types keeps
 * strings out of script sinks; Svelte's own templates and our worker addresses are the only policies.
 */
const CONTENT_SECURITY_POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'svelte-trusted-html default'
};

/**
 * Features that the app never uses and no script in it may turn on: all that a Chromium lists as allowed without them, but for
 * the screen that stays on, writing to the clipboard, isolation, hints about the browser itself, leaving a page, and the permissions to reach
 * the own network, whose denial has not been tried on a host of this device (the content policy forbids those requests).
 */
const DENIED_FEATURES = [
  'accelerometer',
  'attribution-reporting',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'captured-surface-control',
  'clipboard-read',
  'compute-pressure',
  'deferred-fetch',
  'deferred-fetch-minimal',
  'digital-credentials-create',
  'digital-credentials-get',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'interest-cohort',
  'join-ad-interest-group',
  'keyboard-map',
  'language-detector',
  'language-model',
  'local-fonts',
  'magnetometer',
  'media-playback-while-not-visible',
  'microphone',
  'midi',
  'on-device-speech-recognition',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'private-state-token-issuance',
  'private-state-token-redemption',
  'run-ad-auction',
  'serial',
  'shared-storage',
  'speaker-selection',
  'storage-access',
  'summarizer',
  'sync-xhr',
  'translator',
  'usb',
  'window-management',
  'xr-spatial-tracking'
];

/** A passkey opens a case: asked of this page's own authenticator, and of no frame in it. */
const OWN_FEATURES = ['publickey-credentials-create', 'publickey-credentials-get'];

const PERMISSIONS_POLICY = [
  ...DENIED_FEATURES.map((feature) => `${feature}=()`),
  ...OWN_FEATURES.map((feature) => `${feature}=(self)`)
].join(', ');

/** Headers of every response. */
export function responseHeaders(): Record<string, string> {
  return {
    'Content-Security-Policy': Object.entries(CONTENT_SECURITY_POLICY)
      .map(([directive, value]) => `${directive} ${value}`)
      .join('; '),
    'Connection-Allowlist': '(response-origin)',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    'Permissions-Policy': PERMISSIONS_POLICY
  };
}
