import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from './session.ts';

/** No systemd runs in the lab, and this machine's own must not hear of it: these note what it is told. */
const standIns = fileURLToPath(new URL('../blueprints/firewall/programs/server', import.meta.url));

/** The environment of a call of `./stack` that sets a timer: its units go into this folder, and systemd is a stand-in. */
export function beyondSystemd({ engine }: Pick<Lab, 'engine'>, folder: string): NodeJS.ProcessEnv {
  const units = path.join(folder, 'units');
  mkdirSync(units, { recursive: true });
  return {
    ...engine.environment,
    PATH: `${standIns}:${engine.environment.PATH}`,
    SYSTEMD: path.join(folder, 'calls'),
    STACK_UNITS: units,
  };
}
