import {
  type Decisions,
  machineView,
  recordersOf,
  recordingsView,
  streamAddress,
} from '../../src/blueprint.ts';

/** What the files of one further recorder print. */
export function present(plan: Decisions) {
  const { answers, recordings, services, secrets } = plan;
  const { livestream } = recordersOf(answers) ?? {};
  const days = recordings?.days ?? 0;
  return {
    ...machineView(plan),
    ...recordingsView(plan, 'it records no more'),
    /** Which service it runs, and what its script calls it. */
    service: 'jibri',
    kind: 'recorder',
    secrets: secrets.map(({ name }) => name).join(' '),
    project: answers.name,
    /** Has what the script needs besides, so that nothing more is fetched. */
    toolsImage: services.find(({ name }) => name === 'jibri')?.image ?? '',
    url: plan.url,
    stay: days === 0 ? 'until you delete them' : `for ${days} days`,
    allowed: livestream ? [streamAddress(livestream)] : [],
    /** Timers that a stack may have, and this machine has not. */
    ...{ alerts: false, copies: false, refreshes: false },
  };
}
