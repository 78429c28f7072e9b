/**
 * Packs that `npm run models:fetch -- ID` builds on a connected machine: one table, checked by fetch-pack.test.ts. A recipe
 * says where the files lie and how they are driven; it pins nothing by itself, since a commit that nobody has looked at
 * vouches for nothing: the commit is given on the command line and stands in the manifest. Only languages that Skein can
 * tell stand here: a model for another would never be handed a line.
 */
import { WHISPER_LANGUAGES } from '../../src/lib/language/speech/languages.ts';
import type { EmbeddingLayout, ModelRuntime } from '../../src/lib/language/manifest.ts';

export interface Recipe {
  readonly id: string;
  /** 'transcription' for speech models, 'embedding' for sentence encoders; translation to English otherwise. */
  readonly kind?: 'transcription' | 'embedding';
  readonly title: string;
  /** Repository on the model hub, with ONNX files in the layout of transformers.js. */
  readonly repository: string;
  /** Full commit, or null where none was pinned yet: `--revision` is then asked for. */
  readonly revision: string | null;
  /** ISO 639-3. */
  readonly languages: readonly string[];
  readonly licence: string;
  readonly attribution: string;
  /** NLLB and its kin: no commercial use. */
  readonly isNonCommercial: boolean;
  /** How it is driven: one of the two. */
  readonly runtime?: ModelRuntime;
  readonly embedding?: EmbeddingLayout;
  readonly probe: { readonly language: string; readonly text: string };
}

const OPUS_MT_LICENCE = 'CC-BY-4.0';
const OPUS_MT = 'OPUS-MT by the Language Technology Research Group at the University of Helsinki (Tiedemann and Thottingal 2020).';
/** Marian answers with its padding token unless that is forbidden; generation_config.json adds each model's own number. */
const MARIAN: ModelRuntime = { layout: 'merged', dtype: { wasm: 'q8' }, longestLine: 512 };

function opusMt(source: string, languages: readonly string[], name: string, probe: Recipe['probe']): Recipe {
  return {
    id: `opus-mt-${source.toLowerCase()}-en`,
    title: `OPUS-MT ${name} to English`,
    repository: `Xenova/opus-mt-${source}-en`,
    revision: null,
    languages,
    licence: OPUS_MT_LICENCE,
    attribution: OPUS_MT,
    isNonCommercial: false,
    runtime: MARIAN,
    probe
  };
}

/** Nothing of these was tried with Skein yet: its tests drive a pack of random weights in the same layout. */
function whisper(size: string, title: string): Recipe {
  return {
    id: `whisper-${size}`,
    kind: 'transcription',
    title,
    repository: `Xenova/whisper-${size}`,
    revision: null,
    languages: WHISPER_LANGUAGES,
    licence: 'MIT (OpenAI, the weights) and Apache-2.0 (the hub\'s card)',
    attribution: 'Whisper by OpenAI (Radford et al. 2022).',
    isNonCommercial: false,
    runtime: { layout: 'merged', dtype: { wasm: 'q8' } },
    // A speech pack is tried on a sound; the line stands for the form of the table.
    probe: { language: 'eng', text: 'where are you now' }
  };
}

/** Of the languages that each card names, those that Skein can tell (ISO 639-3). */
const MINILM_LANGUAGES = [
  'ara', 'bul', 'deu', 'eng', 'fas', 'fra', 'heb', 'hin', 'hun', 'hye', 'ita', 'jpn', 'kat', 'kor', 'lit', 'nld', 'pol', 'por',
  'ron', 'rus', 'spa', 'sqi', 'tha', 'tur', 'ukr', 'urd', 'vie', 'zho'
];

/** Nothing of these was tried with Skein yet: its tests drive a pack of random weights in the same layout. */
function encoder(id: string, title: string, repository: string, facts: Pick<Recipe, 'languages' | 'licence' | 'attribution'>, layout: Pick<EmbeddingLayout, 'longest' | 'prefix'>): Recipe {
  return {
    id,
    kind: 'embedding',
    title,
    repository,
    revision: null,
    ...facts,
    isNonCommercial: false,
    embedding: { dtype: 'q8', pooling: 'mean', dims: 384, ...layout },
    probe: { language: 'eng', text: 'the van leaves at six tomorrow morning' }
  };
}

export const RECIPES: readonly Recipe[] = [
  opusMt('fr', ['fra'], 'French', { language: 'fra', text: 'où es-tu maintenant' }),
  opusMt('es', ['spa'], 'Spanish', { language: 'spa', text: 'dónde estás ahora' }),
  opusMt('it', ['ita'], 'Italian', { language: 'ita', text: 'dove sei adesso' }),
  opusMt('de', ['deu'], 'German', { language: 'deu', text: 'wo bist du jetzt' }),
  opusMt('nl', ['nld'], 'Dutch', { language: 'nld', text: 'waar ben je nu' }),
  opusMt('ru', ['rus'], 'Russian', { language: 'rus', text: 'где ты сейчас' }),
  opusMt('uk', ['ukr'], 'Ukrainian', { language: 'ukr', text: 'де ти зараз' }),
  opusMt('pl', ['pol'], 'Polish', { language: 'pol', text: 'gdzie teraz jesteś' }),
  opusMt('hu', ['hun'], 'Hungarian', { language: 'hun', text: 'hol vagy most' }),
  opusMt('tr', ['tur'], 'Turkish', { language: 'tur', text: 'şimdi neredesin' }),
  opusMt('ar', ['ara'], 'Arabic', { language: 'ara', text: 'أين أنت الآن' }),
  opusMt('hi', ['hin'], 'Hindi', { language: 'hin', text: 'तुम अभी कहाँ हो' }),
  opusMt('vi', ['vie'], 'Vietnamese', { language: 'vie', text: 'bây giờ bạn ở đâu' }),
  opusMt('zh', ['zho'], 'Chinese', { language: 'zho', text: '你现在在哪里' }),
  opusMt('ROMANCE', ['fra', 'spa', 'por', 'ita', 'ron'], 'Romance languages', { language: 'ron', text: 'unde ești acum' }),
  encoder(
    'multilingual-e5-small',
    'Multilingual E5 small: vectors of texts, 118 M parameters',
    'Xenova/multilingual-e5-small',
    {
      languages: [...MINILM_LANGUAGES, 'ben', 'kmr', 'pan', 'pus', 'som', 'tam'],
      licence: 'MIT',
      attribution: 'Multilingual E5 by Microsoft (Wang et al. 2024).'
    },
    { longest: 512, prefix: 'query: ' }
  ),
  encoder(
    'paraphrase-multilingual-minilm-l12-v2',
    'Multilingual MiniLM L12 v2: vectors of texts, 118 M parameters',
    'Xenova/paraphrase-multilingual-MiniLM-L12-v2',
    { languages: MINILM_LANGUAGES, licence: 'Apache-2.0', attribution: 'Sentence-Transformers (Reimers and Gurevych 2020).' },
    { longest: 128 }
  ),
  whisper('tiny', 'Whisper tiny, 39 M parameters'),
  whisper('base', 'Whisper base, 74 M parameters'),
  whisper('small', 'Whisper small, 244 M parameters'),
  {
    id: 'm2m100-418m',
    title: 'M2M100 418M to English',
    repository: 'Xenova/m2m100_418M',
    revision: null,
    languages: ['sqi', 'ron', 'pol', 'lit', 'urd', 'pan', 'som', 'pus', 'fas', 'vie', 'ukr', 'bul'],
    licence: 'MIT',
    attribution: 'M2M100 by Facebook AI (Fan et al. 2020).',
    isNonCommercial: false,
    runtime: {
      layout: 'merged',
      dtype: { wasm: 'q8' },
      longestLine: 512,
      targetCode: 'en',
      sourceCodes: {
        sqi: 'sq',
        ron: 'ro',
        pol: 'pl',
        lit: 'lt',
        urd: 'ur',
        pan: 'pa',
        som: 'so',
        pus: 'ps',
        fas: 'fa',
        vie: 'vi',
        ukr: 'uk',
        bul: 'bg'
      }
    },
    probe: { language: 'ron', text: 'unde ești acum' }
  },
  {
    id: 'nllb-200-distilled-600m',
    title: 'NLLB-200 distilled 600M to English (NON-COMMERCIAL LICENCE)',
    repository: 'Xenova/nllb-200-distilled-600M',
    revision: null,
    // Dari is told as Persian, and read as it; Amharic cannot be told.
    languages: ['sqi', 'ron', 'pol', 'lit', 'urd', 'pan', 'som', 'fas', 'tir', 'kmr', 'ckb', 'vie'],
    licence: 'CC-BY-NC-4.0',
    attribution: 'NLLB-200 by Meta AI (NLLB Team 2022).',
    isNonCommercial: true,
    runtime: {
      layout: 'merged',
      dtype: { wasm: 'q8' },
      longestLine: 512,
      targetCode: 'eng_Latn',
      sourceCodes: {
        sqi: 'als_Latn',
        ron: 'ron_Latn',
        pol: 'pol_Latn',
        lit: 'lit_Latn',
        urd: 'urd_Arab',
        pan: 'pan_Guru',
        som: 'som_Latn',
        fas: 'pes_Arab',
        tir: 'tir_Ethi',
        kmr: 'kmr_Latn',
        ckb: 'ckb_Arab',
        vie: 'vie_Latn'
      }
    },
    probe: { language: 'ron', text: 'unde ești acum' }
  }
];
