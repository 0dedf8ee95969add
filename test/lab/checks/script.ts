import { type Check, ensure, same } from '../check.ts';
import { edgeServices } from '../edges.ts';

/** What `./stack` says on an ordinary day. */
export const script: Check = {
  name: './stack up, status, logs, reload',
  services: [],
  async run({ stack, edge }) {
    const { url, answers, release } = stack.plan();
    const up = await stack.tryScript(['up']);
    same(up.code, 0, 'the exit code of up');
    same(up.stdout.trim(), url, 'what up says last');
    const status = await stack.tryScript(['status']);
    ensure(status.code === 0, `status ends with ${status.code}:\n${status.stdout}${status.stderr}`);
    ensure(status.stdout.startsWith(`${url}  (${release.tag})`), status.stdout);
    for (const { name, lifetime } of stack.plan().services) {
      const row = lifetime === 'once' ? /done/ : /running +healthy/;
      const line = status.stdout.split('\n').find((text) => text.startsWith(`${name} `)) ?? '';
      ensure(row.test(line), `status says of ${name}: ${line}`);
    }
    ensure(/ in certs\/ +\d+ days left, for .*turn\S+, by/.test(status.stdout), status.stdout);
    ensure(/ on port 443 +\d+ days left, for meet\S+/.test(status.stdout), status.stdout);
    const before = await stack.containers();
    const reload = await stack.script(['reload']);
    const takers = edgeServices(stack.plan()).filter((name) => /^(nginx|haproxy)$/.test(name));
    for (const taker of takers)
      ensure(new RegExp(`${taker} has taken over .*nobody`, 'i').test(reload), reload);
    ensure(/coturn has taken over its certificate/.test(reload), reload);
    const logs = await stack.script(['logs', edge === 'external' ? 'coturn' : 'nginx']);
    const own = edge === 'external' ? answers.turn.domain : answers.domain;
    ensure(logs.includes(String(own)) && logs.split('\n').length <= 210, `logs: ${logs}`);
    const again = await stack.tryScript(['up']);
    same(again.code, 0, 'the exit code of a second up');
    const after = await stack.containers();
    const pids = (list: typeof before) =>
      list
        .filter(({ pid }) => pid)
        .map(({ pid }) => pid)
        .sort();
    same(pids(after), pids(before), 'processes after reload and up, which should be the same');
    const odd = await stack.tryScript(['dance']);
    same(odd.code, 2, 'the exit code of a command that is not there');
    return 'healthy, with certificate and disk; reload and a second up replace no process';
  },
};
