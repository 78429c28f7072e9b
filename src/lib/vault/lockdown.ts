/**
 * Ways out that a content security policy leaves open in browsers without Connection-Allowlist: peer connections and
 * new windows. They are taken away before anything else runs. Nothing in the app uses them.
 */
export function closeWaysOut(scope: typeof globalThis): void {
  const refuse = (): never => {
    throw new TypeError('Skein makes no connections and opens no windows.');
  };
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'open']) {
    if (name in scope) Object.defineProperty(scope, name, { value: refuse, configurable: false, writable: false });
  }
}
