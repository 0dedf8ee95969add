import {
  type AccountStore,
  type Decisions,
  domainIn,
  type Environment,
  hostPath,
  mountOf,
  sourceOf,
} from '../../src/blueprint.ts';

type Decided = Omit<Decisions, 'accounts'>;

/** Where prosody has the accounts, and with which of them Jitsi's services log in. */
export function accountsIn(plan: Decided): AccountStore {
  const { prosodyData, prosodyConfig, prosodyShell } = plan.release;
  const domain = domainIn(environmentOf(plan, 'prosody'), 'XMPP_DOMAIN');
  const mount = mountOf(plan, 'prosody', prosodyData);
  return {
    service: 'prosody',
    domain,
    data: mount ? sourceOf(mount) : 'data/prosody',
    gathered: hostPath(plan, 'prosody', prosodyData) ?? 'data/prosody/data',
    control: ['prosodyctl', '--config', prosodyConfig],
    files: `${prosodyData}/${percentEncoded(domain)}/accounts`,
    asked: prosodyShell,
    passwords: passwordsIn(plan),
  };
}

function passwordsIn(plan: Decided): AccountStore['passwords'] {
  const prosody = environmentOf(plan, 'prosody');
  const of = (variable: string, fallback: string) => settingOf(prosody, variable, fallback);
  const auth = domainIn(prosody, 'XMPP_AUTH_DOMAIN');
  const hidden = domainIn(prosody, 'XMPP_HIDDEN_DOMAIN');
  return {
    JICOFO_AUTH_PASSWORD: `focus@${auth}`,
    JVB_AUTH_PASSWORD: `${settingOf(environmentOf(plan, 'jvb'), 'JVB_AUTH_USER', 'jvb')}@${auth}`,
    JIBRI_XMPP_PASSWORD: `${of('JIBRI_XMPP_USER', 'jibri')}@${auth}`,
    JIBRI_RECORDER_PASSWORD: `${of('JIBRI_RECORDER_USER', 'recorder')}@${hidden}`,
    JIGASI_XMPP_PASSWORD: `${of('JIGASI_XMPP_USER', 'jigasi')}@${auth}`,
    JIGASI_TRANSCRIBER_PASSWORD: `${of('JIGASI_TRANSCRIBER_USER', 'transcriber')}@${hidden}`,
  };
}

function environmentOf({ services }: Decided, service: string): Environment {
  return services.find(({ name }) => name === service)?.environment ?? {};
}

/** What a service is told, or what its image takes for granted. */
function settingOf(environment: Environment, variable: string, fallback: string): string {
  const value = environment[variable];
  return value === undefined || typeof value === 'object' ? fallback : String(value);
}

/** As prosody spells names of files. */
function percentEncoded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}
