import { type Check, ensure, same } from '../check.ts';
import { until } from '../process.ts';

interface Document {
  readonly state: string;
  readonly checks: readonly { readonly check: string; readonly state: string }[];
}

/** What `./stack check` says while the bridge is away, and before and after. */
export const wellbeing: Check = {
  name: './stack check: well, without its bridge, well again',
  services: ['jicofo', 'jvb'],
  long: true,
  async run({ stack, edge }) {
    /** Of the server itself other programs decide: how full, and whose clock. */
    const own = ['disk', 'memory', 'clock'];
    const ask = async () => {
      const { code, stdout, stderr } = await stack.tryScript(['check', '--json']);
      ensure(code !== null && code < 3, `check ends with ${code}: ${stderr}`);
      const { state, checks }: Document = JSON.parse(stdout);
      same(['ok', 'warning', 'critical'].indexOf(state), code, 'the exit code of check');
      const bad = checks.filter((one) => one.state === 'critical').map(({ check }) => check);
      return { checks, bad: bad.filter((check) => !own.includes(check)) };
    };
    const { checks, bad } = await ask();
    same(bad, [], 'what is critical');
    const well = checks.filter(({ state }) => state === 'ok').map(({ check }) => check);
    // The owner's own proxy is none of the stack's services.
    const proxies = edge === 'external' ? [] : ['nginx'];
    for (const name of ['docker', ...proxies, 'prosody', 'jvb', 'coturn', 'certificate', 'certs'])
      ensure(well.includes(name), `${name} is not ok: ${JSON.stringify(checks)}`);
    await stack.compose(['stop', '--timeout', '2', 'jvb']);
    try {
      ensure((await ask()).bad.includes('jvb'), 'the bridge is not missed');
      await until('jicofo misses it too', 90, async () => (await ask()).bad.includes('jicofo'));
      const { code, stdout } = await stack.tryScript(['check']);
      same(code, 2, 'the exit code without a bridge');
      ensure(/^critical +(jvb|jicofo) /.test(stdout), stdout);
    } finally {
      await stack.compose(['start', 'jvb']);
      await stack.healthy();
    }
    same((await ask()).bad, [], 'what is critical afterwards');
    return 'Docker, services, certificate; exit codes 2 and 0 or 1, lines and JSON';
  },
};
