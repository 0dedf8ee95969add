/** Somebody pressed Ctrl-C or chose to stop; nothing was written. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'Cancelled';
  }
}
