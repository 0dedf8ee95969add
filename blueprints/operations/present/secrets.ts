import type { Decisions } from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** The names in `.env`, and which of them can be replaced because both of their ends are in the stack. */
export function secretsView(plan: Decisions) {
  const { secrets, services } = plan;
  const accounts = accountsOf(plan);
  const names = secrets.map(({ name }) => name);
  const rotated = names.filter((name) => accounts[name] || usersOf(plan, name).length > 1);
  return {
    secrets: words(names),
    made: words(secrets.flatMap(({ name, given }) => (given ? [] : [name]))),
    given: words(secrets.flatMap(({ name, given }) => (given ? [name] : []))),
    /** `NAME:account`: the account in prosody whose password it is; nothing behind the colon where it is none's. */
    rotated: words(rotated.map((name) => `${name}:${accounts[name] ?? ''}`)),
    secretUsers: words(
      services
        .map(({ name }) => name)
        .filter((name) => rotated.some((secret) => usersOf(plan, secret).includes(name))),
    ),
  };
}

/** The services that are given a secret. */
function usersOf({ services }: Decisions, secret: string): readonly string[] {
  return services
    .filter(({ environment }) =>
      Object.values(environment).some(
        (value) => typeof value === 'object' && value.secret === secret,
      ),
    )
    .map(({ name }) => name);
}

/** What a service is told, or what its image takes for granted. */
export function settingOf(
  { services }: Decisions,
  service: string,
  variable: string,
  fallback: string,
): string {
  const value = services.find(({ name }) => name === service)?.environment[variable];
  return value === undefined || typeof value === 'object' ? fallback : String(value);
}

/** The accounts in prosody with which Jitsi's services log in, by the secret that is their password. */
function accountsOf(plan: Decisions): Readonly<Record<string, string>> {
  const auth = settingOf(plan, 'prosody', 'XMPP_AUTH_DOMAIN', 'auth.meet.jitsi');
  const hidden = settingOf(plan, 'prosody', 'XMPP_HIDDEN_DOMAIN', 'hidden.meet.jitsi');
  const of = (variable: string, fallback: string) => settingOf(plan, 'prosody', variable, fallback);
  return {
    JICOFO_AUTH_PASSWORD: `focus@${auth}`,
    JVB_AUTH_PASSWORD: `${settingOf(plan, 'jvb', 'JVB_AUTH_USER', 'jvb')}@${auth}`,
    JIBRI_XMPP_PASSWORD: `${of('JIBRI_XMPP_USER', 'jibri')}@${auth}`,
    JIBRI_RECORDER_PASSWORD: `${of('JIBRI_RECORDER_USER', 'recorder')}@${hidden}`,
    JIGASI_XMPP_PASSWORD: `${of('JIGASI_XMPP_USER', 'jigasi')}@${auth}`,
    JIGASI_TRANSCRIBER_PASSWORD: `${of('JIGASI_TRANSCRIBER_USER', 'transcriber')}@${hidden}`,
  };
}
