import type { Decisions } from '../../../src/blueprint.ts';
import { words } from './services.ts';

/** What `./stack check` looks at, and who is told. */
export function checkView({ answers, endpoints, services, standing }: Decisions) {
  return {
    /** What each service is there for, in a sentence. */
    work: services.map(({ name, about }) => ({ name, about })),
    /** What knows more, and how it is asked. */
    standing: standing.map(({ service, command }) => ({ service, command: words(command) })),
    /** The page is answered by this stack, not by a proxy of the owner's or through somebody else's servers. */
    answersHttps: endpoints.some(({ name }) => name === 'https'),
    /** Somebody is told when something is wrong. */
    alerts: answers.alerts.by !== 'none',
    /** Where mail about it goes; nothing where it does not. */
    mailbox: answers.alerts.by === 'mail' ? String(answers.alerts.address) : '',
  };
}
