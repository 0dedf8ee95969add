/** The service that carries the meetings, and how it is asked about them from inside its container. */
export interface Meetings {
  readonly service: string;
  /** Where its own numbers are, as Prometheus reads them, and which of them counts meetings. */
  readonly metrics: string;
  readonly gauge: string;
  /** The address below which `/enable` keeps new meetings away and `/disable` lets them in again. */
  readonly drain: string;
}
