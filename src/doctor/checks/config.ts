import type { Plan } from '../../plan/plan.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { request } from '../http.ts';
import { noAnswer, serverTrouble } from './no-answer.ts';

/** `config.js` sends browsers to this very site for signalling. */
export async function checkConfig({ plan, at }: Examination): Promise<readonly Finding[]> {
  const url = `${plan.url}/config.js`;
  const tries = at(plan.answers.domain).map(async (address): Promise<readonly Finding[]> => {
    const about = { check: 'config', subject: url, at: [address] } as const;
    const reply = await request({ address, url });
    if ('reason' in reply) return [{ ...about, ...noAnswer(reply) }];
    if (reply.status !== 200) return [{ ...about, ...serverTrouble(reply.status, 'web', plan) }];
    return [{ ...about, ...judge(reply.body, plan) }];
  });
  return (await Promise.all(tries)).flat();
}

function judge(text: string, plan: Plan): Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'> {
  const { host } = new URL(plan.url);
  const web = plan.services.find(({ name }) => name === 'web')?.environment ?? {};
  const wanted = {
    bosh: `https://${host}`,
    ...(!isOff(web.ENABLE_XMPP_WEBSOCKET) && { websocket: `wss://${host}` }),
  };
  const said = Object.keys(wanted).map((key) => [key, originIn(text, key, plan.url)] as const);
  const wrong = said.filter(([key, origin]) => origin !== wanted[key as keyof typeof wanted]);
  if (wrong.length === 0)
    return { outcome: 'ok', seen: `Signalling goes to ${Object.values(wanted).join(' and ')}.` };
  const seen = wrong
    .map(([key, origin]) =>
      origin === undefined ? `It names no ${key}.` : `Its ${key} is at ${origin}.`,
    )
    .join(' ');
  return {
    outcome: 'wrong',
    seen,
    why: `The page loads, and joining ends in “You have been disconnected”: browsers have to be sent to ${Object.values(wanted).join(' and ')}.`,
    fix: `The container of web was not started with PUBLIC_URL=${plan.url}: ./stack up on the server (a restart does not read it again), and look for PUBLIC_URL in compose.override.yaml and for bosh and websocket in jitsi/web/custom-config.js.`,
  };
}

/** `wss://meet.example.org` of the last `config.websocket = 'wss://meet.example.org/' + subdir + …`, or of `websocket: '…'`. */
function originIn(text: string, key: string, page: string): string | undefined {
  const assigned = new RegExp(`\\b${key}\\s{0,99}[:=]\\s{0,99}(['"])(.{0,999}?)\\1`, 'g');
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('//'));
  const literal = [...lines.join('\n').matchAll(assigned)].at(-1)?.[2];
  if (literal === undefined) return undefined;
  try {
    const { protocol, host } = new URL(literal, page);
    return `${protocol}//${host}`;
  } catch {
    return 'an address that cannot be read';
  }
}

/** Rendered as `0` for the images, and as its owner spelled it before. */
function isOff(value: unknown): boolean {
  return value === false || value === 0 || value === '0' || value === 'false';
}
