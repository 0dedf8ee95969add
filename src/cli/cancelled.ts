/** Somebody pressed Ctrl-C or chose to stop; nothing was written. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'Cancelled';
  }
}

/** Somebody wants the question before this one again. Where there is none, that ends the questions like any other end. */
export class Back extends Cancelled {}
