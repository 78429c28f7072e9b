/** The places of the app, as the side navigation, the palette and the `g` keys know them. */
import type { Component } from 'svelte';
import AudioLines from '@lucide/svelte/icons/audio-lines';
import BookA from '@lucide/svelte/icons/book-a';
import Combine from '@lucide/svelte/icons/combine';
import CircleHelp from '@lucide/svelte/icons/circle-help';
import FileInput from '@lucide/svelte/icons/file-input';
import FilePenLine from '@lucide/svelte/icons/file-pen-line';
import Languages from '@lucide/svelte/icons/languages';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import Layers from '@lucide/svelte/icons/layers';
import Laptop from '@lucide/svelte/icons/laptop';
import ListChecks from '@lucide/svelte/icons/list-checks';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import ChartNoAxesGantt from '@lucide/svelte/icons/chart-no-axes-gantt';
import MapPin from '@lucide/svelte/icons/map-pin';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Smartphone from '@lucide/svelte/icons/smartphone';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import TextSearch from '@lucide/svelte/icons/text-search';
import Users from '@lucide/svelte/icons/users';
import Waypoints from '@lucide/svelte/icons/waypoints';
import { m } from '$lib/paraglide/messages.js';

export interface Place {
  readonly id: string;
  readonly label: () => string;
  readonly icon: Component<{ size?: number | string }>;
  /** Pressed after `g`; '' for places without a key. */
  readonly key: string;
}

/** Places of an open case: /c/{id}/{place}. */
export const CASE_PLACES: readonly Place[] = [
  { id: 'overview', label: m.shell_overview, icon: LayoutDashboard, key: 'o' },
  { id: 'messages', label: m.shell_messages, icon: MessagesSquare, key: 'm' },
  { id: 'people', label: m.shell_people, icon: Users, key: 'p' },
  { id: 'network', label: m.shell_network, icon: Waypoints, key: 'n' },
  { id: 'timeline', label: m.shell_timeline, icon: ChartNoAxesGantt, key: 'd' },
  { id: 'places', label: m.shell_where, icon: MapPin, key: 'w' },
  { id: 'topics', label: m.shell_topics, icon: Layers, key: 't' },
  { id: 'patterns', label: m.shell_patterns, icon: Repeat2, key: 'a' },
  { id: 'phones', label: m.shell_phones, icon: Smartphone, key: 'h' },
  { id: 'crosscase', label: m.shell_crosscase, icon: Combine, key: 'c' },
  { id: 'searches', label: m.shell_searches, icon: TextSearch, key: 'q' },
  { id: 'voice', label: m.shell_voice, icon: AudioLines, key: 'v' },
  { id: 'translator', label: m.shell_translator, icon: FilePenLine, key: 'r' },
  { id: 'glossary', label: m.shell_glossary, icon: BookA, key: 'l' },
  { id: 'import', label: m.shell_import, icon: FileInput, key: 'i' },
  { id: 'safety', label: m.shell_safety, icon: ShieldCheck, key: 's' }
];

/** Places that need no case: /{place}. */
export const APP_PLACES: readonly Place[] = [
  { id: 'models', label: m.shell_models, icon: Languages, key: '' },
  { id: 'device', label: m.shell_device, icon: Laptop, key: '' },
  { id: 'verify', label: m.shell_verify, icon: ListChecks, key: '' },
  { id: 'help', label: m.shell_help, icon: CircleHelp, key: '' }
];

export function casePath(caseId: string, place: string): string {
  return `/c/${caseId}/${place}`;
}
