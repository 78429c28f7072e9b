/**
 * The default Trusted Types policy: script addresses of our own origin pass, everything else is refused. It has to
 * exist in the page and in each worker that starts workers. Markup and code have no rule and so never pass.
 */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

export function installDefaultPolicy(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url: string): string {
      const address = new URL(url, location.href);
      if (address.origin !== location.origin) throw new TypeError(`A script of another origin was refused: ${address.origin}`);
      return address.href;
    }
  });
}
