/** Nodes of a CASE/UCO graph as records: messages, calls, contacts and places; every other node is kept as named texts. */
import {
  MessageState,
  type AccountRef,
  type Direction,
  type EvidenceTime,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import type { ReadOptions } from '../contract.ts';
import { degreesOf, secondsOf } from '../phone-csv/cells.ts';
import { AccountBook, accountRef } from '../phone-number.ts';
import { NO_TIME } from '../time/evidence-time.ts';
import type { ItemTimes } from '../time/item-times.ts';
import { fieldsOf, type Graph, type GraphNode } from './graph.ts';

const MESSAGE_USED: ReadonlySet<string> = new Set(['messageText', 'from', 'to', 'sentTime', 'application']);
const CALL_USED: ReadonlySet<string> = new Set(['from', 'to', 'participant', 'startTime', 'duration', 'application']);
const CONTACT_USED: ReadonlySet<string> = new Set(['displayName', 'firstName', 'lastName', 'contactOrganization']);

export class GraphRecords {
  readonly #graph: Graph;
  readonly #sink: EvidenceSink;
  readonly #times: ItemTimes;
  readonly #book: AccountBook;
  readonly #own: string | null;
  /** One node is an account in each service that it is named for: a number in messages of an app and in calls. */
  readonly #accounts = new Map<GraphNode, Map<string, AccountRef>>();
  readonly #threads = new Map<GraphNode, GraphNode>();
  /** Accounts of a contact by the relations that say so. */
  readonly #held = new Map<GraphNode, GraphNode[]>();
  readonly #counts = new Map<string, { readonly ref: AccountRef; times: number }>();

  constructor(graph: Graph, sink: EvidenceSink, times: ItemTimes, options: ReadOptions) {
    this.#graph = graph;
    this.#sink = sink;
    this.#times = times;
    this.#book = new AccountBook(options.region);
    this.#own = options.owner === null ? null : accountRef('phone', options.owner.identifier, options.region).identifier;
    for (const node of graph.elements) {
      if (node === null) continue;
      for (const thread of node.facet('MessageThreadFacet')?.nodes('messageThread') ?? [])
        for (const message of thread.nodes('element')) this.#threads.set(message, node);
      if (node.text('kindOfRelationship') !== 'Has_Account') continue;
      for (const source of node.nodes('source'))
        this.#held.set(source, [...(this.#held.get(source) ?? []), ...node.nodes('target')]);
    }
  }

  read(): void {
    for (const [i, node] of this.#graph.elements.entries()) {
      const place: SourcePlace = { path: '', offset: i + 1, unit: 'element' };
      if (node === null) {
        this.#sink.seen('generic');
        this.#sink.fold('generic', place);
        continue;
      }
      const message = node.facet('MessageFacet');
      const call = node.facet('CallFacet');
      const contact = node.facet('ContactFacet');
      const position = node.facet('LatLongCoordinatesFacet');
      if (message !== undefined) this.#message(node, message, place);
      else if (call !== undefined) this.#call(node, call, place);
      else if (contact !== undefined) this.#contact(node, contact, place);
      else if (position !== undefined) this.#location(node, position, place);
      else this.#generic([...node.types].join(', ') || 'node', fieldsOf(node), place, node.id);
    }
  }

  /** Who takes part most often, for the question whose device it is. */
  busiest(): AccountRef[] {
    return [...this.#counts.values()]
      .sort((a, b) => b.times - a.times)
      .slice(0, 20)
      .map(({ ref }) => ref);
  }

  #account(node: GraphNode, service: string): AccountRef {
    let services = this.#accounts.get(node);
    if (services === undefined) this.#accounts.set(node, (services = new Map()));
    let ref = services.get(service);
    if (ref === undefined) services.set(service, (ref = this.#newAccount(node, service)));
    const held = this.#counts.get(ref.identifier);
    if (held === undefined) this.#counts.set(ref.identifier, { ref, times: 1 });
    else held.times++;
    return ref;
  }

  #newAccount(node: GraphNode, service: string): AccountRef {
    const number = node.facet('PhoneAccountFacet')?.text('phoneNumber') ?? '';
    const name = node.facet('DigitalAccountFacet')?.text('displayName') || node.text('name');
    if (number !== '') return this.#book.of(service === 'unknown' ? 'phone' : service, number, name);
    const address = node
      .facet('EmailAccountFacet')
      ?.nodes('emailAddress')
      .map((one) => one.facet('EmailAddressFacet')?.text('addressValue') ?? '')
      .find((one) => one !== '');
    if (address !== undefined) return this.#book.of('email', address, name);
    const application = this.#application(node.facet('ApplicationAccountFacet'));
    const id =
      node.facet('ApplicationAccountFacet')?.text('accountIdentifier') ||
      node.facet('AccountFacet')?.text('accountIdentifier') ||
      node.facet('DigitalAccountFacet')?.text('accountLogin') ||
      name;
    // A node that says nothing of itself is known by the name that the graph gives it.
    return this.#book.of(application === '' ? service : application, id === '' ? node.id || 'nameless' : id, name);
  }

  #application(facet: GraphNode | undefined): string {
    const [application] = facet?.nodes('application') ?? [];
    if (application === undefined) return '';
    const name =
      application.text('name') ||
      application.facet('SoftwareFacet')?.text('name') ||
      application.facet('ApplicationFacet')?.text('name');
    return (name ?? '').toLowerCase().slice(0, 60);
  }

  #time(raw: string, place: SourcePlace): EvidenceTime {
    return raw === '' ? NO_TIME : this.#times.stamp(raw, place);
  }

  #direction(from: AccountRef | null, to: readonly AccountRef[]): Direction {
    if (this.#own === null) return 'unknown';
    if (from?.identifier === this.#own) return 'outgoing';
    return to.some((ref) => ref.identifier === this.#own) ? 'incoming' : 'unknown';
  }

  #message(node: GraphNode, facet: GraphNode, place: SourcePlace): void {
    const isSms = node.types.has('SMSMessage');
    const service = this.#application(facet) || (isSms ? 'sms' : 'unknown');
    const [sender] = facet.nodes('from');
    const from = sender === undefined ? null : this.#account(sender, service);
    const to = facet.nodes('to').map((one) => this.#account(one, service));
    const time = this.#time(facet.text('sentTime'), place);
    this.#sink.seen('message');
    this.#sink.message({
      thread: this.#thread(node, service, from, to),
      from,
      to,
      body: facet.text('messageText'),
      time,
      direction: this.#direction(from, to),
      state: time.ambiguous === true ? MessageState.timeAmbiguous : 0,
      confidence: 'unstated',
      attachments: [],
      place,
      itemId: node.id,
      fold: 'identical'
    });
    this.#details('message details', node, facet, MESSAGE_USED, place);
  }

  #thread(message: GraphNode, service: string, from: AccountRef | null, to: readonly AccountRef[]): ThreadRef {
    const node = this.#threads.get(message);
    const facet = node?.facet('MessageThreadFacet');
    const ends = from === null ? [...to] : [from, ...to];
    const members = new Map(ends.map((ref) => [ref.identifier, ref]));
    for (const participant of facet?.nodes('participant') ?? []) {
      const ref = this.#account(participant, service);
      members.set(ref.identifier, ref);
    }
    const name = node?.text('name') ?? '';
    const others = ends.map((ref) => ref.identifier).filter((id) => id !== this.#own);
    return {
      service,
      key: facet?.text('identifier') || node?.id || others.sort().join('|') || 'case',
      ...(name === '' ? {} : { name }),
      isGroup: members.size > 2,
      members: [...members.values()]
    };
  }

  #call(node: GraphNode, facet: GraphNode, place: SourcePlace): void {
    const service = this.#application(facet) || 'phone';
    const [caller] = facet.nodes('from');
    const from = caller === undefined ? null : this.#account(caller, service);
    const to = [...facet.nodes('to'), ...facet.nodes('participant')].map((one) => this.#account(one, service));
    const duration_s = secondsOf(facet.text('duration'));
    const type = facet.text('callType').toLowerCase();
    this.#sink.seen('call');
    this.#sink.call({
      service,
      from,
      to,
      time: this.#time(facet.text('startTime'), place),
      duration_s,
      direction: this.#direction(from, to),
      outcome: /miss/.test(type) ? 'missed' : (duration_s ?? 0) > 0 ? 'answered' : 'unknown',
      isVideo: /video/.test(type),
      state: 0,
      confidence: 'unstated',
      place,
      itemId: node.id
    });
    this.#details('call details', node, facet, CALL_USED, place);
  }

  #contact(node: GraphNode, facet: GraphNode, place: SourcePlace): void {
    const parts = [facet.text('firstName'), facet.text('lastName')].filter((part) => part !== '');
    const name = facet.text('displayName') || parts.join(' ') || node.text('name');
    const organisation = facet.text('contactOrganization');
    this.#sink.seen('contact');
    this.#sink.contact({
      name,
      accounts: (this.#held.get(node) ?? []).map((one) => this.#account(one, 'phone')),
      ...(organisation === '' ? {} : { organisation }),
      service: 'phone',
      state: 0,
      confidence: 'unstated',
      place,
      itemId: node.id
    });
    this.#details('contact details', node, facet, CONTACT_USED, place);
  }

  #location(node: GraphNode, facet: GraphNode, place: SourcePlace): void {
    const latitude_deg = degreesOf(facet.text('latitude'), 90);
    const longitude_deg = degreesOf(facet.text('longitude'), 180);
    if (latitude_deg === null || longitude_deg === null) return this.#generic('Location', fieldsOf(node), place, node.id);
    this.#sink.seen('location');
    this.#sink.location({
      latitude_deg,
      longitude_deg,
      precision_m: null,
      kind: 'point',
      label: node.text('name'),
      time: NO_TIME,
      state: 0,
      confidence: 'unstated',
      place,
      itemId: node.id
    });
  }

  /** What the node says beyond its record. */
  #details(type: string, node: GraphNode, facet: GraphNode, used: ReadonlySet<string>, place: SourcePlace): void {
    const fields = [
      ...fieldsOf(facet, used),
      ...[...node.values].flatMap(([name, values]) =>
        name === 'hasFacet'
          ? []
          : values.filter((value) => typeof value === 'string').map((value) => [name, value] as [string, string])
      ),
      ...node.nodes('hasFacet').flatMap((one) => (one === facet ? [] : fieldsOf(one)))
    ];
    if (fields.length > 0) this.#generic(type, [['node', node.id], ...fields], place, node.id);
  }

  #generic(type: string, fields: [string, string][], place: SourcePlace, itemId: string): void {
    this.#sink.seen('generic');
    this.#sink.generic({ type, fields: fields.length === 0 ? [['node', itemId]] : fields, time: null, state: 0, place, itemId });
  }
}
