/** Changes of tags, and why one was not made, in words. */
import type { TagFault, TagStep } from '$lib/pipeline/tag-contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount, formatLocal } from '$lib/ui/format.ts';

const FAULTS: Readonly<Record<TagFault, () => string>> = {
  'name-missing': () => m.tags_fault_name(),
  'too-long': () => m.tags_fault_long(),
  'already-there': () => m.tags_fault_there(),
  'not-there': () => m.tags_fault_gone(),
  'who-missing': () => m.tags_fault_who(),
  'nothing-to-do': () => m.tags_fault_nothing(),
  'nothing-to-undo': () => m.tags_fault_no_undo(),
  full: () => m.tags_fault_full()
};

export const tagFaultWords = (fault: TagFault): string => FAULTS[fault]();

/** `DC 4411, 3 May 2025, 14:02: "money" put on 12 messages`. */
export function stepWords(step: TagStep): string {
  const { kind, name, before, messages } = step;
  const said = { name, count: messages, shown: formatCount(messages) };
  const what: Readonly<Record<TagStep['kind'], () => string>> = {
    made: () => m.tags_step_made({ name }),
    renamed: () => m.tags_step_renamed({ before, name }),
    removed: () => m.tags_step_removed({ name }),
    tagged: () => m.tags_step_tagged(said),
    untagged: () => m.tags_step_untagged(said),
    undone: () => m.tags_step_undone({ version: step.undoes, name })
  };
  return m.tags_step({ number: step.version, who: step.who, when: formatLocal(step.atMs), what: what[kind]() });
}
