/**
 * The configuration that other hosts need, written into the build: the same headers as `npm start` sends, from the same
 * source, and the one page for every place of the app. See [Note: Closed network] in src/lib/vault/headers.ts.
 */
import { responseHeaders } from '../src/lib/vault/headers.ts';

/** Endings that hosts may not know; IIS refuses files of an unknown one. */
const TYPES: Readonly<Record<string, string>> = {
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.onnx': 'application/octet-stream',
  '.deflate': 'application/octet-stream',
  '.ufdr': 'application/octet-stream',
  '.data': 'application/octet-stream',
  '.md': 'text/plain; charset=utf-8',
  '.jsonl': 'text/plain; charset=utf-8'
};

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Internet Information Services. The rewrite needs its URL Rewrite module. */
function webConfig(headers: Readonly<Record<string, string>>): string {
  const added = Object.entries(headers).map(([name, value]) => `        <add name="${name}" value="${xml(value)}" />`);
  const types = Object.entries(TYPES).flatMap(([ending, type]) => [
    `      <remove fileExtension="${ending}" />`,
    `      <mimeMap fileExtension="${ending}" mimeType="${type}" />`
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
${added.join('\n')}
      </customHeaders>
    </httpProtocol>
    <staticContent>
${types.join('\n')}
    </staticContent>
    <rewrite>
      <rules>
        <rule name="places of the app" stopProcessing="true">
          <match url="^[^.]*$" />
          <action type="Rewrite" url="/200.html" />
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
`;
}

/** `always`: on answers that report a fault too. To be included in a server block, which names the folder. */
function nginx(headers: Readonly<Record<string, string>>): string {
  const added = Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`);
  const types = Object.entries(TYPES).map(([ending, type]) => `  ${type.split(';')[0]} ${ending.slice(1)};`);
  return `# Inside a server block whose root is this build. No location below may have an add_header of its own: nginx would
# then leave all of these out.
${added.join('\n')}
include mime.types;
types {
${types.join('\n')}
}
location / {
  try_files $uri $uri/index.html /200.html;
}
`;
}

/** Needs mod_headers and mod_rewrite. */
function apache(headers: Readonly<Record<string, string>>): string {
  const added = Object.entries(headers).map(([name, value]) => `Header always set ${name} "${value}"`);
  const types = Object.entries(TYPES).map(([ending, type]) => `AddType ${type.split(';')[0]} ${ending}`);
  return `${added.join('\n')}
${types.join('\n')}
RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteRule ^[^.]*$ /200.html [L]
`;
}

function underscoreHeaders(headers: Readonly<Record<string, string>>): string {
  return `/*\n${Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;
}

/** Path in the build and text of each file. */
export function hostFiles(): Readonly<Record<string, string>> {
  const headers = responseHeaders();
  return {
    'web.config': webConfig(headers),
    'hosts/nginx.conf': nginx(headers),
    '.htaccess': apache(headers),
    _headers: underscoreHeaders(headers),
    _redirects: '/* /200.html 200\n'
  };
}
