import type { Answers, FixedAddress, Step, Trouble } from '../../src/blueprint.ts';
import { flavourOf, type Place } from './flavours.ts';
import { containerOf, networkOf, type Own, relayName } from './names.ts';

interface Context {
  readonly answers: Answers;
  readonly own: Own;
  /** The addresses under which people reach this server. */
  readonly reached: readonly string[];
  address(service: string): FixedAddress;
}

/** What the owner does with his proxy. */
export function stepsFor(context: Context): readonly Step[] {
  const { answers, own } = context;
  const { label, ready } = flavourOf(own.flavour);
  const { file, detail, command } = ready[own.place as Place] ?? { detail: '' };
  return [
    {
      phase: 'before',
      repeat: 'names',
      title: `Tell ${label} about the meeting site`,
      detail: file ? `proxy/${file} is ready to use. ${detail}` : detail,
      ...(command && { command: command(answers.domain) }),
    },
    ...(own.place === 'container' ? [join(context)] : []),
    ...(relayName(answers) ? [certificate(context)] : []),
  ];
}

function join({ answers, own, address }: Context): Step {
  const { label } = flavourOf(own.flavour);
  return {
    phase: 'after',
    title: `Let ${label} stay in the stack’s network`,
    detail: `./stack up lets the container ${containerOf(own)} into ${networkOf(answers)}, as ${address('proxy').ipv4}: the one address that web believes. When it is made anew it would be outside again, so add the lines of proxy/network.yaml to its compose file.`,
  };
}

/** The relay does its own TLS, so the proxy's certificate has to come here, and again whenever it is renewed. */
function certificate({ answers, own }: Context): Step {
  const { label, relay } = flavourOf(own.flavour);
  const name = relayName(answers);
  const base = {
    phase: 'after',
    repeat: 'names',
    title: `Give the relay its certificate`,
  } as const;
  if (!relay)
    return {
      ...base,
      detail: `It answers as ${name} and does its own TLS, for which ${label} has no certificate to give. Until one is installed, people behind strict firewalls see and hear nobody.`,
      command: './stack certs install FULLCHAIN.pem PRIVKEY.pem',
    };
  return {
    ...base,
    detail: `It answers as ${name} and does its own TLS. ${relay} This script copies it from ${label}, now and every night when it was renewed; until then, people behind strict firewalls see and hear nobody:`,
    command: `sudo ./proxy/relay-certificate.sh && echo "17 4 * * * root '$PWD/proxy/relay-certificate.sh'" | sudo tee /etc/cron.d/${answers.name}-relay`,
  };
}

/** What goes wrong with a proxy in front. */
export function troublesFor({ answers, own }: Context): readonly Trouble[] {
  const { label, ready } = flavourOf(own.flavour);
  const { file } = ready[own.place as Place] ?? {};
  const joins = own.place === 'container';
  return [
    {
      symptom: 'The page loads, but joining ends in “You have been disconnected”.',
      cause: `${label} does not pass WebSockets on, or cuts them after a minute.`,
      fix: file
        ? `Compare its configuration with proxy/${file}: upgrade headers and time-outs.`
        : 'Look for options of its about WebSockets and time-outs.',
    },
    ...(joins
      ? [
          {
            symptom: `${label} answers “502 Bad Gateway” or “504 Gateway Timeout”.`,
            cause: `Its container is not in the stack’s network, or this stack does not run. To a container, 127.0.0.1 is the container itself.`,
            fix: `\`./stack up\` lets it in. \`docker network inspect ${networkOf(answers)}\` shows who is there; \`proxy/network.yaml\` keeps it there.`,
          },
        ]
      : []),
    {
      symptom: 'Everybody has the same address in the logs.',
      cause: joins
        ? 'Only one address in the stack’s network is believed about visitors, and the proxy has another one.'
        : `Only requests from this server’s own ${label} are believed about the visitor’s address.`,
      fix: joins
        ? '`./stack up` gives it the right one.'
        : 'Let it run on this server and ask the address in its file; a proxy on another machine needs a rule of its own in jitsi/web/nginx-custom/.',
    },
  ];
}
