/** The drawing's colours, asked of the tokens: WebGL knows no custom properties. */
import { tokenColor } from '$lib/ui/token-color.ts';

export interface GraphColours {
  readonly text: string;
  readonly muted: string;
  readonly surface: string;
  readonly edge: string;
  readonly pale: string;
  readonly accent: string;
  readonly alone: string;
  readonly ofToken: (token: string) => string;
}

/** Ask again after a change of theme. */
export function graphColours(): GraphColours {
  const known = new Map<string, string>();
  const ofToken = (token: string): string => {
    const found = known.get(token) ?? tokenColor(token);
    known.set(token, found);
    return found;
  };
  return {
    text: ofToken('--text'),
    muted: ofToken('--muted'),
    surface: ofToken('--surface'),
    edge: between(ofToken('--hairline'), ofToken('--line'), 0.3),
    pale: ofToken('--hairline'),
    accent: ofToken('--accent'),
    alone: ofToken('--line'),
    ofToken
  };
}

/** An opaque colour between two: WebGL adds up see-through lines to white on a dark ground. */
function between(from: string, to: string, share: number): string {
  const parts = (colour: string): number[] => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [a, b] = [parts(from), parts(to)];
  if (a.length < 3 || b.length < 3) return from;
  return `rgb(${a.map((value, i) => Math.round(value + share * ((b[i] as number) - value))).join(', ')})`;
}
