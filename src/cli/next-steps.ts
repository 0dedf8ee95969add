import { dockerTrouble } from '../answers/detect/docker.ts';
import type { Host } from '../answers/detect/host.ts';
import type { Plan, Step } from '../plan/plan.ts';

type Facts = Pick<Host, 'docker' | 'distribution' | 'isKnown' | 'lookUp'>;

/**
 * What is left to do before and after the first start, from what was found: nothing about names that lead where they
 * should, and Docker where it is missing.
 *
 * @param server the computer that Jitsi will run on
 * @param entered secrets that stand in `.env` on this computer by now, by name
 */
export async function stepsFromFacts(
  steps: Plan['steps'],
  server: Facts,
  entered: ReadonlyMap<string, unknown> = new Map(),
): Promise<Plan['steps']> {
  const open = steps.filter(({ secret = '' }) => !(server.isKnown && entered.has(secret)));
  const left = await Promise.all(
    open.map(async (step) => ((await isDone(step, server)) ? [] : [step])),
  );
  const docker = await dockerStep(steps, server);
  return docker
    ? [...left.flat().filter(isFirst), docker, ...left.flat().filter((step) => !isFirst(step))]
    : left.flat();
}

/** Whatever brings the folder to the server comes before what is done there. */
function isFirst({ topic, covers }: Step): boolean {
  return topic === 'server' || covers === 'server';
}

async function isDone({ record }: Step, { lookUp }: Facts): Promise<boolean> {
  if (!record) return false;
  const answer = await lookUp(record.name);
  return (
    answer.outcome === 'found' &&
    record.addresses.every((address) => answer.addresses.includes(address))
  );
}

async function dockerStep(steps: Plan['steps'], server: Facts): Promise<Step | undefined> {
  if (steps.some(({ covers }) => covers === 'server')) return undefined;
  const trouble = server.isKnown
    ? dockerTrouble(await server.docker())
    : 'The server needs Docker with Compose 2.20 or newer.';
  if (trouble === undefined) return undefined;
  const command = dockerCommand(server.isKnown ? await server.distribution() : '');
  const title = server.isKnown ? 'Install Docker' : 'Install Docker on the server';
  return { phase: 'before', title, detail: trouble, command };
}

/**
 * How a distribution installs an engine and a Compose that are new enough: its own packages where it has them, else
 * Docker's own script (https://get.docker.com: Debian, Ubuntu, Fedora, RHEL and their relatives).
 *
 * @param osRelease the text of `/etc/os-release`
 */
export function dockerCommand(osRelease: string): string {
  const fact = (name: string) =>
    new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const [id, version] = [fact('ID'), Number.parseFloat(fact('VERSION_ID'))];
  const compose =
    id === 'debian' && version >= 13
      ? 'docker-compose'
      : id === 'ubuntu' && version >= 24.04
        ? 'docker-compose-v2'
        : undefined;
  return compose
    ? `sudo apt-get update && sudo apt-get install -y docker.io ${compose}`
    : 'curl -fsSL https://get.docker.com | sudo sh';
}
