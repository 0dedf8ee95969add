import { type Check, ensure } from '../check.ts';
import { until } from '../process.ts';

/** Whatever dies comes back by itself. */
export const killed: Check = {
  name: 'kill -9 of each container',
  services: ['prosody', 'jicofo', 'jvb', 'edge'],
  async run({ stack }) {
    // Docker would not start again what it believes to have been told to stop.
    await stack.script(['reload']);
    const victims = (await stack.containers()).filter(({ state }) => state === 'running');
    for (const { service, pid } of victims) {
      process.kill(pid, 'SIGKILL');
      await until(`${service} runs again`, 30, async () => {
        const now = (await stack.containers()).find((it) => it.service === service);
        return now?.state === 'running' && now.pid !== pid && now.pid > 0;
      });
    }
    await stack.healthy(180);
    const after = await stack.containers();
    const often = after.filter(({ restarts }) => restarts > 3).map(({ service }) => service);
    ensure(often.length === 0, `started again and again: ${often.join(', ')}`);
    return `${victims.length} killed one after the other, all healthy again`;
  },
};
