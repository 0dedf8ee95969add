import type { Stated } from '../evidence.ts';
import type { YamlFile } from './yaml.ts';

/** The compose file that is read, and the variables that it is read with. */
export interface ComposeSource {
  /** Directory of the installation. */
  readonly directory: string;
  /** Directory of its project: paths in it start there. */
  readonly folder: string;
  readonly name: string;
  readonly yaml: YamlFile;
  readonly env: ReadonlyMap<string, Stated>;
}
