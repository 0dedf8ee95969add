import type { Scalar } from './service.ts';

/**
 * What a feature hands to its own templates: values to print, lists to loop over, and switches for `if`. Plain JSON. A
 * template may ask only for names that are there, so what is not wanted is `false` or empty, never left out.
 */
export type View = { readonly [name: string]: ViewValue };
export type ViewValue = Scalar | View | readonly ViewValue[];

/** Values to print in a row: whether something has to be put between each and the one before it. */
export function series<T extends ViewValue>(
  values: Iterable<T>,
): readonly { readonly value: T; readonly further: boolean }[] {
  return [...values].map((value, index) => ({ value, further: index > 0 }));
}
