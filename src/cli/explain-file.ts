import { isInCluster } from '../answers/whose.ts';
import type { Plan } from '../plan/plan.ts';
import type { Condition, Drift } from '../sync/index.ts';

/** Everything that is known about one file of a stack. */
export interface Explained {
  readonly path: string;
  readonly kind: 'managed' | 'seeded' | 'secret' | 'written' | 'unmanaged';
  readonly what: string;
  /** Features that make it, with the answers that brought them in. */
  readonly features: readonly {
    readonly id: string;
    readonly title: string;
    readonly answers: Readonly<Record<string, unknown>>;
  }[];
  /** Where its text comes from, in this tool. */
  readonly template?: string;
  readonly condition?: Condition;
}

/** Files that this tool writes for itself. */
const own: Readonly<Record<string, string>> = {
  'jitsi-stack.json':
    'The answers. Edit it and run create-jitsi-stack: everything else follows from it.',
  'jitsi-stack.lock':
    'What was generated last time: updates are merged from it. Commit it; do not edit it.',
};

/** Says what a file of the stack is. The path is relative to the stack, with forward slashes. */
export function explainFile(path: string, plan: Plan, drift: Drift | undefined): Explained {
  const condition = drift?.files.find((file) => file.path === path)?.condition;
  const further = ofMachine(path, plan);
  if (further) return { ...further, path, ...(condition && { condition }) };
  const planned = plan.files.find((file) => file.path === path);
  const found = { path, features: [], ...(condition && { condition }) };
  const about = own[path];
  if (about !== undefined) return { ...found, kind: 'managed', what: about };
  if (path === 'compose.yaml' && !isInCluster(plan.answers)) {
    const makers = [...new Set(plan.services.map(({ blueprint }) => blueprint))];
    const what =
      'Managed: merged with your edits at every update. Has no template: it is made from the services of these features.';
    return { ...found, kind: 'managed', what, features: featuresOf(plan, makers) };
  }
  if (planned) {
    const { kind, blueprint, template } = planned;
    const features = featuresOf(plan, [blueprint]);
    const source = template && `blueprints/${blueprint}/${template}`;
    return { ...found, kind, what: kinds[kind], features, ...(source && { template: source }) };
  }
  if (condition) {
    const what =
      'It was generated, but these answers no longer need it: the next run removes it unless you have edited it.';
    return { ...found, kind: 'managed', what };
  }
  return { ...found, ...outside(path, plan) };
}

/** What lies in the folder of a further machine is of that machine's own plan. */
function ofMachine(path: string, { machines = [] }: Plan): Explained | undefined {
  const [, name, rest = ''] = /^machines\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const machine = machines.find((one) => one.name === name);
  if (!machine) return undefined;
  if (rest !== '.env' && rest !== 'jitsi/jvb/trust.jks')
    return explainFile(rest, machine.plan, undefined);
  const what = 'Put there by ./stack up on the central machine, for this machine; never in git.';
  return { path, kind: 'secret', what, features: [] };
}

const kinds = {
  managed: 'Managed: merged with your edits at every update.',
  seeded: 'Yours: it was written for you to edit, and no update touches what you have edited.',
} as const;

/** What lies in a stack without having been generated. */
function outside(path: string, plan: Plan): Pick<Explained, 'kind' | 'what'> {
  if (isInCluster(plan.answers) && /^(data|certs)\//.test(`${path}/`)) {
    const what =
      'Left from a server, and not in git: the cluster keeps its data in volumes and its certificate in a Secret.';
    return { kind: 'unmanaged', what };
  }
  if (path === '.env' || /^certs\/.*\.pem$/.test(path) || path.startsWith('.env.')) {
    const what =
      path === '.env'
        ? 'The secrets: made once, never in git; what is missing is added, the rest stays byte for byte.'
        : 'The certificate and its key, on this server only; the first pair is self-signed.';
    return { kind: 'secret', what };
  }
  const directory = plan.directories.find((one) => `${path}/`.startsWith(`${one.path}/`));
  if (directory || `${path}/`.startsWith('data/')) {
    const about = directory ? `: ${directory.about}` : '';
    return {
      kind: 'written',
      what: `What containers write${about}. Not in git; ./stack backup has it.`,
    };
  }
  if (path === plan.release.readFrom) {
    const what = `The facts of ${plan.release.tag} that this stack is made by, as releases add has read them. Yours: no update touches it.`;
    return { kind: 'unmanaged', what };
  }
  const place = ownersPlace(path, plan);
  if (place) {
    const what = `Yours: ${place.about}. No update touches it, ./stack backup has it, and before another release it is searched for names that are gone.`;
    return { kind: 'unmanaged', what };
  }
  return { kind: 'unmanaged', what: 'Yours: this tool neither writes nor reads it.' };
}

/** Whether the path is, or lies in, a place that is kept for the owner, even when nothing is there yet. */
export function isOwnersPlace(path: string, plan: Plan): boolean {
  return ownersPlace(path, plan) !== undefined;
}

function ownersPlace(path: string, { ownersPlaces }: Plan) {
  return ownersPlaces.find((one) => `${path}/`.startsWith(`${one.path}/`));
}

function featuresOf({ features, answers }: Plan, ids: readonly string[]): Explained['features'] {
  return features
    .filter(({ id }) => ids.includes(id))
    .map(({ id, title, section }) => ({
      id,
      title,
      answers: section === undefined ? {} : { [section]: answers[section] },
    }));
}
