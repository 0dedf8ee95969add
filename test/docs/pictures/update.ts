import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { photographs, pictures } from './all.ts';

const wanted = process.argv[2] === 'browser' ? photographs : pictures;
for (const [name, draw] of Object.entries(wanted))
  writeFileSync(join(import.meta.dirname, '../../../docs/images', name), await draw());
