import type { Check } from '../check.ts';
import { page } from './page.ts';
import { ports } from './ports.ts';
import { redirect } from './redirect.ts';
import { standIns } from './stand-ins.ts';
import { unknownName } from './unknown-name.ts';

/** All checks, in the order in which they run: later ones are rougher. */
export const checks: readonly Check[] = [standIns, page, redirect, unknownName, ports];
