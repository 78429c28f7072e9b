import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextColumn } from '../evidence/columns.ts';
import { TextShapes } from './text-shapes.ts';

it('numbers distinct texts and counts characters, however often it is extended', async () => {
  const text = fc.oneof(fc.constantFrom('', 'da', 'vin acum', 'ă', '😂😂', 'слово'), fc.string({ unit: 'grapheme' }));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 40 }), fc.integer({ min: 0, max: 40 }), async (texts, cut) => {
      const body = new TextColumn();
      for (const one of texts) body.push(one);
      const shapes = new TextShapes();
      await shapes.extend(body, Math.min(cut, texts.length));
      await Promise.all([shapes.extend(body, texts.length), shapes.extend(body, texts.length)]);
      const well = texts.map((one) => one.toWellFormed());
      const first = [...new Set(well)];
      expect([...shapes.characters.view()]).toEqual(well.map((one) => [...one].length));
      expect([...shapes.text.view()]).toEqual(well.map((one) => first.indexOf(one)));
      expect(shapes.distinct).toBe(first.length);
    })
  );
});
