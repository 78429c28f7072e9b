/** The words of a translator's sheet, in the language of the screen. Placeholders stay for the worker to fill. */
import type { RequestWords } from '$lib/pipeline/translator-contract.ts';
import { QualityFlag } from '$lib/language/contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { flagWords } from '../filter/words.ts';

export function requestWords(): RequestWords {
  return {
    title: m.translator_sheet_title(),
    instructionsTitle: m.translator_sheet_instructions(),
    instructions: [
      m.translator_sheet_rule_column(),
      m.translator_sheet_rule_reference(),
      m.translator_sheet_rule_machine(),
      m.translator_sheet_rule_context(),
      m.translator_sheet_rule_whole(),
      m.translator_sheet_rule_form(),
      m.translator_sheet_rule_return()
    ],
    formTitle: m.translator_sheet_form(),
    fields: { '(i)': m.translator_name(), '(ii)': m.translator_qualification(), '(iii)': m.translator_sheet_date() },
    linesTitle: m.translator_sheet_lines(),
    columns: {
      A: m.translator_sheet_reference(),
      B: m.translator_sheet_about(),
      C: m.translator_sheet_original(),
      D: m.translator_sheet_machine(),
      E: m.translator_sheet_caveat(),
      F: m.translator_sheet_translation(),
      G: m.translator_sheet_note()
    },
    context: m.translator_sheet_context(),
    noMachine: m.translator_sheet_no_machine(),
    cut: m.translator_sheet_cut(),
    flags: Object.values(QualityFlag).flatMap((bit) => flagWords(bit).map((words) => [bit, words] as const)),
    caveat: m.messages_caveat({ model: '{model}' }),
    caveatDoubts: m.messages_caveat_doubts({ model: '{model}', doubts: '{doubts}' }),
    requestLine: m.translator_sheet_request({ number: '{number}', date: '{date}' }),
    countLine: m.translator_sheet_count({ lines: '{lines}', context: '{context}' }),
    buildLine: m.translator_sheet_build({ build: '{build}', root: '{root}' }),
    caseLine: m.translator_sheet_case({ label: '{label}' }),
    person: m.translator_sheet_person({ n: '{n}' }),
    unknownSender: m.messages_sender_unknown(),
    unknownTime: m.messages_time_none()
  };
}
