/** Thrown if a fix cannot be made in the files as they are; caught in `planFix`. */
export class CannotFix extends Error {
  /** @param why a clause without a full stop */
  constructor(why: string) {
    super(why);
    this.name = 'CannotFix';
  }
}
