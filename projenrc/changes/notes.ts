/**
 * Prints what CHANGELOG.md says of the newest version.
 *
 *     npx tsx projenrc/changes/notes.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../maintain.ts';
import { newestNotes } from './changelog.ts';

process.stdout.write(newestNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
