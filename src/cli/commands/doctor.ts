import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { readEnvFile } from '../../adopt/read/env.ts';
import { proxyOf } from '../../answers/detect/proxies.ts';
import { noStack } from '../../answers/gather.ts';
import { isInCluster } from '../../answers/whose.ts';
import { systemAuthorities } from '../../doctor/authorities.ts';
import type { NameLookup } from '../../doctor/examination.ts';
import { examine } from '../../doctor/examine.ts';
import { exitCode, StackError } from '../../errors.ts';
import { accessIn, bridgeIn, firewallIn, pinsIn, stackIn } from '../../inspect.ts';
import type { CommandContext } from '../context.ts';
import { diagnosisJson, diagnosisText } from '../report/doctor.ts';
import { chooseDirectory } from '../wizard/directory.ts';
import type { RunCommand } from './command.ts';

/** Looks at a running stack as people reach it, from wherever this repository is. */
export const doctor: RunCommand = async (invocation, context) => {
  const { print, terminal } = context;
  const named = await chooseDirectory(invocation, context.directory, undefined);
  const directory = resolve(context.directory, named);
  const stack = await stackIn(directory, invocation, context);
  if (!stack) throw noStack(named);
  if (isInCluster(stack.plan.answers)) throw inCluster(named);
  const asker = terminal.interactive && !invocation.json ? await context.asker() : undefined;
  const done = asker?.wait(`Looking at ${stack.plan.answers.domain}`);
  const certificate = readable(() => readFileSync(join(directory, 'certs/fullchain.pem'), 'utf8'));
  const turnSecret = readable(
    () => readEnvFile(join(directory, '.env'), '.env')?.get('TURN_CREDENTIALS')?.value,
  );
  const diagnosis = await examine(stack.plan, {
    access: await accessIn(directory, stack.plan),
    bridge: await bridgeIn(directory, stack.plan),
    pins: pinsIn(directory),
    firewall: firewallIn(directory, stack.plan),
    proxyOf,
    interfaces: networkInterfaces(),
    authorities: systemAuthorities(),
    lookUp: (name) => lookUp(name, context),
    ...(turnSecret && { turnSecret }),
    ...(certificate && { certificate }),
    daemon: await (await context.host()).daemon(),
  });
  done?.();
  print(invocation.json ? diagnosisJson(diagnosis) : diagnosisText(diagnosis, terminal));
  const wrong = diagnosis.findings.some(({ outcome }) => outcome === 'wrong');
  return wrong ? exitCode.attention : exitCode.done;
};

function inCluster(named: string): StackError {
  return new StackError({
    where: named,
    what: 'This stack runs in a cluster, and the doctor knows servers only.',
    fix: 'kubectl get pods shows what does not run; README.md there has the rest under “Something is wrong”.',
  });
}

/** A name server that has to ask others first is often too slow for one question, and quick at the next. */
async function lookUp(name: string, { host }: CommandContext): Promise<NameLookup> {
  for (let tries = 1; ; tries++) {
    const answer = await (await host()).lookUp(name);
    if (answer.outcome !== 'unknown' || tries === 3) return answer;
  }
}

/** What is not on this machine, or not for this user, is not looked at. */
function readable(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
