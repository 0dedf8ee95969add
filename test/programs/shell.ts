import type { Outcome } from './command.ts';
import { inSandbox } from './sandbox.ts';

/** Has the POSIX shell parse a script, and shellcheck read it unless parsing will do. */
export async function shellCheck(
  directory: string,
  file: string,
  { parseOnly = false } = {},
): Promise<Outcome> {
  const binds = { '/scripts': directory };
  const parsed = await inSandbox('sh', ['-n', `/scripts/${file}`], { binds });
  if (!parsed.ok || parseOnly) return parsed;
  return inSandbox('shellcheck', ['--shell=sh', '--color=never', `/scripts/${file}`], { binds });
}
