import { type Decisions, domainIn, recordersOf, type ValuesOf } from '../../src/blueprint.ts';
import {
  componentsOf,
  imageOf,
  isOn,
  secretsOf,
  serviceOf,
  variablesOf,
  verbatim,
} from './components.ts';
import type { fields } from './fields.ts';

type Own = ValuesOf<typeof fields>;

/** What values.yaml says, apart from what other files say too. */
export function valuesFor(plan: Decisions, own: Own) {
  const { answers, url } = plan;
  const { recordings = 0, streams = 0 } = recordersOf(answers) ?? {};
  const prosody = serviceOf(plan, 'prosody')?.environment;
  const domain = (name: Parameters<typeof domainIn>[1]) => verbatim(domainIn(prosody, name));
  return {
    timezone: answers.host.timezone,
    url,
    domain: answers.domain,
    accounts: isOn(plan, 'prosody', 'ENABLE_AUTH'),
    guests: isOn(plan, 'prosody', 'ENABLE_GUESTS'),
    xmppWebSocket: !/^(0|false)$/.test(String(answers.settings.ENABLE_XMPP_WEBSOCKET)),
    domains: [
      { name: 'domain', value: domain('XMPP_DOMAIN') },
      { name: 'authDomain', value: domain('XMPP_AUTH_DOMAIN') },
      { name: 'mucDomain', value: domain('XMPP_MUC_DOMAIN') },
      { name: 'internalMucDomain', value: domain('XMPP_INTERNAL_MUC_DOMAIN') },
      { name: 'guestDomain', value: domain('XMPP_GUEST_DOMAIN') },
      { name: 'hiddenDomain', value: domain('XMPP_HIDDEN_DOMAIN') },
    ],
    relays: own.mostBridges > 1,
    mediaPort: answers.network.mediaPort,
    asksStun: own.bridgeAddress === 'stun',
    recorders: recordings + streams,
    severalRecorders: recordings + streams > 1,
    records: recordings > 0,
    streams: streams > 0,
    recordingSpace: `${own.recordingSpace}Gi`,
    ...partsOf(plan, own),
  };
}

/** Each of the chart's parts: its image, memory, variables, and whether it has secrets. */
function partsOf(plan: Decisions, own: Own) {
  const over: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    prosody: {
      PROSODY_TRUSTED_PROXIES: ['127.0.0.1', '::1', own.pods].join(','),
      // The chart names its own relay.
      ...(plan.answers.turn.mode === 'coturn' && noRelay),
    },
    // The patch that lets a bridge wait for its people asks it to.
    jvb: { SHUTDOWN_REST_ENABLED: '1' },
  };
  return Object.fromEntries(
    componentsOf(plan).map((component) => [
      component.name,
      {
        image: imageOf(plan, component.service),
        memory: `${serviceOf(plan, component.service)?.memory ?? 0}Mi`,
        secret: secretsOf(plan, component).length > 0,
        variables: variablesOf(plan, component, over[component.name]),
      },
    ]),
  );
}

const noRelay = {
  TURN_HOST: undefined,
  TURN_PORT: undefined,
  TURN_TRANSPORT: undefined,
  TURNS_HOST: undefined,
  TURNS_PORT: undefined,
};
