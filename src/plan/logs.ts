/** Who takes what the containers print, as syslog over UDP at the fixed address of its service, besides what Docker keeps. */
export interface Logs {
  readonly service: string;
  readonly port: number;
  /** Services whose lines stay with Docker: those that would speak of their own lines. */
  readonly except: readonly string[];
}
