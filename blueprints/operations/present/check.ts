import type { Decisions } from '../../../src/blueprint.ts';

/** What `./stack check` looks at, and who is told. */
export function checkView({ answers, endpoints, services }: Decisions) {
  return {
    /** What each service is there for, in a sentence. */
    work: services.map(({ name, about }) => ({ name, about })),
    /** The page is answered by this stack, not by a proxy of the owner's or through somebody else's servers. */
    answersHttps: endpoints.some(({ name }) => name === 'https'),
    /** Somebody is told when something is wrong. */
    alerts: answers.alerts.by !== 'none',
    /** Where mail about it goes; nothing where it does not. */
    mailbox: answers.alerts.by === 'mail' ? String(answers.alerts.address) : '',
  };
}
