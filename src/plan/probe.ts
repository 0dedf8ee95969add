/** An address of the page by which the doctor sees that a program beside Jitsi answers there. */
export interface Probe {
  readonly path: string;
  /** What it answers when all is well: a page, or the change to a WebSocket. */
  readonly answers: 'page' | 'websocket';
  readonly service: string;
}
