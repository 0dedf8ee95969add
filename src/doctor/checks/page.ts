import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { type Reply, request, type Silence } from '../http.ts';
import { noAnswer, serverTrouble } from './no-answer.ts';

/** The page is Jitsi's, plain HTTP leads to it, and browsers are told to come back over HTTPS. */
export async function checkPage(examination: Examination): Promise<readonly Finding[]> {
  const { plan, at } = examination;
  const plain = plan.endpoints.find(({ name }) => name === 'http');
  const tries = at(plan.answers.domain).map(async (address): Promise<readonly Finding[]> => {
    const [page, redirect] = await Promise.all([
      request({ address, url: `${plan.url}${jitsiAt(plan)}` }),
      plain && request({ address, url: `http://${plan.answers.domain}:${plain.port}/` }),
    ]);
    return [
      { ...judgePage(page, examination), at: [address] },
      ...(plain && redirect
        ? [{ ...judgeRedirect(redirect, plain.port, examination), at: [address] }]
        : []),
      ...judgeHeader(page, examination).map((finding) => ({ ...finding, at: [address] })),
    ];
  });
  return (await Promise.all(tries)).flat();
}

/** Where the owner has a front page of his own, Jitsi's is at the names of rooms. */
function jitsiAt({ answers: { branding } }: Examination['plan']): string {
  return branding.welcome === 'own' ? '/doctor' : '/';
}

function judgePage(reply: Reply | Silence, { plan }: Examination): Finding {
  const about = { check: 'page', subject: `${plan.url}${jitsiAt(plan)}` } as const;
  if ('reason' in reply) return { ...about, ...noAnswer(reply) };
  if (reply.status !== 200) return { ...about, ...serverTrouble(reply.status, 'web', plan) };
  // Every version of the page loads lib-jitsi-meet, however it is called.
  if (/jitsi/i.test(reply.body)) return { ...about, outcome: 'ok', seen: 'It is Jitsi’s page.' };
  return {
    ...about,
    outcome: 'wrong',
    seen: 'It answers 200, but with another page than Jitsi’s.',
    why: 'Another site or program has this name or port.',
    fix: `Check what listens there on the server, and whether ${plan.trustedProxy.name} sends ${plan.answers.domain} to this stack.`,
  };
}

function judgeRedirect(reply: Reply | Silence, port: number, { plan }: Examination): Finding {
  const about = { check: 'page', subject: `port ${port}` } as const;
  if ('reason' in reply) return { ...about, ...noAnswer(reply) };
  const to = (reply.headers.location ?? '').slice(0, 200);
  if (reply.status >= 300 && reply.status < 400 && `${to}/`.startsWith(`${plan.url}/`))
    return { ...about, outcome: 'ok', seen: 'Plain HTTP is redirected to https.' };
  return {
    ...about,
    outcome: 'wrong',
    seen: `Plain HTTP answers ${reply.status}${to ? ` and leads to ${to}` : ''}.`,
    why: 'Browsers give camera and microphone to https pages only.',
    fix: `${plan.trustedProxy.name} has to redirect it to ${plan.url}/${plan.trustedProxy.listen ? ': see nginx/meet.conf' : ''}.`,
  };
}

/** The owner's own proxy may do without. */
function judgeHeader(reply: Reply | Silence, { plan }: Examination): readonly Finding[] {
  if (!plan.trustedProxy.listen || 'reason' in reply || reply.status !== 200) return [];
  const about = { check: 'page', subject: 'HSTS' } as const;
  const age = /max-age=(\d+)/.exec(reply.headers['strict-transport-security'] ?? '')?.[1];
  if (Number(age) > 0)
    return [{ ...about, outcome: 'ok', seen: 'Browsers are told to use https only.' }];
  return [
    {
      ...about,
      outcome: 'wrong',
      seen: 'The header Strict-Transport-Security is missing.',
      why: 'nginx/meet.conf of this stack sets it, so something else answers, or an edit has taken it out.',
      fix: 'Compare with npx create-jitsi-stack@latest explain nginx/meet.conf; on the server: ./stack reload.',
    },
  ];
}
