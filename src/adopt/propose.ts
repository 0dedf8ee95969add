import type { RawAnswers } from '../answers/complete.ts';
import type { Section } from '../answers/sections.ts';
import {
  compareTags,
  findRelease,
  isTag,
  releaseTags,
  type SettingValue,
} from '../releases/index.ts';
import { isSensitiveName } from '../sensitive.ts';
import { undecidedPasswords, unseenNote, valuesElsewhere } from './elsewhere.ts';
import type { Evidence } from './evidence.ts';
import { findTakes, type Takeover } from './find-takes.ts';
import { Findings, type Inferred, type Undecided, type Unplaced } from './findings.ts';
import { hookNotes } from './hook-notes.ts';
import { inferAuth } from './infer/auth.ts';
import { inferCertificates } from './infer/certificates.ts';
import { inferEdge } from './infer/edge.ts';
import { inferExtras } from './infer/extras.ts';
import { inferNetwork } from './infer/network.ts';
import { inferPorts } from './infer/ports.ts';
import { inferRelease, type ReleaseChoice } from './infer/release.ts';
import { inferSite } from './infer/site.ts';
import { inferTurn } from './infer/turn.ts';
import type { Installation } from './installation.ts';
import { inferOwnProxy } from './own-proxy.ts';
import { secretsOf } from './secrets.ts';
import { inferSettings } from './settings.ts';
import { inferUnsupported } from './unsupported.ts';
import { variablesOf } from './variables.ts';
import { weakPasswordNotes, weakPasswords } from './weak-passwords.ts';

/** What an installation comes to as a stack: answers with their evidence, and everything else that it has. */
export interface Proposal {
  readonly release: ReleaseChoice;
  readonly answers: RawAnswers;
  readonly inferred: readonly Inferred[];
  readonly undecided: readonly Undecided[];
  /** Variables that become `settings`, with where they stood. */
  readonly settings: ReadonlyMap<string, { value: SettingValue; evidence: Evidence }>;
  readonly unplaced: readonly Unplaced[];
  /** Variables that the answers decide about, and that spoke for none of them; a plan may do the same by itself. */
  readonly unspoken: readonly Unplaced[];
  /** Passwords, keys and tokens by name. They go into `.env` and nowhere else. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly takeover: Takeover;
  readonly notes: readonly string[];
}

/**
 * Works out what is known of an installation; nothing is written.
 *
 * @param all the questions, because what can be chosen depends on the features that there are
 * @param wanted another release than its own
 */
export async function propose(
  installation: Installation,
  sections: readonly Section[],
  wanted?: string,
): Promise<Proposal> {
  const findings = new Findings();
  const release = await inferRelease(installation, findings, wanted);
  const facts = await findRelease(release.taken);
  const variables = variablesOf(installation, facts);
  const site = inferSite(installation, variables, findings);
  inferNetwork(variables, findings);
  inferEdge(installation, variables, site, findings);
  const pair = inferCertificates(installation, variables, site?.host, findings);
  inferPorts(installation, variables, site, findings);
  inferTurn(installation, variables, findings);
  const elsewhere = valuesElsewhere(installation);
  inferAuth(sections, installation, variables, findings, elsewhere !== undefined);
  inferExtras(installation, variables, facts, findings);
  inferUnsupported(installation, findings);
  inferOwnProxy(installation, site?.host, findings);
  const settings = inferSettings(variables, facts, findings);
  const secrets = secretsOf(installation, variables, settings, facts, findings);
  const takeover = findTakes(installation, pair, await layoutOf(release));
  const hasAccounts =
    takeover.left.length > 0 || takeover.takes.some(({ kind }) => kind === 'data');
  if (elsewhere && hasAccounts) findings.undecided.push(...undecidedPasswords(elsewhere));
  return {
    release,
    answers: { ...answersFrom(findings.inferred), settings },
    inferred: findings.inferred,
    undecided: findings.undecided,
    settings: new Map(
      Object.entries(settings).map(([name, value]) => {
        const evidence = variables.get(name)?.evidence ?? { file: '.env' };
        return [name, { value, evidence }];
      }),
    ),
    unplaced: findings.unplaced,
    unspoken: findings.unspoken(variables.all).filter(({ name }) => !isSensitiveName(name)),
    secrets,
    takeover,
    notes: [
      ...findings.notes,
      ...(elsewhere ? [unseenNote(installation, variables)] : []).filter((note) => note !== ''),
      ...weakPasswordNotes(weakPasswords(secrets)),
      ...hookNotes(takeover),
    ],
  };
}

/** Where the release that runs keeps accounts; older ones than those that are known all did it in the same place. */
async function layoutOf({ found }: ReleaseChoice): Promise<string | undefined> {
  if (found === undefined || !isTag(found)) return undefined;
  const tags = releaseTags();
  const known = [...tags].reverse().find((tag) => compareTags(tag, found) <= 0) ?? tags[0];
  return known && (await findRelease(known)).capabilities.prosodyData.path;
}

function answersFrom(inferred: readonly Inferred[]): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const { answer, value } of inferred) {
    const [section = '', name] = answer.split('.');
    if (name === undefined) answers[section] = value;
    else answers[section] = { ...(answers[section] as object | undefined), [name]: value };
  }
  return answers;
}
