import { describe, expect, it } from 'vitest';
import { smsBackupXml } from '../../../src/lib/formats/sms-backup-xml/index.ts';
import { CollectingSink } from '../../fixtures/collecting-sink.ts';
import { backupXml, callXml, mmsXml, smsXml } from '../../fixtures/sms-backup.ts';
import { goldenFile, goldenOf } from '../../fixtures/whatsapp-golden.ts';

const ANA = { address: '07700 900012', name: 'Ana Pop' };

const CASES: readonly (readonly [golden: string, xml: string])[] = [
  [
    'messages',
    backupXml(
      'smses',
      [
        smsXml({ ...ANA, date: '1709316000123', body: 'salut 😀\nvii azi?' }),
        smsXml({ ...ANA, address: '+447700900012', date: '1709316060000', type: '2', status: '0', body: 'da & aduc "banii"' }),
        smsXml({ ...ANA, date: '1709316000123', body: 'salut 😀\nvii azi?' }),
        smsXml({ address: 'BANKA', date: '1709316070', body: 'Codul tau este 123456', name: '(Unknown)' }),
        smsXml({ address: '60777', date: 'null', body: 'null' }),
        mmsXml({ address: '+447700900012~+40721000000', date: '1709316100000', subject: 'poza', parts: [{ type: 'application/smil', text: '<smil/>' }, { type: 'text/plain', text: 'uite' }, { type: 'image/jpeg', data: 'QUJD'.repeat(30), name: 'IMG_1.jpg' }], addresses: [{ address: '+447700900012', type: '137' }, { address: '+447700900010', type: '151' }, { address: '+40721000000', type: '151' }] }),
        '<sms protocol="0" />'
      ],
      4
    )
  ],
  ['calls', backupXml('calls', ['1', '2', '3', '5', '6'].map((type, i) => callXml({ number: i === 4 ? '-1' : '07700900012', date: String(1709316000000 + i * 1000), type, duration: i < 2 ? '65' : '0', name: 'Ana Pop' })))]
];

describe('golden rows of sms-backup-xml', () => {
  it.each(CASES)('%s', async (golden, xml) => {
    const sink = new CollectingSink();
    const blob = new Blob([xml]);
    await smsBackupXml.read({ name: `${golden}.xml`, sizeBytes: blob.size, blob }, { zone: null, region: 'GB', owner: { identifier: '07700900010', name: 'Me' } }, sink, new AbortController().signal);
    sink.assertConserved();
    const actual = JSON.parse(JSON.stringify(goldenOf(sink))) as unknown;
    expect(actual).toEqual(goldenFile(new URL(`./${golden}.json`, import.meta.url).pathname, actual));
  });
});
