/** Draws the PNG icons from static/icons/skein.svg with the installed Chromium. Run by hand when the mark changes. */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.ts';

const svg = readFileSync('static/icons/skein.svg', 'utf8');
/** A maskable icon is cut to any shape: the mark keeps to the middle and the ground runs to the edge. */
const maskable = svg.replace('rx="5.5"', '').replace('translate(2.4 2.4) scale(0.8)', 'translate(4.8 4.8) scale(0.6)');
const icons: readonly (readonly [name: string, size: number, markup: string])[] = [
  ['skein-192', 192, svg],
  ['skein-512', 512, svg],
  ['skein-maskable-512', 512, maskable]
];

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('Chromium is needed to draw the icons.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
for (const [name, size, markup] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${markup}`);
  await page.screenshot({ path: `static/icons/${name}.png`, omitBackground: true });
  await page.close();
}
await browser.close();
