import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// Kit writes its live region with a static style attribute, which style-src 'self' reports as a violation.
const announcerClass = {
  name: 'announcer-class',
  markup: ({ content, filename }) =>
    /generated[\\/]root\.svelte$/.test(filename ?? '')
      ? { code: content.replace(/(id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1 class="sr-only"') }
      : undefined
};

// The same in bits-ui's command list: its wrappers only have to be without a box, which a class says as well.
const commandClass = {
  name: 'command-class',
  markup: ({ content, filename }) =>
    /bits-ui[\\/]dist[\\/]bits[\\/]command[\\/]/.test(filename ?? '')
      ? { code: content.replaceAll('style="display: contents;"', 'class="boxless"') }
      : undefined
};

export default {
  preprocess: [announcerClass, commandClass, vitePreprocess()],
  kit: {
    adapter: adapter({ fallback: '200.html' }),
    paths: { relative: false },
    serviceWorker: { register: false },
    // A fixed name keeps two clean builds byte-identical; no polling because nothing may be asked of a server.
    version: { name: process.env.SKEIN_BUILD ?? '0.1.0', pollInterval: 0 }
  }
};
