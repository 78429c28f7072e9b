import { describe, expect, it } from 'vitest';
import { responseHeaders } from '../src/lib/vault/headers.ts';
import { hostFiles } from './host-files.ts';

const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

/** How each host's own file is read, line by line. */
const READ: Readonly<Record<string, RegExp>> = {
  'web.config': /<add name="([^"]+)" value="([^"]*)" \/>/g,
  'hosts/nginx.conf': /^add_header (\S+) "([^"]*)" always;$/gm,
  '.htaccess': /^Header always set (\S+) "([^"]*)"$/gm,
  _headers: /^ {2}([\w-]+): (.+)$/gm
};

describe('the files for other hosts', () => {
  it.each(Object.entries(READ))('%s sends every header, and no other', (name, line) => {
    const sent = [...(hostFiles()[name] ?? '').matchAll(line)].map(([, header = '', value = '']) => [header, unescape(value)]);
    expect(Object.fromEntries(sent)).toEqual(responseHeaders());
  });

  it('have no header value that a quoted string would end', () => {
    for (const value of Object.values(responseHeaders())) expect(value).not.toMatch(/["\\$\n]/);
  });
});
