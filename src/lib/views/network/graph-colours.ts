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
    edge: seeThrough(ofToken('--line'), 0.4),
    pale: ofToken('--hairline'),
    accent: ofToken('--accent'),
    alone: ofToken('--line'),
    ofToken
  };
}

/** The colour with less ink: where many lines cross they still add up. */
function seeThrough(colour: string, alpha: number): string {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  return parts === null ? colour : `rgba(${parts[1]}, ${parts[2]}, ${parts[3]}, ${alpha})`;
}
