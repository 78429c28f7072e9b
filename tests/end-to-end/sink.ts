/** A proxy that hears of every host that a browser asks for, and two ports that hear each packet: see [Note: Leak test]. */
import { createSocket, type Socket } from 'node:dgram';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { chromium, type Browser } from '@playwright/test';
import { findChromium } from '../../tools/chromium.ts';
import { BROWSER_ARGS } from './journey.ts';

/** What a browser asks for by itself goes to its maker, and is not the page's doing. */
const OF_THE_BROWSER = /(?:^|\.)(?:google|googleapis|gstatic|gvt1)\.com$/;

export interface Sink {
  readonly proxyPort: number;
  readonly udpPort: number;
  readonly tcpPort: number;
  /** Channels that got out, as '<channel>.<prefix>' or as 'udp' and 'tcp', since the last call. */
  heard(): string[];
  /** Every host that was asked for, but those of the browser's maker, since the last call; a packet counts as one. */
  hosts(): string[];
  close(): void;
}

export const portOf = (server: { address(): AddressInfo | string | null }): number => (server.address() as AddressInfo).port;
export const listening = (server: Server | ReturnType<typeof createTcpServer>): Promise<void> =>
  new Promise((done) => server.listen(0, '127.0.0.1', done));

export async function openSink(): Promise<Sink> {
  let names = new Set<string>();
  let hosts = new Set<string>();
  const hear = (address: string): void => {
    const host = address.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '');
    if (!OF_THE_BROWSER.test(host)) hosts.add(host);
    const name = /([\w-]+\.[\w-]+)\.sink\.test/.exec(address)?.[1];
    if (name !== undefined) names.add(name);
  };
  const proxy = createHttpServer((request, response) => {
    hear(request.url ?? '');
    response.writeHead(204, { 'Access-Control-Allow-Origin': '*' }).end();
  });
  proxy.on('connect', (request, socket) => {
    hear(request.url ?? '');
    socket.end('HTTP/1.1 502 none\r\n\r\n');
  });
  const udp: Socket = createSocket('udp4');
  udp.on('message', () => void (names.add('udp'), hosts.add('udp')));
  const tcp = createTcpServer((socket) => {
    names.add('tcp');
    hosts.add('tcp');
    socket.on('error', () => undefined);
  });
  await listening(proxy);
  await listening(tcp);
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  return {
    proxyPort: portOf(proxy),
    udpPort: udp.address().port,
    tcpPort: portOf(tcp),
    heard: () => {
      const heard = [...names].sort();
      names = new Set();
      return heard;
    },
    hosts: () => {
      const all = [...hosts].sort();
      hosts = new Set();
      return all;
    },
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
      tcp.close();
      udp.close();
    }
  };
}

/** The browser with everything but `own` sent to the sink. */
export function launch(sink: Sink, own: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      ...BROWSER_ARGS,
      `--proxy-server=http://127.0.0.1:${sink.proxyPort}`,
      `--proxy-bypass-list=${own.join(';')}`,
      '--allow-loopback-in-peer-connection'
    ]
  });
}
