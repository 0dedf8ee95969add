import { type Check, ensure } from '../check.ts';
import { until } from '../process.ts';
import { relayed } from './turn.ts';

/** New passwords for the services among themselves, in prosody and in .env. */
export const rotated: Check = {
  name: 'rotate: ./stack rotate',
  services: ['prosody', 'jicofo', 'jvb', 'coturn'],
  async run(lab) {
    const { stack } = lab;
    const names = stack.plan().secrets.map(({ name }) => name);
    const before = names.map(stack.secret);
    await stack.script(['rotate', '--yes']);
    await stack.healthy();
    const same = names.filter((name, index) => stack.secret(name) === before[index]);
    ensure(same.length === 0, `not replaced: ${same.join(', ')}`);
    for (const service of ['jicofo', 'jvb']) {
      const log = await stack.logs(service);
      ensure(!/was refused|SASLError/.test(log), `${service} was refused its new password`);
    }
    await until('the relay takes the new credentials', 15, () =>
      relayed.run(lab).then(
        () => true,
        () => false,
      ),
    ).catch(() => relayed.run(lab));
    return `${names.join(', ')}; everything healthy, the relay takes what prosody hands out`;
  },
};
