/** The result files of `analyse`: newline-delimited JSON, one record a line, written as a stream. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { NONE } from '../lib/evidence/ids.ts';
import { CALL_OUTCOMES, DIRECTIONS, MessageState, TIME_BASES } from '../lib/evidence/records.ts';
import type { PlaceColumns } from '../lib/evidence/message-table.ts';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { QualityFlag } from '../lib/language/contract.ts';
import { receivers } from '../lib/pipeline/rows.ts';
import type { Translations } from '../lib/pipeline/translations.ts';
import { machineText } from './machine-text.ts';

/** Writes one JSON value a line, waiting where the disk is slower than we are. */
export async function writeLines(path: string, values: Iterable<unknown>): Promise<void> {
  const stream = createWriteStream(path);
  let buffer = '';
  for (const value of values) {
    buffer += JSON.stringify(value) + '\n';
    if (buffer.length < 1 << 16) continue;
    if (!stream.write(buffer)) await once(stream, 'drain');
    buffer = '';
  }
  stream.end(buffer);
  await finished(stream);
}

const iso = (utcMs: number): string | null => (Number.isNaN(utcMs) ? null : new Date(utcMs).toISOString());

const bits = (value: number, names: Readonly<Record<string, number>>): string[] =>
  Object.entries(names)
    .filter(([, bit]) => (value & bit) !== 0)
    .map(([name]) => name);

function provenance(store: EvidenceStore, place: PlaceColumns, row: number): object {
  const at = place.at(row);
  return {
    sha256: store.sources[at.source]?.sha256Hex ?? '',
    path: at.place.path,
    offset: at.place.offset,
    unit: at.place.unit,
    item: at.itemId
  };
}

function name(store: EvidenceStore, account: number): string | null {
  const found = account === NONE ? undefined : store.directory.accounts[account];
  return found === undefined ? null : `${found.service}:${found.identifier}`;
}

export function* messageLines(store: EvidenceStore, translations: Translations): Generator<object> {
  const { messages, directory, services } = store;
  for (let id = 0; id < messages.length; id++) {
    yield {
      id,
      kind: 'message',
      time_utc: iso(messages.time.utcMs.at(id)),
      time_raw: messages.time.raw.at(id),
      time_basis: TIME_BASES[messages.time.basis.at(id)],
      service: services.at(messages.service.at(id)),
      thread: messages.thread.at(id),
      from: name(store, messages.from.at(id)),
      to: receivers(store, id).map((party) => name(store, directory.accountsOf(party)[0] ?? NONE)),
      body: messages.body.at(id),
      language: translations.languageOf(id) || null,
      translation: translations.textOf(id),
      machine: machineText(translations, id),
      flags: bits(translations.flagsOf(id), QualityFlag),
      state: bits(messages.state.at(id), MessageState),
      copies: store.copyCount.at(id),
      provenance: provenance(store, messages.place, id)
    };
  }
}

export function* callLines(store: EvidenceStore): Generator<object> {
  const { calls, services } = store;
  for (let id = 0; id < calls.length; id++) {
    const duration_s = calls.duration_s.at(id);
    yield {
      id,
      kind: 'call',
      time_utc: iso(calls.time.utcMs.at(id)),
      time_raw: calls.time.raw.at(id),
      time_basis: TIME_BASES[calls.time.basis.at(id)],
      service: services.at(calls.service.at(id)),
      from: name(store, calls.from.at(id)),
      to: [...calls.to.at(id)].map((account) => name(store, account)),
      duration_s: Number.isNaN(duration_s) ? null : duration_s,
      direction: DIRECTIONS[calls.direction.at(id)],
      outcome: CALL_OUTCOMES[calls.outcome.at(id)],
      state: bits(calls.state.at(id), MessageState),
      provenance: provenance(store, calls.place, id)
    };
  }
}

export function* contactLines(store: EvidenceStore): Generator<object> {
  for (const contact of store.contacts()) {
    yield {
      kind: 'contact',
      name: contact.name,
      accounts: contact.accounts.map((account) => name(store, account)),
      organisation: contact.organisation,
      notes: contact.notes,
      service: contact.service,
      state: bits(contact.state, MessageState),
      provenance: { sha256: store.sources[contact.source]?.sha256Hex ?? '', ...contact.place, item: contact.itemId }
    };
  }
}

export function* accountLines(store: EvidenceStore): Generator<object> {
  for (const [id, account] of store.directory.accounts.entries()) {
    yield {
      id,
      party: store.directory.partyOf(id),
      ...account,
      ownerOf: account.ownerOf.map((source) => store.sources[source]?.name)
    };
  }
}

export function* threadLines(store: EvidenceStore): Generator<object> {
  for (const [id, thread] of store.directory.threads.entries()) {
    yield { id, ...thread, members: thread.members.map((account) => name(store, account)) };
  }
}
