import type { Examination } from '../examination.ts';
import { type Finding, findingOf } from '../finding.ts';

/** What the compose files name, which is not what a rebuild makes of it: images of before a fix that is known. */
export function checkImages({ pins }: Examination): readonly Finding[] {
  if (!pins) return [];
  if (pins.length === 0) {
    const seen = 'No image in the compose files is of before a fix that this version knows.';
    return [{ check: 'images', subject: 'compose.yaml', outcome: 'ok', seen }];
  }
  return pins.map((pin) => findingOf(pin, 'images', 'compose.yaml'));
}
