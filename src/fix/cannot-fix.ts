/** Why a fix cannot be made out of the files as they are; caught where fixes are planned. */
export class CannotFix extends Error {
  /** @param why a clause without a full stop that follows "as" */
  constructor(why: string) {
    super(why);
    this.name = 'CannotFix';
  }
}
