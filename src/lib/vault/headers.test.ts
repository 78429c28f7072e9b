import { describe, expect, it, vi } from 'vitest';
import { responseHeaders } from './headers.ts';
import { closeWaysOut } from './lockdown.ts';
import { installDefaultPolicy } from './trusted-types.ts';

describe('response headers', () => {
  it('name no origin but our own and allow no inline script, style or eval', () => {
    const policy = responseHeaders()['Content-Security-Policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/https?:|\*|'unsafe-inline'|'unsafe-eval'|data:/);
    expect(policy).toContain("require-trusted-types-for 'script'");
  });

  it('isolate the origin and deny every listed feature', () => {
    const headers = responseHeaders();
    expect(headers['Cross-Origin-Opener-Policy']).toBe('same-origin');
    expect(headers['Cross-Origin-Embedder-Policy']).toBe('require-corp');
    expect(headers['Connection-Allowlist']).toBe('(response-origin)');
    const features = (headers['Permissions-Policy'] ?? '').split(', ');
    const own = ['publickey-credentials-create=(self)', 'publickey-credentials-get=(self)'];
    for (const feature of features.filter((one) => !own.includes(one))) expect(feature).toMatch(/^[a-z-]+=\(\)$/);
    // What a browser brings with it and could fetch a model or speak to its maker for.
    for (const one of ['translator', 'summarizer', 'language-model', 'on-device-speech-recognition', 'deferred-fetch'])
      expect(features).toContain(`${one}=()`);
    // A passkey opens a case: of this page's own frames alone.
    expect(features).toEqual(expect.arrayContaining(own));
  });
});

describe('the default Trusted Types policy', () => {
  it('passes script addresses of our origin and refuses any other', () => {
    let rule: (url: string) => string = () => '';
    vi.stubGlobal('location', new URL('http://localhost:4173/c/1/overview'));
    vi.stubGlobal('trustedTypes', {
      createPolicy: (_name: string, rules: { createScriptURL(url: string): string }) => (rule = rules.createScriptURL)
    });
    installDefaultPolicy();
    expect(rule('/worker.js')).toBe('http://localhost:4173/worker.js');
    expect(() => rule('https://example.org/worker.js')).toThrow(TypeError);
    expect(() => rule('http://localhost:4173.example.org/x.js')).toThrow(TypeError);
    vi.unstubAllGlobals();
  });
});

describe('closed ways out', () => {
  it('throw when used and cannot be put back', () => {
    const scope = { RTCPeerConnection: () => null, open: () => null } as unknown as typeof globalThis;
    closeWaysOut(scope);
    expect(() => scope.open('https://example.org')).toThrow(/opens no windows/);
    expect(() => new scope.RTCPeerConnection()).toThrow();
    expect(() => Object.assign(scope, { open: () => null })).toThrow();
  });
});
