import {
  type Decisions,
  listeningAddresses,
  recordingsView,
  socketAddress,
} from '../../../src/blueprint.ts';
import { checkView } from './check.ts';
import { copiesView } from './copies.ts';
import { firewallView } from './firewall.ts';
import { machinesView } from './machines.ts';
import { placesView, readyView, rememberedView } from './ready.ts';
import { secretsView } from './secrets.ts';
import { reloadView, servicesView, words } from './services.ts';
import { tokenView } from './tokens.ts';

/** What the scripts are told of the stack. */
export function present(plan: Decisions) {
  const { answers, release, certificate, endpoints } = plan;
  const https = endpoints.find(({ name }) => name === 'https');
  const [own = ''] = answers.network.bind === 'given' ? listeningAddresses(answers.network) : [];
  return {
    domain: answers.domain,
    /** Names of files are shorter than the longest domains. */
    backupName: answers.domain.slice(0, 128),
    url: plan.url,
    project: answers.name,
    release: release.tag,
    released: release.date,
    later: release.notKnownYet?.tag ?? '',
    laterSince: release.notKnownYet?.month ?? '',
    rootless: release.rootless,
    authentication: answers.auth.mode,
    ...tokenView(plan),
    asksDirectory: answers.auth.mode === 'ldap',
    /** Where this server itself finds its page. */
    httpsAt: socketAddress(own || '127.0.0.1', https?.port ?? answers.network.httpsPort),
    httpsPort: https?.port ?? answers.network.httpsPort,
    certificateNames: words(certificate.names),
    certificateSource: answers.certificates.source,
    /** Its container, where the owner's own proxy runs in one; a name of a container has no blanks. */
    proxy: plan.trustedProxy.joins?.container ?? '',
    proxyAddresses: words(plan.trustedProxy.joins?.addresses ?? []),
    ...secretsView(plan),
    ...servicesView(plan),
    ...reloadView(plan),
    ...readyView(plan),
    ...rememberedView(plan),
    ...placesView(plan),
    ...accountsView(plan),
    ...meetingsView(plan),
    ...copiesView(plan),
    ...recordingsView(plan),
    ...firewallView(plan),
    ...checkView(plan),
    ...machinesView(plan),
  };
}

/** Who keeps the accounts, and where. */
function accountsView({ accounts }: Decisions) {
  if (!accounts) throw new Error('There is no service that keeps accounts.');
  return {
    keeper: accounts.service,
    accountsDomain: accounts.domain,
    control: words(accounts.control),
    accountsFiles: accounts.files,
    accountsAsked: accounts.asked,
    /** Nobody there can lock an account: its file is laid aside. */
    accountsAside: !accounts.asked,
    accountsData: accounts.data,
    gathered: accounts.gathered,
  };
}

/** Who carries the meetings, and who remembers browsers; on a server of its own, both are there. */
function meetingsView({ meetings, remembersBrowsers }: Decisions) {
  if (!meetings || !remembersBrowsers)
    throw new Error('There is no service that carries meetings.');
  return { meetings: { ...meetings }, remembersBrowsers };
}
