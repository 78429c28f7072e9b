/** The story's threads as a table: phones, app, members, languages, topics, size. */
import type { Topic } from './words/bank.ts';
import type { App, Hours } from './threads.ts';

type Topics = readonly (readonly [Topic, number])[];

/** Reads "family:6 food:3" into pairs of topic and weight. */
const mix = (text: string): Topics =>
  text.split(' ').map((part) => {
    const [topic = '', weight = '1'] = part.split(':');
    return [topic as Topic, Number(weight)];
  });

/** Small talk among friends. */
export const FRIENDS: Topics = mix(
  'family:2 food:3 football:2 weather:2 place:2 travel:1 money:1 work:2 sorry:1 lodging:1 papers:0.4'
);
/** Talk among relatives. */
export const KIN: Topics = mix('family:6 food:3 weather:2 money:1 travel:1.5 work:1.5 sorry:1 papers:0.4');
const FOOTBALL: Topics = mix('football:8 place:2 sorry:1 weather:1.5 money:0.6');
const HOUSE: Topics = mix('work:5 lodging:4 place:3 food:3 weather:1 sorry:1 orders:1.2');
const CONTROL: Topics = mix('work:4 place:3 orders:3 money:2 sorry:1.5 papers:0.7 lodging:1 threats:0.5');
const BUSINESS: Topics = mix('money:3 place:3 travel:2 work:1 papers:2 food:1 weather:0.5 sorry:0.5');
const HOUSEMATES: Topics = mix('food:4 lodging:4 work:3 family:3 weather:2 sorry:1 money:1');

export type Row = [
  id: string,
  devices: string,
  app: App,
  members: string,
  languages: string,
  topics: Topics,
  count: number,
  hours?: Hours,
  group?: string
];

const HOUSE_MEMBERS = 'sorin vitor ionela costel duarte lurdes wilmer rosario fabio benoit craig';
// prettier-ignore
export const ROWS: readonly Row[] = [
  ['house', 'ABD', 'WhatsApp', HOUSE_MEMBERS, 'ro:4 pt:2 es:2 it:1 fr:1 en:1', HOUSE, 330, 'evening', 'Casa 14 / tura'],
  ['sorin-ionela', 'AB', 'WhatsApp', 'sorin ionela', 'ro:1', CONTROL, 120],
  ['sorin-vitor', 'AD', 'WhatsApp', 'sorin vitor', 'en:2 pt:3', BUSINESS, 120],
  ['sorin-ray-1', 'A', 'SMS', 'sorin ray', 'en:1', BUSINESS, 0],
  ['sorin-ray-2', 'A', 'SMS', 'sorin ray', 'en:1', BUSINESS, 0],
  ['sorin-line', 'AC', 'SMS', 'sorin kez', 'en:1', mix('place:5 sorry:1 weather:0.5'), 120, 'line'],
  ['sorin-carla', 'A', 'WhatsApp', 'sorin carla', 'it:1', BUSINESS, 190],
  ['sorin-mathieu', 'A', 'WhatsApp', 'sorin mathieu', 'fr:1', mix('travel:4 place:2 money:1.5 weather:1 food:1'), 90],
  ['sorin-costel', 'A', 'WhatsApp', 'sorin costel', 'ro:1', CONTROL, 70],
  ['sorin-duarte', 'A', 'WhatsApp', 'sorin duarte', 'pt:1', CONTROL, 70],
  ['sorin-lurdes', 'A', 'WhatsApp', 'sorin lurdes', 'pt:1', CONTROL, 50],
  ['sorin-wilmer', 'A', 'WhatsApp', 'sorin wilmer', 'es:1', CONTROL, 70],
  ['sorin-rosario', 'A', 'WhatsApp', 'sorin rosario', 'es:1', CONTROL, 50],
  ['sorin-fabio', 'A', 'WhatsApp', 'sorin fabio', 'it:1', CONTROL, 60],
  ['sorin-benoit', 'A', 'WhatsApp', 'sorin benoit', 'fr:3 en:1', CONTROL, 70],
  ['sorin-craig', 'A', 'SMS', 'sorin craig', 'en:1', CONTROL, 50],
  ['sorin-mama-s', 'A', 'WhatsApp', 'sorin mama-s', 'ro:1', KIN, 150, 'evening'],
  ['sorin-diana', 'A', 'WhatsApp', 'sorin diana', 'ro:9 it:1', KIN, 130],
  ['football', 'A', 'WhatsApp', 'sorin gez marco mihai paulo iker', 'en:4 it:2 ro:2 pt:1 es:1', FOOTBALL, 300, 'evening', '5 a side Tuesdays ⚽'],
  ['sorin-marco', 'A', 'Telegram', 'sorin marco', 'it:1', FRIENDS, 170],
  ['sorin-nadia', 'A', 'WhatsApp', 'sorin nadia', 'fr:1', mix('place:2 food:3 money:1 weather:1'), 60],
  ['sorin-helen', 'A', 'WhatsApp', 'sorin helen', 'en:1', mix('work:5 place:1 sorry:1 weather:0.5'), 60],
  ['sorin-pell', 'A', 'SMS', 'sorin pell', 'en:1', mix('lodging:4 place:1 money:1'), 18],
  ['sorin-barber', 'A', 'SMS', 'sorin barber', 'ro:1', mix('place:4 sorry:1'), 14],
  ['ionela-adela', 'B', 'WhatsApp', 'ionela adela', 'ro:1', FRIENDS, 250, 'evening'],
  ['ionela-mama-i', 'B', 'WhatsApp', 'ionela mama-i', 'ro:1', KIN, 220, 'evening'],
  ['ionela-bianca', 'B', 'WhatsApp', 'ionela bianca', 'ro:1 es:1', KIN, 130, 'evening'],
  ['ionela-rosario', 'B', 'WhatsApp', 'ionela rosario', 'es:1', HOUSEMATES, 110, 'evening'],
  ['ionela-lurdes', 'B', 'WhatsApp', 'ionela lurdes', 'pt:2 es:1', HOUSEMATES, 80, 'evening'],
  ['ionela-nadia', 'B', 'WhatsApp', 'ionela nadia', 'fr:1 en:1', mix('food:3 place:2 weather:1'), 40],
  ['women', 'B', 'WhatsApp', 'ionela lurdes rosario', 'ro:1 pt:1 es:1', HOUSEMATES, 120, 'evening', 'camera de sus 💐'],
  ['kez-marlon', 'C', 'SMS', 'kez marlon', 'en:1', mix('place:4 money:2 orders:0.6 sorry:1'), 60, 'line'],
  ['kez-shaun', 'C', 'SMS', 'kez shaun', 'en:1', mix('lodging:3 place:3 sorry:2'), 40, 'line'],
  ['kez-pip', 'C', 'SMS', 'kez pip', 'en:1', mix('place:4 travel:2 food:1'), 60, 'line'],
  ['kez-mum-k', 'C', 'SMS', 'kez mum-k', 'en:1', KIN, 80],
  ['kez-tia', 'C', 'SMS', 'kez tia', 'fr:3 en:1', FRIENDS, 90, 'evening'],
  ['vitor-ray', 'D', 'SMS', 'vitor ray', 'en:1', BUSINESS, 0],
  ['vitor-mathieu', 'D', 'WhatsApp', 'vitor mathieu', 'fr:3 en:1', mix('travel:5 place:3 weather:1'), 70],
  ['vitor-sandra', 'D', 'WhatsApp', 'vitor sandra', 'pt:1', KIN, 220, 'evening'],
  ['vitor-nelo', 'D', 'WhatsApp', 'vitor nelo', 'pt:1', FRIENDS, 110],
  ['vitor-pilar', 'D', 'WhatsApp', 'vitor pilar', 'es:1', KIN, 90],
  ['vitor-amelie', 'D', 'WhatsApp', 'vitor amelie', 'fr:1', FRIENDS, 120],
  ['vitor-giulia', 'D', 'WhatsApp', 'vitor giulia', 'it:1', FRIENDS, 130],
  ['vitor-garage', 'D', 'SMS', 'vitor garage', 'en:1', mix('place:3 money:2 travel:2'), 20]
];
