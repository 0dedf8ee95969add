import { find, type ProgramName } from './find.ts';

type Test = (name: string, body: () => Promise<void> | void) => void;
type Suite = Test & { skip: Test };

/**
 * Tests that need real programs: as they are where the programs exist, skipped loudly where they do not. With `CI=true`
 * a skip is a failure, so that nobody takes a machine that checks nothing for one that finds nothing.
 */
export async function needs(
  suite: Suite,
  ...programs: readonly (ProgramName | 'root')[]
): Promise<Test> {
  for (const program of programs) {
    const missing = program === 'root' ? missingRoot() : await missingProgram(program);
    if (missing !== undefined) return unable(suite, `${program}: ${missing}`);
  }
  return suite;
}

function unable(suite: Suite, reason: string): Test {
  return (name, body) => {
    if (process.env.CI === 'true') {
      suite(name, () => {
        throw new Error(`not run: ${reason}`);
      });
      return;
    }
    console.error(`SKIPPED ${name}: ${reason}`);
    suite.skip(name, body);
  };
}

async function missingProgram(program: ProgramName): Promise<string | undefined> {
  const found = await find(program);
  return 'missing' in found ? found.missing : undefined;
}

function missingRoot(): string | undefined {
  return process.getuid?.() === 0 ? undefined : 'network namespaces need root';
}
