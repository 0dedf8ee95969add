/**
 * Makes the next version of the files in `changes/`: writes its section into CHANGELOG.md and removes them. `npx projen`
 * then takes the version from there. Without such a file there is nothing to do.
 *
 *     npx tsx projenrc/changes/release.ts
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { maintain, root } from '../maintain.ts';
import { readChanges } from './change.ts';
import { newestVersion, nextVersion, sectionOf, withSection } from './changelog.ts';

await maintain(() => {
  const changes = readChanges(join(root, 'changes'));
  if (changes.length === 0) return 'Nothing has changed since the last version.';
  const file = join(root, 'CHANGELOG.md');
  const changelog = readFileSync(file, 'utf8');
  const version = nextVersion(newestVersion(changelog), changes);
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(file, withSection(changelog, sectionOf(version, today, changes)));
  for (const change of changes) rmSync(join(root, 'changes', change.file));
  return `CHANGELOG.md has ${version} with ${changes.length} changes. Next: npx projen`;
});
