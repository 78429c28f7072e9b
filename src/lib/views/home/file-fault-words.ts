/** Why a case file is refused, in the reader's language, with the place. */
import type { FileFault } from '$lib/jobs/case.contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount } from '$lib/ui/format.ts';

export function fileFaultWords(fault: FileFault): string {
  switch (fault.code) {
    case 'no-case-file':
      return m.restore_no_case_file();
    case 'newer-version':
      return m.restore_newer();
    case 'wrong-secret':
      return m.restore_wrong();
    case 'damaged': {
      const offset = formatCount(fault.byteOffset);
      if (fault.part === 'header' || fault.chunk === null) return m.restore_damaged_header({ offset });
      const chunk = formatCount(fault.chunk);
      if (fault.part === 'end') return m.restore_damaged_end({ chunk, offset });
      return fault.part === 'content' ? m.restore_damaged_content({ chunk, offset }) : m.restore_damaged_chunk({ chunk, offset });
    }
  }
}
