/** Why it cannot go on, by a word that whoever started this knows. */
export class Failure extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}
