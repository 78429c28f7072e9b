/**
 * Ways out of a page and of a worker, each to a name of its own. A name that the sink hears of is a leak. They are text
 * because they run in the browser; none waits for an answer.
 */

/** `${to}` is the channel's own name in the domain of the sink; UDP and TCP are the sink's other ears. */
type Channel = (to: string, udpPort: number, tcpPort: number) => string;

/** What a page and a worker both have. */
const SHARED: Readonly<Record<string, Channel>> = {
  fetch: (to) => `fetch('http://${to}/x').catch(() => {})`,
  'fetch-no-cors': (to) => `fetch('http://${to}/x', { mode: 'no-cors', method: 'POST', body: 'x' }).catch(() => {})`,
  xhr: (to) => `{ const x = new XMLHttpRequest(); x.open('GET', 'http://${to}/x'); x.send(); }`,
  websocket: (to) => `new WebSocket('ws://${to}/x')`,
  eventsource: (to) => `new EventSource('http://${to}/x')`,
  webtransport: (to) => `new WebTransport('https://${to}/x').ready.catch(() => {})`,
  import: (to) => `import('http://${to}/x.js').catch(() => {})`,
  font: (to) => `new FontFace('z', 'url(http://${to}/x)').load().catch(() => {})`
};

const element = (name: string, members: string, after = 'document.body.append(e)'): string =>
  `{ const e = document.createElement('${name}'); Object.assign(e, ${members}); ${after}; }`;
const link = (rel: string, to: string, more = ''): string =>
  element('link', `{ rel: '${rel}', href: 'http://${to}/x' ${more} }`, 'document.head.append(e)');

/** What only a page has and what leaves it where it is. */
const PAGE: Readonly<Record<string, Channel>> = {
  beacon: (to) => `navigator.sendBeacon('http://${to}/x', 'd')`,
  image: (to) => `new Image().src = 'http://${to}/x'`,
  'css-import': (to) => element('style', `{ textContent: '@import url(http://${to}/x)' }`, 'document.head.append(e)'),
  'css-image': (to) => `document.body.style.backgroundImage = 'url(http://${to}/x)'`,
  video: (to) => element('video', `{ src: 'http://${to}/x', preload: 'auto' }`),
  audio: (to) => element('audio', `{ src: 'http://${to}/x', preload: 'auto' }`),
  iframe: (to) => element('iframe', `{ src: 'http://${to}/x' }`),
  object: (to) => element('object', `{ data: 'http://${to}/x' }`),
  embed: (to) => element('embed', `{ src: 'http://${to}/x' }`),
  script: (to) => element('script', `{ src: 'http://${to}/x' }`),
  stylesheet: (to) => link('stylesheet', to),
  icon: (to) => link('icon', to),
  prefetch: (to) => link('prefetch', to),
  preload: (to) => link('preload', to, `, as: 'image'`),
  modulepreload: (to) => link('modulepreload', to),
  preconnect: (to) => link('preconnect', to),
  svg: (to) =>
    `{ const n = 'http://www.w3.org/2000/svg'; const s = document.createElementNS(n, 'svg'); const i = document.createElementNS(n, 'image'); i.setAttribute('href', 'http://${to}/x'); s.append(i); document.body.append(s); }`,
  ping: (to) => element('a', `{ href: '#p', ping: 'http://${to}/x' }`, 'document.body.append(e); e.click()'),
  'form-in-frame': (to) =>
    `{ const f = document.createElement('iframe'); f.name = 'sink'; document.body.append(f); const e = document.createElement('form'); e.action = 'http://${to}/x'; e.target = 'sink'; document.body.append(e); e.submit(); }`,
  popup: (to) => `window.open('http://${to}/x')`,
  'link-in-new-tab': (to) => element('a', `{ href: 'http://${to}/x', target: '_blank' }`, 'document.body.append(e); e.click()'),
  stun: (_, udp) =>
    `{ const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${udp}' }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)); }`,
  turn: (_, __, tcp) =>
    `{ const p = new RTCPeerConnection({ iceServers: [{ urls: 'turn:127.0.0.1:${tcp}?transport=tcp', username: 'u', credential: 'c' }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)); }`
};

/** Each of these takes the page away, so each gets a page of its own. */
export const LEAVING: Readonly<Record<string, Channel>> = {
  navigation: (to) => `location.href = 'http://${to}/x'`,
  'meta-refresh': (to) => element('meta', `{ httpEquiv: 'refresh', content: '0;url=http://${to}/x' }`, 'document.head.append(e)')
};

/** A script that tries all of them; a channel that throws is a channel that is closed. */
export function tryAll(from: 'page' | 'worker', prefix: string, udpPort: number, tcpPort: number): string {
  const channels = from === 'page' ? { ...SHARED, ...PAGE } : SHARED;
  const tries = Object.entries(channels).map(
    ([name, channel]) => `try { ${channel(`${name}.${prefix}.sink.test`, udpPort, tcpPort)} } catch {}`
  );
  return `(() => { ${tries.join('\n')} })()`;
}
