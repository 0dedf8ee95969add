import type { Answers } from '../answers/answers.ts';
import { pickedAnswers } from '../answers/picked.ts';
import { type AnswerTable, answerTable } from '../answers/table.ts';
import type { AnyBlueprint } from './blueprint.ts';
import type { MachineRole } from './machines.ts';

export interface Selected {
  readonly blueprint: AnyBlueprint;
  /** The feature's own answers. */
  // biome-ignore lint/suspicious/noExplicitAny: typed by the blueprint's own fields, checked by their schema.
  readonly own: any;
}

/** The features that these answers ask for on one kind of machine, in the order in which they are presented. */
export function selectBlueprints(
  answers: Answers,
  blueprints: readonly AnyBlueprint[],
  role: MachineRole = 'central',
): readonly Selected[] {
  return blueprints
    .filter((blueprint) => isFor(blueprint, role))
    .flatMap((blueprint) => {
      const { offer } = blueprint;
      if (!offer) return blueprint.applies?.(answers) === false ? [] : [{ blueprint, own: {} }];
      const own = pickedAnswers(answers, offer);
      return own ? [{ blueprint, own }] : [];
    })
    .sort((a, b) => a.blueprint.order - b.blueprint.order);
}

/** What is chosen from some lists is for every machine, such as a firewall. */
function isFor({ on, offer }: AnyBlueprint, role: MachineRole): boolean {
  const table: AnswerTable = answerTable;
  const row = offer && table[offer.section];
  const everywhere = row !== undefined && 'everywhere' in row && row.everywhere === true;
  return on === 'every' || everywhere || (on ?? 'central') === role;
}
