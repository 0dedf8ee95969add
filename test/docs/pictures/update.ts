import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from './all.ts';

for (const [name, draw] of Object.entries(pictures))
  writeFileSync(join(import.meta.dirname, '../../../docs/images', name), await draw());
