/** The models on this device, which language each is picked for, and the pack that is being taken in. */
import type { InstalledPack } from '../jobs/packs.contract.ts';
import type { PackKeeper, TakeResult, TakeStage, Tried } from '../jobs/packs.ts';
import type { TranslationPlan } from '../jobs/translation.ts';
import type { DeviceChoice } from '../language/device-choice.ts';
import { modelSha256Hex } from '../language/manifest.ts';
import type { PackRefusal } from '../language/packs/refusal.ts';
import type { DroppedFile } from '../pipeline/pack-intake.ts';
import type { VersionWish } from '../pipeline/contract.ts';
import type { WaitingWork } from '../pipeline/language-contract.ts';
import type { EmbeddedModel, Engines } from './engines.ts';
import { forecastOf, type Forecast } from './forecast.ts';
import { ModelRates, type ModelRate } from './model-rates.svelte.ts';

/** Picks are a setting of the device and no part of a case: which model made a line stands with the line. */
const PICKS_KEY = 'skein-model-picks';
/** What trials of shipped models said, by the model's hash: of this device too. Packs keep theirs on the shelf. */
const CHOICES_KEY = 'skein-model-devices';

/** A model that translates, embedded or a pack. */
export interface TranslationModel {
  readonly modelSha256Hex: string;
  readonly id: string;
  readonly title: string;
  readonly languages: readonly string[];
  readonly isEmbedded: boolean;
}

export interface LanguagePick {
  readonly language: string;
  /** Models that offer it; the embedded one first, then packs, newest first. */
  readonly offers: readonly TranslationModel[];
  readonly picked: TranslationModel;
}

export type IntakeState =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly stage: TakeStage }
  | { readonly at: 'taken'; readonly pack: InstalledPack; readonly leftOut: number }
  | { readonly at: 'refused'; readonly refusal: PackRefusal };

export class ModelState {
  readonly rates = new ModelRates();
  readonly #engines: Engines;
  #keeper: PackKeeper | null = null;
  #ready: Promise<void> | null = null;
  #embedded = $state.raw<readonly EmbeddedModel[]>([]);
  #packs = $state.raw<readonly InstalledPack[]>([]);
  #models = $state.raw<readonly TranslationModel[]>([]);
  #picks = $state.raw<Readonly<Record<string, string>>>(stored(PICKS_KEY, (value): value is string => typeof value === 'string'));
  #choices = $state.raw<Readonly<Record<string, DeviceChoice>>>(stored(CHOICES_KEY, isChoice));
  #isListed = $state(false);
  #intake = $state.raw<IntakeState>({ at: 'idle' });
  #stop: AbortController | null = null;

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  /** Whether the packs of this device are known. */
  get isListed(): boolean {
    return this.#isListed;
  }
  get embedded(): readonly EmbeddedModel[] {
    return this.#embedded;
  }
  get packs(): readonly InstalledPack[] {
    return this.#packs;
  }
  /** Every model that translates, embedded or a pack. */
  get all(): readonly TranslationModel[] {
    return this.#models;
  }
  get intake(): IntakeState {
    return this.#intake;
  }
  /** Every language with a model on this device, by its code. */
  get languages(): readonly LanguagePick[] {
    const codes = [...new Set(this.#models.flatMap((model) => model.languages))].sort();
    return codes.flatMap((language) => {
      const offers = this.#models.filter((model) => model.languages.includes(language));
      const picked = offers.find((model) => model.modelSha256Hex === this.#picks[language]) ?? offers[0];
      return picked === undefined ? [] : [{ language, offers, picked }];
    });
  }

  /** Lists the models once; asked again it waits for the same answer. @throws Error when they cannot be read */
  ready(): Promise<void> {
    this.#ready ??= this.#list().catch((error: unknown) => {
      this.#ready = null;
      throw error;
    });
    return this.#ready;
  }

  /**
   * How a case is to be translated here: the picked packs, and for every language with a model those lines that had none.
   * @param again languages whose lines shall all have a version by the model now picked
   */
  async plan(again: readonly string[]): Promise<TranslationPlan> {
    await this.ready();
    const byPack = new Map<string, string[]>();
    for (const { language, picked } of this.languages) {
      if (!picked.isEmbedded) byPack.set(picked.modelSha256Hex, [...(byPack.get(picked.modelSha256Hex) ?? []), language]);
    }
    const embeddedOnGpu = this.languages.some(
      ({ picked }) => picked.isEmbedded && this.choiceOf(picked.modelSha256Hex)?.device === 'webgpu'
    );
    const usesGpu = this.#packs.some((pack) => byPack.has(pack.modelSha256Hex) && pack.choice.device === 'webgpu');
    return {
      models: {
        threads: 1,
        picks: [...byPack].map(([hash, languages]) => ({ modelSha256Hex: hash, languages })),
        device: usesGpu ? 'webgpu' : 'wasm',
        ...(embeddedOnGpu ? { embeddedDevice: 'webgpu' } : {})
      },
      wishes: this.wishes(again)
    };
  }

  wishes(again: readonly string[]): VersionWish[] {
    return this.languages.map(({ language, picked }) => ({
      language,
      modelSha256Hex: picked.modelSha256Hex,
      isMissingOnly: !again.includes(language)
    }));
  }

  /** How fast a model runs here; of a pack that never ran on a case, by its own probe line. Null where nothing is known. */
  rateOf(hash: string): ModelRate | null {
    const measured = this.rates.of(hash);
    if (measured !== null) return measured;
    const pack = this.#packs.find((one) => one.modelSha256Hex === hash);
    const probe = pack?.manifest.probe?.text ?? '';
    if (pack === undefined || probe === '') return null;
    // The trial's lines are parts of the probe line of all lengths: half of it in the middle.
    const charactersPerSecond = (pack.choice.messagesPerSecond * probe.length) / 2;
    return { charactersPerSecond, from: 'pack-trial', measuredAtMs: pack.takenAtMs };
  }

  /** Whether every model that is picked for a language has translated or been tried here. */
  get isMeasured(): boolean {
    return this.languages.every(({ picked }) => this.rates.of(picked.modelSha256Hex) !== null);
  }

  /** How long the wishes and the lines that nobody looked at yet will take. */
  forecast({ fresh, again }: Pick<WaitingWork, 'fresh' | 'again'>, wishes: readonly VersionWish[]): Forecast {
    const picked = [...new Set(this.languages.map((one) => one.picked.modelSha256Hex))];
    const work = [
      { waiting: fresh, rates: picked.map((hash) => this.rateOf(hash)), isLanguageKnown: false },
      ...wishes.flatMap(({ modelSha256Hex }, i) => {
        const waiting = again[i];
        return waiting === undefined ? [] : [{ waiting, rates: [this.rateOf(modelSha256Hex)], isLanguageKnown: true }];
      })
    ];
    return forecastOf(work, this.#engines.translationWorkers());
  }

  pick(language: string, hash: string): void {
    this.#setPicks({ ...this.#picks, [language]: hash });
  }

  /** Takes a dropped pack in; `intake` says how it goes. One at a time. */
  async take(files: readonly DroppedFile[]): Promise<void> {
    if (this.#intake.at === 'running' || files.length === 0) return;
    const stop = (this.#stop = new AbortController());
    this.#intake = { at: 'running', stage: { at: 'checking', progress: { bytesDone: 0, bytesTotal: 0 } } };
    try {
      await this.ready();
      const result = await this.#packKeeper.take(files, stop.signal, (stage) => (this.#intake = { at: 'running', stage }));
      if (result.ok) await this.#setPacks([result.pack, ...this.#packs]);
      this.#intake = result.ok
        ? { at: 'taken', pack: result.pack, leftOut: result.leftOut }
        : { at: 'refused', refusal: result.refusal };
    } catch (error) {
      if (stop.signal.aborted) this.#intake = { at: 'idle' };
      else this.#intake = { at: 'refused', refusal: { code: 'run-failed', file: '', detail: messageOf(error) } };
    }
  }

  stopTaking(): void {
    this.#stop?.abort(new DOMException('The pack was not taken in.', 'AbortError'));
  }

  /** Measures a pack again, on every device that there is now. */
  async tryAgain(pack: InstalledPack): Promise<TakeResult> {
    const result = await this.#packKeeper.tryAgain(pack);
    if (result.ok)
      await this.#setPacks(this.#packs.map((one) => (one.modelSha256Hex === pack.modelSha256Hex ? result.pack : one)));
    return result;
  }

  /** What the trial of a shipped model said here; null where it was never tried: it runs on the processor then. */
  choiceOf(hash: string): DeviceChoice | null {
    return this.#choices[hash] ?? null;
  }

  /** Measures a shipped model on every device that there is now. */
  async tryEmbedded({ manifest }: EmbeddedModel): Promise<Tried> {
    const tried = await this.#packKeeper.tryEmbedded(manifest);
    if (tried.ok) {
      // An older version's choice says nothing of this one.
      this.#choices = { [await modelSha256Hex(manifest)]: tried.choice };
      localStorage.setItem(CHOICES_KEY, JSON.stringify(this.#choices));
    }
    return tried;
  }

  /** Lines that the pack made stay in their cases; its languages go back to what else offers them. */
  async remove(hash: string): Promise<void> {
    await this.#packKeeper.remove(hash);
    await this.#setPacks(this.#packs.filter((pack) => pack.modelSha256Hex !== hash));
    this.#setPicks(Object.fromEntries(Object.entries(this.#picks).filter(([, picked]) => picked !== hash)));
    if (this.#intake.at === 'taken') this.#intake = { at: 'idle' };
  }

  get #packKeeper(): PackKeeper {
    return (this.#keeper ??= this.#engines.startPackKeeper());
  }

  async #list(): Promise<void> {
    const [embedded, packs] = await Promise.all([this.#engines.embeddedModels(), this.#packKeeper.list()]);
    this.#embedded = embedded;
    await this.#setPacks(packs.toSorted((a, b) => b.takenAtMs - a.takenAtMs));
    this.#isListed = true;
  }

  async #setPacks(packs: readonly InstalledPack[]): Promise<void> {
    const shipped = this.#embedded.filter(({ manifest }) => manifest.kind === 'translation');
    const embedded = await Promise.all(
      shipped.map(async ({ manifest }) => ({
        ...modelOf(manifest, await modelSha256Hex(manifest)),
        isEmbedded: true
      }))
    );
    this.#packs = packs;
    const translating = packs.filter(({ manifest }) => manifest.kind === 'translation');
    this.#models = [
      ...embedded,
      ...translating.map((pack) => ({ ...modelOf(pack.manifest, pack.modelSha256Hex), isEmbedded: false }))
    ];
  }

  #setPicks(picks: Readonly<Record<string, string>>): void {
    this.#picks = picks;
    localStorage.setItem(PICKS_KEY, JSON.stringify(picks));
  }
}

function modelOf({ id, title, languages }: InstalledPack['manifest'], hash: string): Omit<TranslationModel, 'isEmbedded'> {
  return { modelSha256Hex: hash, id, title, languages };
}

/** A map that this app wrote; what is none, or holds other values, is as if nothing had been written. */
function stored<V>(key: string, isValue: (value: unknown) => value is V): Readonly<Record<string, V>> {
  try {
    const map: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof map !== 'object' || map === null) return {};
    return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, V] => isValue(entry[1])));
  } catch {
    return {};
  }
}

function isChoice(value: unknown): value is DeviceChoice {
  if (typeof value !== 'object' || value === null) return false;
  const { device, reason, messagesPerSecond } = value as Partial<DeviceChoice>;
  return (device === 'wasm' || device === 'webgpu') && typeof reason === 'string' && typeof messagesPerSecond === 'number';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
