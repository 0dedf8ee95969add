import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureCommands } from '../packages.ts';
import { run, until } from '../process.ts';
import { type Namespace, start } from '../world/namespace.ts';

/** A telephone exchange at a machine of the world: Kamailio, at which a gateway registers, and SIPp, which calls it. */
export interface Exchange {
  /**
   * Calls the gateway and talks for four seconds: `answered`, or the status that refused it.
   *
   * @param room what the header for the gateway says; without it there is none
   */
  readonly call: (room?: string) => Promise<string>;
  readonly said: () => string;
  readonly stop: () => Promise<void>;
}

/** The account of the gateway there. */
export interface Account {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

/** Starts one at an address of a machine. */
export async function startExchange(
  at: Namespace,
  address: string,
  { user, domain, password }: Account,
  directory: string,
): Promise<Exchange> {
  await ensureCommands({ kamailio: 'kamailio', sipp: 'sip-tester' });
  const modules = (await run('sh', ['-c', 'echo /usr/lib/*/kamailio/modules'])).trim();
  const configuration = path.join(directory, 'kamailio.cfg');
  const words: Readonly<Record<string, string>> = {
    ...{ ADDRESS: address, MODULES: modules, DOMAIN: domain, PASSWORD: password },
  };
  const text = readFileSync(path.join(import.meta.dirname, 'kamailio.cfg'), 'utf8');
  writeFileSync(
    configuration,
    text.replace(/@([A-Z]+)@/g, (_, name: string) => words[name] ?? ''),
  );
  // In the foreground, and all its processes end with the first.
  const running = start(at, [
    ...['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...['kamailio', '-DD', '-E', '-f', configuration, '-Y', directory],
  ]);
  await until('the exchange listens', 60, async () =>
    (await at.run(['ss', '-Hlun'])).includes(`${address}:5060`),
  ).catch(async (error) => {
    await running.stop();
    throw new Error(`${error.message}\n${running.said()}`);
  });
  const scenario = path.join(import.meta.dirname, 'call.xml');
  return {
    said: running.said,
    stop: running.stop,
    async call(room) {
      const header = room === undefined ? 'X-Caller: 49301111' : `X-Room-Name: ${room}`;
      const { code, stdout, stderr } = await at.attempt(
        [
          ...['sipp', `${address}:5060`, '-sf', scenario, '-s', user, '-key', 'header', header],
          ...['-i', address, '-p', '5070', '-mi', address, '-mp', '6000', '-rtp_echo'],
          ...['-m', '1', '-timeout', '60', '-timeout_error', '-nostdin', '-trace_err'],
          ...['-error_file', path.join(directory, 'sipp.log')],
        ],
        { cwd: directory, seconds: 90 },
      );
      if (code === 0) return 'answered';
      const why = /SIP\/2\.0 (\d+)/.exec(
        readFileSync(path.join(directory, 'sipp.log'), { encoding: 'utf8', flag: 'a+' }),
      );
      return why?.[1] ?? `${code} ${stdout.slice(-300)} ${stderr.slice(-300)}`;
    },
  };
}
