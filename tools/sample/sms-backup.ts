/**
 * Phone C, the line's phone: SMS Backup & Restore files, one pair before and one after the SIM was
 * exchanged. Its clock ran 3 h 07 min ahead for three weeks: `date` is wrong then, while
 * `date_sent` of received texts, which the network sets, is right.
 */
import { savedName } from './address-book.ts';
import { callsOf } from './calls.ts';
import { readableDate } from './clock.ts';
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { accountAt, CLOCK_AHEAD_MS, CLOCK_WRONG_FROM, CLOCK_WRONG_UNTIL, LINE_NEW_NUMBER, type Person } from './people.ts';
import { Stream } from './random.ts';
import { messagesOf, type Message } from './talk.ts';
import { crowdThreads } from './crowd.ts';
import { coreThreads, ownerOf, sizesOf, type Thread } from './threads.ts';

export interface SmsTally {
  sms: number;
  mms: number;
  duplicates: number;
  /** What the count attribute claims; not always true. */
  claimed: number;
}

/** Which side of the SIM change a file covers. */
export type Half = 'before' | 'after';
const inHalf = (half: Half, atMs: number): boolean => atMs < LINE_NEW_NUMBER === (half === 'before');

/** What phone C's clock showed at a true instant. */
export function shownByPhoneC(atMs: number): number {
  return atMs >= CLOCK_WRONG_FROM && atMs < CLOCK_WRONG_UNTIL ? atMs + CLOCK_AHEAD_MS : atMs;
}

/** Attribute value; characters beyond the basic plane become two surrogate references. */
function attribute(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 38) out += '&amp;';
    else if (code === 60) out += '&lt;';
    else if (code === 62) out += '&gt;';
    else if (code === 34) out += '&quot;';
    else if (code === 10) out += '&#10;';
    else if (code >= 0xd800 && code <= 0xdfff) out += `&#${code};`;
    else out += text.charAt(i);
  }
  return out;
}

const owner = ownerOf('C');
const otherOf = (thread: Thread): Person => thread.members.find((p) => p !== owner) ?? owner;

function* threadsOfC(scale: number, seed: number): Generator<Thread> {
  for (const thread of coreThreads(scale)) if (thread.devices.includes('C')) yield thread;
  for (const thread of crowdThreads(seed, sizesOf(scale).crowdRecords)) {
    if (thread.devices[0] === 'C') yield thread;
  }
}

function smsElement(m: Message, exchange: Exchange): string {
  const other = otherOf(m.thread);
  const date = shownByPhoneC(m.atMs);
  const sent = m.from === owner;
  const name = savedName('C', other, m.atMs, exchange) ?? '(Unknown)';
  const address = accountAt(other, m.atMs);
  if (m.thread.id === 'kez-mum-k' && m.index % 19 === 4) return mmsElement(m, address, name, date, sent);
  return `  <sms protocol="0" address="${address}" date="${date}" type="${sent ? 2 : 1}" subject="null" body="${attribute(m.text)}" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="${sent ? 0 : m.atMs - 2000}" sub_id="1" readable_date="${readableDate(date)}" contact_name="${attribute(name)}" />\n`;
}

function mmsElement(m: Message, address: string, name: string, date: number, sent: boolean): string {
  const picture = Buffer.from('Placeholder of the sample case: not media.\n').toString('base64');
  return (
    `  <mms date="${date}" rr="null" sub="null" ct_t="application/vnd.wap.multipart.related" read_status="null" seen="1" msg_box="${sent ? 2 : 1}" address="${address}" m_type="${sent ? 128 : 132}" date_sent="${sent ? 0 : Math.floor((m.atMs - 2000) / 1000)}" read="1" locked="0" readable_date="${readableDate(date)}" contact_name="${attribute(name)}">\n` +
    `    <parts>\n      <part seq="0" ct="image/jpeg" name="photo.jpg" chset="null" cd="null" fn="null" cid="null" cl="photo.jpg" text="null" data="${picture}" />\n` +
    `      <part seq="0" ct="text/plain" name="null" chset="106" cd="null" fn="null" cid="null" cl="text.txt" text="${attribute(m.text)}" />\n    </parts>\n` +
    `    <addrs>\n      <addr address="${sent ? 'insert-address-token' : address}" type="137" charset="106" />\n      <addr address="${sent ? address : 'insert-address-token'}" type="151" charset="106" />\n    </addrs>\n  </mms>\n`
  );
}

/** One sms-*.xml. Texts stand in the order of the phone's own clock. */
export function* smsText(
  scale: number,
  seed: number,
  half: Half,
  tally: SmsTally,
  exchange: Exchange = AS_WRITTEN
): Generator<string> {
  const list: Message[] = [];
  for (const thread of threadsOfC(scale, seed)) {
    for (const m of messagesOf(thread, seed, exchange)) if (inHalf(half, m.atMs)) list.push(m);
  }
  list.sort((a, b) => shownByPhoneC(a.atMs) - shownByPhoneC(b.atMs) || (a.thread.id < b.thread.id ? -1 : 1));
  // A restored backup holds a few texts twice.
  const twice = new Set<number>();
  const r = new Stream(seed, 'twice', half);
  for (let i = 0; i < 4; i++) twice.add(r.int(0, Math.max(0, list.length - 1)));
  tally.claimed = half === 'after' ? list.length - 3 : list.length + twice.size;
  yield `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore-->\n<?xml-stylesheet type="text/xsl" href="sms.xsl"?>\n<smses count="${tally.claimed}" backup_set="00000000-0000-4000-a000-0000000000c1" type="full">\n`;
  for (const [i, m] of list.entries()) {
    const element = smsElement(m, exchange);
    const isMms = element.startsWith('  <mms');
    yield element;
    if (isMms) tally.mms += 1;
    else tally.sms += 1;
    if (twice.has(i) && !isMms) {
      yield element;
      tally.sms += 1;
      tally.duplicates += 1;
    }
  }
  yield '</smses>\n';
}

/** One calls-*.xml; returns the number of calls by way of `count`. */
export function callsXml(seed: number, half: Half, exchange: Exchange = AS_WRITTEN): { text: string; count: number } {
  const list = callsOf('C', seed).filter((c) => inHalf(half, c.atMs));
  const rows = list.map((c) => {
    const incoming = c.to === owner;
    const other = incoming ? c.from : c.to;
    const date = shownByPhoneC(c.atMs);
    const name = savedName('C', other, c.atMs, exchange) ?? '(Unknown)';
    const type = incoming ? (c.missed ? 3 : 1) : 2;
    return `  <call number="${accountAt(other, c.atMs)}" duration="${c.durationS}" date="${date}" type="${type}" presentation="1" subscription_id="null" post_dial_digits="" subscription_component_name="null" readable_date="${readableDate(date)}" contact_name="${attribute(name)}" />\n`;
  });
  return {
    text: `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<?xml-stylesheet type="text/xsl" href="calls.xsl"?>\n<calls count="${list.length}">\n${rows.join('')}</calls>\n`,
    count: list.length
  };
}
