/** What `./stack check` asks besides, in the container of a service that runs: a line “state name words” for each thing. */
export interface Standing {
  readonly service: string;
  /** Prints the lines, in which a state is ok, warning or critical; fails where it cannot say. */
  readonly command: readonly string[];
}
