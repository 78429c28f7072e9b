/**
 * [Note: Leak test] Every known way out is tried from the app's page, from its own case worker and from a bare document
 * with its headers, against a proxy that hears each name and two ports that hear each packet. One packet fails it. The
 * same tries from a page without headers must get out on at least 20 channels: a sink that hears nothing proves nothing.
 */
import { createServer as createHttpServer } from 'node:http';
import { expect, test, type Browser, type Page, type Worker } from '@playwright/test';
import { responseHeaders } from '../../src/lib/vault/headers.ts';
import { serveApp } from '../../tools/serve.ts';
import { wholeJourney } from './journey.ts';
import { LEAVING, tryAll } from './leak-channels.ts';
import { launch, listening, openSink, portOf, type Sink } from './sink.ts';

/** Long enough for a DNS look-up, a connection and a STUN packet on a loaded machine. */
const LISTEN_MS = 3_000;
const CONTROL_AT_LEAST = 20;

async function fromPage(page: Page, sink: Sink, prefix: string): Promise<string[]> {
  await page.evaluate(tryAll('page', prefix, sink.udpPort, sink.tcpPort));
  await page.waitForTimeout(LISTEN_MS);
  return sink.heard();
}

/** The ways out that take the page away, each in a page of its own. */
async function byLeaving(browser: Browser, address: string, sink: Sink, prefix: string): Promise<string[]> {
  for (const [name, channel] of Object.entries(LEAVING)) {
    const page = await browser.newPage();
    await page.goto(address);
    await page.evaluate(`(() => { ${channel(`${name}.${prefix}.sink.test`, 0, 0)} })()`).catch(() => undefined);
    await page.waitForTimeout(1_000);
    await page.close();
  }
  return sink.heard();
}

test('nothing gets out of the page, the worker or a document with the headers; without them more than twenty ways do', async () => {
  test.setTimeout(240_000);
  const sink = await openSink();
  const bare = createHttpServer((request, response) => {
    const isScript = request.url === '/worker.js';
    response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? 'onmessage = (event) => { (0, eval)(event.data); };' : '<!doctype html><title>control</title><body>');
  });
  await listening(bare);
  const app = await serveApp('build', 0);
  const control = `http://127.0.0.1:${portOf(bare)}`;
  const origin = `http://localhost:${portOf(app)}`;
  const browser = await launch(sink, [`127.0.0.1:${portOf(bare)}`, `localhost:${portOf(app)}`]);
  try {
    // The control: the same sink, the same tries, no headers.
    const open = await browser.newPage();
    await open.goto(control);
    const openWays = await fromPage(open, sink, 'open');
    await open.evaluate((code) => new Worker('/worker.js').postMessage(code), tryAll('worker', 'openworker', 0, 0));
    await open.waitForTimeout(LISTEN_MS / 2);
    const openWorkerWays = sink.heard();
    // Its peer connections would go on asking into the silence of the next page.
    await open.close();
    const openLeaving = await byLeaving(browser, control, sink, 'open');
    await new Promise((over) => setTimeout(over, LISTEN_MS / 2));
    sink.heard();
    console.log(
      `control: ${openWays.length} ways from the page, ${openWorkerWays.length} from the worker, ${openLeaving.length} by leaving`
    );
    console.log([...openWays, ...openWorkerWays, ...openLeaving].join(' '));
    expect(openWays.length + openLeaving.length).toBeGreaterThanOrEqual(CONTROL_AT_LEAST);
    expect(openWays).toContain('udp');
    expect(openWorkerWays.length).toBeGreaterThanOrEqual(5);

    // The app: its page, then the worker that holds the evidence.
    const page = await browser.newPage();
    await page.goto(origin);
    await expect(page.getByRole('heading', { name: 'Cases on this device' })).toBeVisible();
    const caseWorker = (): Worker | undefined => page.workers().find((one) => /case\.worker/.test(one.url()));
    // The page stands before its worker does.
    await expect.poll(() => caseWorker() !== undefined).toBe(true);
    const worker = caseWorker();
    // The browser took the list of permissions as it is meant.
    const allowed = await page.evaluate(() =>
      (document as unknown as { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy.allowedFeatures()
    );
    console.log(`permissions that are left: ${allowed.sort().join(' ')}`);
    const denied = [...(responseHeaders()['Permissions-Policy'] ?? '').matchAll(/([a-z-]+)=\(\)/g)].map(([, name = '']) => name);
    expect(allowed.filter((name) => denied.includes(name))).toEqual([]);
    expect(await fromPage(page, sink, 'app')).toEqual([]);
    await worker?.evaluate(tryAll('worker', 'appworker', sink.udpPort, sink.tcpPort));
    await page.waitForTimeout(LISTEN_MS / 2);
    expect(sink.heard()).toEqual([]);
    expect(await byLeaving(browser, origin, sink, 'app')).toEqual([]);

    // The headers alone: a document of the same host in which none of our code runs.
    const text = await browser.newPage();
    await text.goto(`${origin}/licences.txt`);
    expect(await text.evaluate(() => document.scripts.length)).toBe(0);
    expect(await fromPage(text, sink, 'headers')).toEqual([]);
  } finally {
    await browser.close();
    sink.close();
    bare.close();
    app.closeAllConnections();
    app.close();
  }
});

test('a host that sends no headers gets no case opened; once the app keeps itself, it does, and stays closed', async () => {
  test.setTimeout(240_000);
  const sink = await openSink();
  const careless = await serveApp('build', 0, {});
  const origin = `http://localhost:${portOf(careless)}`;
  const browser = await launch(sink, [`localhost:${portOf(careless)}`]);
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    await expect(page.getByRole('heading', { name: 'No case is opened here' })).toBeVisible();
    await expect(page.getByText('The page is not isolated from other sites.')).toBeVisible();
    await expect(page.getByText('The header Content-Security-Policy is missing or another.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'New case' })).toHaveCount(0);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.getByRole('button', { name: 'Load anew' }).click();
    await expect(page.getByRole('button', { name: 'New case' })).toBeVisible();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await fromPage(page, sink, 'kept')).toEqual([]);
  } finally {
    await browser.close();
    sink.close();
    careless.closeAllConnections();
    careless.close();
  }
});

test('the whole journey asks no host but its own, with the network there', async () => {
  test.setTimeout(300_000);
  const sink = await openSink();
  const app = await serveApp('build', 0);
  const origin = `http://localhost:${portOf(app)}`;
  const browser = await launch(sink, [`localhost:${portOf(app)}`]);
  try {
    // The sink hears whatever host a page asks for, also one that nobody thought of.
    const other = await browser.newPage();
    await other.goto('http://some.example.org/').catch(() => undefined);
    expect(sink.hosts()).toEqual(['some.example.org']);
    await other.close();
    const page = await browser.newPage();
    await page.goto(origin);
    await wholeJourney(page);
    expect(sink.hosts()).toEqual([]);
  } finally {
    await browser.close();
    sink.close();
    app.closeAllConnections();
    app.close();
  }
});
