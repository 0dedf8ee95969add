import path from 'node:path';
import { ensure, same } from '../../check.ts';
import type { Further } from '../../further.ts';
import type { HostFirewall } from '../../host-firewall.ts';
import { answer } from '../../owner.ts';
import { attempt, until } from '../../process.ts';
import type { Lab } from '../../session.ts';
import { join, refused, untilSeen } from './scene.ts';

/** New passwords: the machines are named, stay outside with the old one, and come with the new one. */
export async function rotated(lab: Lab, further: readonly Further[]): Promise<void> {
  const said = await lab.stack.script(['rotate', '--yes']);
  const all = further.map(({ name }) => name).join(' ');
  ensure(said.includes(`password or certificate that is new to them: ${all}.`), said);
  for (const { name } of further) await untilSeen(lab, name, 'no');
  const [first] = further;
  if (first) await refused(first, /does not take the password/);
  for (const machine of further) await join(machine);
  for (const { name } of further) await untilSeen(lab, name, 'yes');
}

/** A machine is taken out of the answers: no password of it stays behind, and it is let in no more. */
export async function removed(
  lab: Lab,
  answers: object,
  gone: Further,
  firewall: HostFirewall,
): Promise<void> {
  const { stack, world } = lab;
  await answer(lab, answers);
  await stack.script(['up']);
  await firewall.install();
  const folder = path.join(stack.directory, 'machines', gone.name);
  const names = ['.env', '-o', '-name', 'trust.jks', '-o', '-name', 'compose.yaml'];
  const left = await attempt('find', [folder, '-name', ...names]);
  same(left.stdout, '', 'files of a machine that was removed');
  for (const central of world.own) {
    const knock = `exec 3<>/dev/tcp/${central}/5222`;
    await until(`the machine is let in no more at ${central}`, 60, async () => {
      const { code } = await gone.at.attempt(['timeout', '3', 'bash', '-c', knock]);
      return code !== 0;
    });
  }
  await gone.stack.script(['down', '--now']);
}
