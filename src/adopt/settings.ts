import {
  checkSettings,
  fromEnv,
  kindOf,
  type Release,
  type SettingValue,
} from '../releases/index.ts';
import { isSensitive, isSensitiveName } from '../sensitive.ts';
import { type Stated, shown } from './evidence.ts';
import type { Findings } from './findings.ts';
import { switched, type Variables } from './variables.ts';

/** Variables of the old installation's own making, and what becomes of them. */
const ofTheProject: Readonly<Record<string, string>> = {
  CONFIG: '',
  COMPOSE_FILE: 'Compose reads that file instead of compose.yaml as long as this line is in .env.',
  COMPOSE_PATH_SEPARATOR: 'It belongs to COMPOSE_FILE.',
  COMPOSE_PROFILES: 'The stack has no profiles: its answers decide what is in it.',
  COMPOSE_PROJECT_NAME:
    'The stack has a name of its own, “name” in jitsi-stack.json. Where this line stays in .env, it is the name in it.',
  JICOFO_REST_PORT: 'Jicofo’s REST port is not published; publish it in compose.override.yaml.',
  JITSI_IMAGE_REPO: 'To use images from your own registry, name them in compose.override.yaml.',
  JVB_COLIBRI_PORT: 'The bridge’s REST port is not published; publish it in compose.override.yaml.',
  RESTART_POLICY: 'All containers of the stack restart unless they were stopped by hand.',
};

/** How containers find each other. The stack has its own names and addresses, so another one's would mislead it. */
const ofTheNetwork =
  /^(?:XMPP_(?:SERVER|PORT|BOSH_URL_BASE)|JVB_XMPP_\w+|VISITORS_XMPP_\w+|ETHERPAD_URL_BASE|WHITEBOARD_COLLAB_SERVER_URL_BASE|NGINX_RESOLVER|PROSODY_(?:TRUSTED_PROXIES|HTTP_PORT|METRICS_ALLOWED_CIDR|RATE_LIMIT_ALLOW_RANGES)|LOCAL_ADDRESS)$/;

/** The variables that are left, as settings of the stack; those that the release does not take get a sentence each. */
export function inferSettings(
  variables: Variables,
  release: Release,
  findings: Findings,
): Record<string, SettingValue> {
  const settings: Record<string, SettingValue> = {};
  for (const { name, values } of variables.disagreements) {
    if (isSensitiveName(name)) continue;
    const all = values.map(({ service, stated }) => `${service}: ${shown(name, stated.value)}`);
    const [first] = values;
    findings.notes.push(
      `${name} differs between services (${all.join('; ')}). The stack gives all of them one value; ${first?.service}’s is taken.`,
    );
  }
  for (const [name, stated] of variables.all) {
    if (findings.used.has(name)) continue;
    if (isSensitive(name, stated.value)) {
      const hasPlace = !isOfServices(name, release) && placeable(name, release);
      if (hasPlace) settings[name] = fromEnv;
      if (hasPlace || isSensitiveName(name)) continue;
    }
    const reason = reasonAgainst(name, stated, release);
    if (reason === '') findings.used.set(name, undefined);
    else if (reason !== undefined)
      findings.noPlace(name, stated, reason, shown(name, stated.value));
    else settings[name] = settingValue(release, name, stated.value);
  }
  return settings;
}

/** The passwords of Jitsi's services among themselves have their places in every stack, or their service is in none. */
function isOfServices(name: string, { services }: Release): boolean {
  return (
    /^(?:JIBRI|JIGASI|GC|AUTOSCALER)_/.test(name) ||
    Object.values(services).some(({ required }) => required.includes(name))
  );
}

function placeable(name: string, release: Release): boolean {
  return checkSettings(release, { [name]: fromEnv }).length === 0;
}

/** Why a variable has no place; empty where nothing has to be said, undefined where it becomes a setting. */
function reasonAgainst(name: string, { value }: Stated, release: Release): string | undefined {
  if (name === 'RESTART_POLICY' && value === 'unless-stopped') return '';
  if (Object.hasOwn(ofTheProject, name)) return ofTheProject[name];
  if (ofTheNetwork.test(name)) {
    const usual = Object.values(release.services).some(
      ({ variables }) => variables.get(name)?.default === value,
    );
    return usual
      ? ''
      : 'It says how the old containers find each other; the stack has its own names and addresses for that.';
  }
  const [problem] = checkSettings(release, { [name]: settingValue(release, name, value) });
  if (problem === undefined) return undefined;
  const isKnown = release.history.removed.has(name) || release.history.later.has(name);
  const { what, why, fix } = problem;
  if (!isKnown && what.startsWith('No image') && fix?.startsWith('Remove it')) {
    return `${what} If a service of your own needs it, it goes with that service.`;
  }
  return [what, why, fix].filter(Boolean).join(' ');
}

/** As somebody would write it in `jitsi-stack.json`: a switch as true or false, a plain number as a number. */
function settingValue(release: Release, name: string, text: string): SettingValue {
  const kind = kindOf(release, name);
  if (kind !== 'text') {
    const is = switched({ value: text, evidence: { file: '' } });
    return is === 'unclear' ? text : is === 'on';
  }
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
