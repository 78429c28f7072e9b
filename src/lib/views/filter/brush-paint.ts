/** Draws the brush on a canvas: gaps hatched, the whole case pale, the filtered set strong, the chosen span tinted. */
import { bars, gaps, greatest, shareOf, type Histogram, type Span } from './brush.ts';

export interface BrushColours {
  readonly pale: string;
  readonly strong: string;
  readonly tint: string;
  readonly hatch: string;
}

export interface BrushPicture {
  readonly extent: Span;
  /** The set without its time part, or null where it is not known. */
  readonly around: Histogram | null;
  readonly shown: Histogram;
  readonly chosen: Span | null;
}

export function paintBrush(canvas: HTMLCanvasElement, picture: BrushPicture, colours: BrushColours): void {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const { extent, around, shown, chosen } = picture;
  if (chosen !== null) {
    const from = shareOf(extent, chosen.fromMs) * width;
    context.fillStyle = colours.tint;
    context.fillRect(from, 0, Math.max(2, shareOf(extent, chosen.toMs) * width - from), height);
  }
  for (const gap of gaps(around ?? shown, extent)) {
    const from = shareOf(extent, gap.fromMs) * width;
    hatch(context, from, shareOf(extent, gap.toMs) * width - from, height, colours.hatch);
  }
  const most = Math.max(greatest(shown.counts), around === null ? 0 : greatest(around.counts));
  if (around !== null) drawBars(context, around, extent, most, width, height, colours.pale);
  drawBars(context, shown, extent, most, width, height, colours.strong);
}

function drawBars(
  context: CanvasRenderingContext2D,
  histogram: Histogram,
  extent: Span,
  most: number,
  width: number,
  height: number,
  colour: string
): void {
  context.fillStyle = colour;
  for (const bar of bars(histogram, extent, most)) {
    const wide = bar.width * width;
    const tall = Math.max(1.5, bar.height * (height - 2));
    context.fillRect(bar.x * width, height - tall, Math.max(1, wide > 3 ? wide - 1 : wide), tall);
  }
}

function hatch(context: CanvasRenderingContext2D, x: number, width: number, height: number, colour: string): void {
  context.save();
  context.beginPath();
  context.rect(x, 0, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 6) {
    context.moveTo(at, height);
    context.lineTo(at + height, 0);
  }
  context.stroke();
  context.restore();
}
