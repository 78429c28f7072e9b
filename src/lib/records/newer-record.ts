/** A block was written by a later version of the app. */
export class NewerRecord extends Error {
  // The name under which an opening case reports a block that it cannot read.
  override readonly name = 'BlockError';
}
