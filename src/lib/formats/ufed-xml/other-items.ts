/** Calls, contacts, accounts, locations, and everything that has no record of its own. */
import { ownTable } from '../../evidence/own-table.ts';
import { MessageState, type AccountRef, type CallOutcome, type LocationRecord } from '../../evidence/records.ts';
import type { ReportContext } from './context.ts';
import { endsOf } from './messages.ts';
import type { Model } from './model.ts';
import { confidenceOf, decimal, deletedStateBits, seconds } from './values.ts';
import { Field } from './vocabulary.ts';

function outcomeOf(model: Model, duration: number | null): CallOutcome {
  const text = `${model.text(Field.Type)} ${model.text(Field.Status)}`.toLowerCase();
  if (text.includes('voicemail') || text.includes('voice mail')) return 'voicemail';
  if (text.includes('missed') || text.includes('unanswered') || text.includes('no answer')) return 'missed';
  if (text.includes('reject') || text.includes('declin')) return 'rejected';
  if (text.includes('block')) return 'blocked';
  if (text.includes('established') || text.includes('answered') || (duration ?? 0) > 0) return 'answered';
  return 'unknown';
}

export function emitCall(context: ReportContext, model: Model): void {
  if (context.begin('call', model, model.text(Field.TimeStamp), model.text(Field.Duration))) return;
  const service = context.service(model.text(Field.Source), 'phone');
  const ends = endsOf(context, model, service);
  const own = context.owner(service);
  if (ends.direction === 'outgoing') ends.from ??= own;
  else if (ends.direction === 'incoming' && ends.to.length === 0 && own !== null) ends.to.push(own);
  const duration = seconds(model.text(Field.Duration));
  const time = context.time(model, Field.TimeStamp);
  context.sink.call({
    service,
    from: ends.from,
    to: ends.to,
    time,
    duration_s: duration,
    direction: ends.direction,
    outcome: outcomeOf(model, duration),
    isVideo: /^(?:true|1)$/i.test(model.text(Field.VideoCall)) || /video/i.test(model.text(Field.Type)),
    state: deletedStateBits(model.deletedState) | (time.ambiguous === true ? MessageState.timeAmbiguous : 0),
    confidence: confidenceOf(model.confidence),
    place: context.place(model),
    itemId: model.id
  });
}

/** Identifiers in the Entries of a contact or an account. */
function entriesOf(context: ReportContext, model: Model, service: string, name: string): AccountRef[] {
  const refs: AccountRef[] = [];
  const add = (ref: AccountRef | null) => {
    if (ref !== null && !refs.some((held) => held.service === ref.service && held.identifier === ref.identifier)) refs.push(ref);
  };
  for (const part of model.parts) {
    const value = part.text(Field.Value);
    if (value === '') continue;
    const domain = `${part.type.name} ${part.text(Field.Domain)} ${part.text(Field.Category)}`.toLowerCase();
    if (part.type.name === 'EmailAddress' || domain.includes('email')) add(context.account('email', value, name));
    else if (part.type.name === 'UserID' || domain.includes('user id')) add(context.account(service, value, name));
    else if (part.type.name === 'PhoneNumber' || part.type.name === 'ContactEntry') add(context.account('phone', value, name));
  }
  return refs;
}

export function emitContact(context: ReportContext, model: Model): void {
  const name = model.text(Field.Name);
  const service = context.service(model.text(Field.Source), 'phone');
  const accounts = entriesOf(context, model, service, name);
  if (context.begin('contact', model, name, accounts.map((ref) => ref.identifier).join(' '))) return;
  const organisation = model.parts.find((part) => part.type.name === 'Organization')?.text(Field.Name) ?? '';
  const notes = model.text(Field.Notes);
  context.sink.contact({
    name,
    accounts,
    ...(organisation === '' ? {} : { organisation }),
    ...(notes === '' ? {} : { notes }),
    service,
    state: deletedStateBits(model.deletedState),
    confidence: confidenceOf(model.confidence),
    place: context.place(model),
    itemId: model.id
  });
}

/** A UserAccount gives one account record for each identifier in it; without any it is kept as a generic record. */
export function emitAccounts(context: ReportContext, model: Model): void {
  const name = model.text(Field.Name);
  const service = context.service(model.text(Field.Source) || model.text(Field.ServiceType), 'unknown');
  const refs = entriesOf(context, model, service, name);
  const username = model.text(Field.Username);
  if (username !== '') {
    const ref = context.account(service, username, name);
    if (ref !== null && !refs.some((held) => held.service === ref.service && held.identifier === ref.identifier))
      refs.unshift(ref);
  }
  if (refs.length === 0) {
    emitGeneric(context, model, model.type.name);
    return;
  }
  for (const account of refs) {
    if (context.begin('account', model, account.service, account.identifier)) continue;
    context.sink.account({ account, isOwner: true, place: context.place(model) });
  }
}

const NO_KIND: Readonly<Record<string, LocationRecord['kind']>> = ownTable({ CellTower: 'cell', WirelessNetwork: 'wifi' });

/** `position` holds the coordinates: the model itself or its Coordinate part. */
export function emitLocation(
  context: ReportContext,
  model: Model,
  kindOfParent: LocationRecord['kind'] | null,
  labelOfParent: string
): void {
  const position =
    model.type.name === 'Coordinate' ? model : (model.parts.find((part) => part.type.name === 'Coordinate') ?? model);
  const latitude = decimal(position.text(Field.Latitude));
  const longitude = decimal(position.text(Field.Longitude));
  const onEarth = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const cell = [Field.MCC, Field.MNC, Field.LAC, Field.CID].map((field) => model.text(field)).filter((value) => value !== '');
  const address = model.parts.find((part) => part.type.name === 'StreetAddress');
  const label =
    model.text(Field.Name) ||
    model.text(Field.SSID) ||
    model.text(Field.BSSID) ||
    cell.join('-') ||
    model.text(Field.Description) ||
    (address === undefined ? '' : address.values.join(', ')) ||
    model.text(Field.Address) ||
    labelOfParent ||
    model.text(Field.Category);
  if (
    context.begin(
      'location',
      model,
      model.text(Field.TimeStamp),
      `${position.text(Field.Latitude)} ${position.text(Field.Longitude)}`
    )
  )
    return;
  context.sink.location({
    latitude_deg: onEarth ? latitude : null,
    longitude_deg: onEarth ? longitude : null,
    precision_m: decimal(
      model.text(Field.Precision) ||
        position.text(Field.Precision) ||
        model.text(Field.HorizontalAccuracy) ||
        model.text(Field.Radius)
    ),
    kind: NO_KIND[model.type.name] ?? kindOfParent ?? 'point',
    label,
    time: context.time(model, Field.TimeStamp),
    state: deletedStateBits(model.deletedState),
    confidence: confidenceOf(model.confidence),
    place: context.place(model),
    itemId: model.id
  });
}

function flatten(context: ReportContext, model: Model, prefix: string, into: [string, string][]): void {
  for (let i = 0; i < model.fields.length; i++) {
    if (model.fields[i] === Field.UserMapping) continue;
    into.push([prefix + context.names.name(model.fields[i] as number), model.values[i] as string]);
  }
  for (const part of model.parts)
    flatten(context, part, `${prefix}${part.slot < 0 ? part.type.name : context.names.name(part.slot)}.`, into);
}

/** Keeps a model of any kind whole, as named text. */
export function emitGeneric(context: ReportContext, model: Model, type: string): void {
  const fields: [string, string][] = [];
  flatten(context, model, '', fields);
  if (context.begin('generic', model, type, fields.map(([, value]) => value).join(' '))) return;
  const timed = [Field.TimeStamp, Field.SystemMessageTimeStamp, Field.StartTime, Field.LastActivity].find(
    (field) => model.text(field) !== ''
  );
  context.sink.generic({
    type,
    fields,
    time: timed === undefined ? null : context.time(model, timed),
    state: deletedStateBits(model.deletedState),
    place: context.place(model),
    itemId: model.id
  });
}
