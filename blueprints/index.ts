// create-jitsi-stack: written by `npx projen` from the folders beside it.
import type { AnyBlueprint } from '../src/blueprint.ts';

/** Every feature, in the order of their folder names. */
export const blueprints: readonly AnyBlueprint[] = [
];
