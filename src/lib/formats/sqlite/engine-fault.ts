/** What SQLite says is wrong with a file: its own words, for the findings. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
  /** True where the file is damaged; false where this SQLite cannot do what was asked (an unknown collation, UTF-16). */
  readonly isDamage: boolean;
  constructor(message: string, isDamage: boolean) {
    super(message);
    this.isDamage = isDamage;
  }
}
