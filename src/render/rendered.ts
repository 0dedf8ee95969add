import type { PlannedFile } from '../plan/plan.ts';

/** A file of the stack, ready to be written. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
  readonly kind: PlannedFile['kind'];
}
