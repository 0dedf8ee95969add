import { blueprints } from '../../blueprints/index.ts';
import { sectionsOf } from '../answers/sections.ts';

/** Every question, of all features. */
export const questions = sectionsOf(blueprints);
