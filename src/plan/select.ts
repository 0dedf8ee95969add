import type { Answers } from '../answers/answers.ts';
import { pickedAnswers } from '../answers/picked.ts';
import type { AnyBlueprint } from './blueprint.ts';

export interface Selected {
  readonly blueprint: AnyBlueprint;
  /** The feature's own answers. */
  // biome-ignore lint/suspicious/noExplicitAny: typed by the blueprint's own fields, checked by their schema.
  readonly own: any;
}

/** The features that these answers ask for, in the order in which they are presented. */
export function selectBlueprints(
  answers: Answers,
  blueprints: readonly AnyBlueprint[],
): readonly Selected[] {
  return blueprints
    .flatMap((blueprint) => {
      const { offer } = blueprint;
      if (!offer) return blueprint.applies?.(answers) === false ? [] : [{ blueprint, own: {} }];
      const own = pickedAnswers(answers, offer);
      return own ? [{ blueprint, own }] : [];
    })
    .sort((a, b) => a.blueprint.order - b.blueprint.order);
}
