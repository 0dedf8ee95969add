import type { Check } from '../check.ts';
import { issued, renewed } from './acme.ts';
import { page, realPage } from './page.ts';
import { ports } from './ports.ts';
import { redirect } from './redirect.ts';
import { standIns } from './stand-ins.ts';
import { unknownName } from './unknown-name.ts';
import { accounts, userCommands } from './users.ts';
import { bosh, websocket } from './xmpp.ts';

/** All checks, in the order in which they run: later ones are rougher. */
export const checks: readonly Check[] = [
  standIns,
  issued,
  page,
  realPage,
  redirect,
  unknownName,
  bosh,
  accounts,
  userCommands,
  websocket,
  ports,
  renewed,
];
