/**
 * The server of `npm start`: the built app at http://localhost:4173 with the security headers on every response.
 * Usage: tsx tools/serve.ts [--port N] [--dir build]
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { responseHeaders } from '../src/lib/vault/headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.md': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.csv': 'text/csv; charset=utf-8'
};

/** The file for a path of a request, or null where there is none; never a file outside the folder. */
function fileFor(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const path = normalize(join(root, decoded));
  if (path !== root && !path.startsWith(join(root, '/'))) return null;
  return existsSync(path) && statSync(path).isFile() ? path : null;
}

/**
 * Starts serving the folder; resolves when the port is open. Only this machine can reach it.
 * @param security sent with every response; a test of what happens on a careless host gives none
 */
export function serveApp(
  dir: string,
  port: number,
  security: Readonly<Record<string, string>> = responseHeaders()
): Promise<Server> {
  const root = resolve(dir);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = fileFor(root, pathname);
    // Places of the app are no files: each is the one page, which then shows the place.
    const isPlace = found === null && extname(pathname) === '';
    const path = found ?? (isPlace ? join(root, '200.html') : null);
    if (path === null || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(path === null ? 404 : 405, security).end();
      return;
    }
    response.writeHead(200, {
      ...security,
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
      'Content-Length': statSync(path).size,
      'Cache-Control': pathname.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(path).pipe(response);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, 'localhost', () => done(server));
  });
}

function option(name: string, fallback: string): string {
  const at = process.argv.indexOf(name);
  return at === -1 ? fallback : (process.argv[at + 1] ?? fallback);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dir = option('--dir', 'build');
  const port = Number(option('--port', '4173'));
  if (!existsSync(join(dir, '200.html'))) {
    console.error(`There is no built app in ${dir}: run npm run build first.`);
    process.exit(1);
  }
  try {
    await serveApp(dir, port);
    console.log(`\nSkein is at http://localhost:${port}\nStop with Ctrl C.`);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    console.error(isTaken ? `Port ${port} is taken: stop the other program or start with --port N.` : error);
    process.exit(1);
  }
}
