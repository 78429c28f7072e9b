/** Light, dark, or as the system says. The choice is a preference, so it may stand in localStorage. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'skein.theme';

export class ThemeState {
  #choice = $state<ThemeChoice>('system');
  #systemIsDark = $state(false);

  constructor() {
    const stored = localStorage.getItem(KEY);
    if (stored === 'light' || stored === 'dark') this.#choice = stored;
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemIsDark = query.matches;
    query.addEventListener('change', (event) => (this.#systemIsDark = event.matches));
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }
  /** What is on screen now; read it where colours are drawn by hand (canvas, WebGL). */
  get current(): 'light' | 'dark' {
    if (this.#choice !== 'system') return this.#choice;
    return this.#systemIsDark ? 'dark' : 'light';
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    if (choice === 'system') {
      localStorage.removeItem(KEY);
      delete document.documentElement.dataset['theme'];
    } else {
      localStorage.setItem(KEY, choice);
      document.documentElement.dataset['theme'] = choice;
    }
  }

  /** The other of light and dark than what is on screen. */
  toggle(): void {
    this.choose(this.current === 'dark' ? 'light' : 'dark');
  }
}
