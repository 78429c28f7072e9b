import { describe, expect, it } from 'vitest';
import { harmLines, staysLine } from './harm-words.ts';

describe('damage in words', () => {
  it('names rows and files, what an officer wrote, and what is missing at the end', () => {
    const lines = harmLines({
      mended: 0,
      lost: [
        { seq: 4, kind: 'messages', rows: { from: 16_384, to: 32_768 }, sources: ['report.xml'] },
        { seq: 9, kind: 'identity', rows: null, sources: [] },
        { seq: 12, kind: 'directory', rows: null, sources: ['chat.txt'] }
      ],
      beyond: 2,
      stays: null
    });
    expect(lines).toEqual([
      'Block 4: messages 16,385 to 32,768 of report.xml. They stand as empty rows.',
      'Block 9: decisions about persons.',
      'Block 12: accounts or attachments of chat.txt.',
      'The newest 2 blocks that this device wrote are missing; what stood in them is not known.'
    ]);
  });

  it('says why a case keeps its blocks in an older form', () => {
    const said = (['no-room', 'damaged', 'failed'] as const).map(staysLine);
    expect(new Set(said).size).toBe(3);
    for (const line of said) expect(line).toMatch(/nothing (?:of it )?is lost|nothing was changed/i);
  });

  it('says nothing where every block came back', () => {
    expect(harmLines({ mended: 3, lost: [], beyond: 0, stays: null })).toEqual([]);
  });
});
