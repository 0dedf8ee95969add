import {
  type Decisions,
  hostPath,
  listeningAddresses,
  mountOf,
  socketAddress,
  sourceOf,
} from '../../../src/blueprint.ts';
import { placesView, readyView, rememberedView } from './ready.ts';
import { secretsView, settingOf } from './secrets.ts';
import { reloadView, servicesView, words } from './services.ts';

/** What the scripts are told of the stack. */
export function present(plan: Decisions) {
  const { answers, release, certificate, endpoints } = plan;
  const xmpp = settingOf(plan, 'prosody', 'XMPP_DOMAIN', 'meet.jitsi');
  const https = endpoints.find(({ name }) => name === 'https');
  const [own = ''] = answers.network.bind === 'given' ? listeningAddresses(answers.network) : [];
  const accounts = mountOf(plan, 'prosody', release.prosodyData);
  return {
    domain: answers.domain,
    /** Names of files are shorter than the longest domains. */
    backupName: answers.domain.slice(0, 128),
    url: plan.url,
    project: answers.name,
    release: release.tag,
    released: release.date,
    rootless: release.rootless,
    authentication: answers.auth.mode,
    /** Where this server itself finds its page. */
    httpsAt: socketAddress(own || '127.0.0.1', https?.port ?? answers.network.httpsPort),
    httpsPort: https?.port ?? answers.network.httpsPort,
    certificateNames: words(certificate.names),
    certificateSource: answers.certificates.source,
    /** Its container, where the owner's own proxy runs in one; a name of a container has no blanks. */
    proxy: plan.front.joins?.container ?? '',
    proxyAddresses: words(plan.front.joins?.addresses ?? []),
    ...secretsView(plan),
    ...servicesView(plan),
    ...reloadView(plan),
    ...readyView(plan),
    ...rememberedView(plan),
    ...placesView(plan),
    xmppDomain: xmpp,
    prosodyConfig: release.prosodyConfig,
    prosodyShell: release.prosodyShell,
    /** Where each account is a file, inside the container. */
    accountsPath: `${release.prosodyData}/${percentEncoded(xmpp)}/accounts`,
    prosodyData: accounts ? sourceOf(accounts) : 'data/prosody',
    accounts: hostPath(plan, 'prosody', release.prosodyData) ?? 'data/prosody/data',
  };
}

/** As prosody spells names of files. */
function percentEncoded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}
