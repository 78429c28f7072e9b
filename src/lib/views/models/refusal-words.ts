/** Why a pack or a model will not do, in plain words. */
import type { PackRefusalCode } from '$lib/language/packs/refusal.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS: Readonly<Record<PackRefusalCode, (detail: { detail: string }) => string>> = {
  'no-manifest': m.models_refusal_no_manifest,
  'several-manifests': m.models_refusal_several_manifests,
  'manifest-too-large': m.models_refusal_manifest_too_large,
  'manifest-not-json': m.models_refusal_manifest_not_json,
  'manifest-shape': m.models_refusal_manifest_shape,
  'not-translation': m.models_refusal_not_translation,
  'id-built-in': m.models_refusal_id_built_in,
  'already-here': m.models_refusal_already_here,
  'path-unsafe': m.models_refusal_path_unsafe,
  'name-twice': m.models_refusal_name_twice,
  'too-many-files': m.models_refusal_too_many_files,
  'too-large': m.models_refusal_too_large,
  'graph-unlisted': m.models_refusal_graph_unlisted,
  'file-missing': m.models_refusal_file_missing,
  'file-size': m.models_refusal_file_size,
  'file-hash': m.models_refusal_file_hash,
  'zip-damaged': m.models_refusal_zip_damaged,
  'zip-bomb': m.models_refusal_zip_bomb,
  'zip-encrypted': m.models_refusal_zip_encrypted,
  'signature-wrong': m.models_refusal_signature_wrong,
  'no-space': m.models_refusal_no_space,
  'busy-elsewhere': m.models_refusal_busy_elsewhere,
  'damaged-here': m.models_refusal_damaged_here,
  'trial-silent': m.models_refusal_trial_silent,
  'trial-empty': m.models_refusal_trial_empty,
  'not-a-model': m.models_refusal_not_a_model,
  config: m.models_refusal_config,
  'unknown-input': m.models_refusal_unknown_input,
  'output-missing': m.models_refusal_output_missing,
  'token-outside': m.models_refusal_token_outside,
  'not-a-number': m.models_refusal_not_a_number,
  'run-failed': m.models_refusal_run_failed
};

export function isRefusalCode(code: string): code is PackRefusalCode {
  return Object.hasOwn(WORDS, code);
}

export function refusalWords(code: string, detail: string): string {
  return isRefusalCode(code) ? WORDS[code]({ detail }) : `${code} ${detail}`;
}
