/** What is wrong with a server that was tried, as sentences. */
export interface Tried {
  readonly text: string;
  /** The name of the password that it refused. */
  readonly refused?: string;
}
