import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheDirectory } from './cache.ts';
import { ensureCommands } from './packages.ts';
import { run } from './process.ts';

/**
 * A Maven project as a folder for an image: `classes`, and in `lib` all jars that it needs. Made once for each state of
 * its files, with this machine's own Maven and its settings: they know how Maven Central is reached from here.
 */
export async function programOf(project: string, hash: string): Promise<string> {
  const home = path.join(cacheDirectory('programs'), `${path.basename(project)}-${hash}`);
  if (existsSync(home)) return home;
  await ensureCommands({ mvn: 'maven', javac: 'default-jdk-headless' });
  const workshop = `${home}.${process.pid}`;
  try {
    mkdirSync(workshop);
    cpSync(project, path.join(workshop, 'project'), { recursive: true });
    const goals = ['compile', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
    await run('mvn', ['--batch-mode', '--quiet', ...goals], {
      cwd: path.join(workshop, 'project'),
    });
    const [from, made] = [path.join(workshop, 'project/target'), path.join(workshop, 'made')];
    mkdirSync(made);
    renameSync(path.join(from, 'classes'), path.join(made, 'classes'));
    renameSync(path.join(from, 'dependency'), path.join(made, 'lib'));
    renameSync(made, home);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return home;
}
