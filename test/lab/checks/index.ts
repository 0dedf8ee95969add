import type { Check } from '../check.ts';
import { issued, renewed } from './acme.ts';
import { clientAddresses } from './addresses.ts';
import { answerChanges } from './answers.ts';
import { backup } from './backup.ts';
import { boards } from './boards.ts';
import { browserPage } from './browser.ts';
import { installed } from './certificates.ts';
import { changingAddress } from './changing-address.ts';
import { connectionTest } from './connection-test.ts';
import { deadDirectory } from './dead-directory.ts';
import { firewall } from './firewall.ts';
import { guesses } from './guess.ts';
import { guestsOff } from './guests.ts';
import { hostFirewalls } from './host-firewalls.ts';
import { journey } from './journey.ts';
import { kept } from './kept.ts';
import { killed } from './kill.ts';
import { machines } from './machines/check.ts';
import { recorderElsewhere } from './machines/recorder.ts';
import { oneAfterTheOther } from './machines/upgrade.ts';
import { media, relayedMedia, strict } from './media.ts';
import { metrics } from './metrics.ts';
import { monitoring } from './monitoring.ts';
import { moves } from './moves.ts';
import { isolated, oneSource } from './one-source.ts';
import { only443 } from './only-443.ts';
import { ownProxy } from './own-proxy.ts';
import { page, realPage } from './page.ts';
import { planted } from './planted.ts';
import { ports } from './ports.ts';
import { recording } from './recording.ts';
import { redirect } from './redirect.ts';
import { restarts } from './restarts.ts';
import { rotated } from './rotate.ts';
import { scanner } from './scanner.ts';
import { script } from './script.ts';
import { secondStack } from './second-stack.ts';
import { signIn } from './sign-in.ts';
import { certificateSource, firewallAnswer } from './sources.ts';
import { standIns } from './stand-ins.ts';
import { telephone } from './telephone.ts';
import { transcription } from './transcription.ts';
import { fullDisk, halfCertificate, noSecrets } from './trouble.ts';
import { denied, relayed } from './turn.ts';
import { unknownName } from './unknown-name.ts';
import { accounts, userCommands } from './users.ts';
import { wellbeing } from './wellbeing.ts';
import { bosh, websocket } from './xmpp.ts';

/** All checks, in the order in which they run: later ones are rougher. Each one can run alone. */
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
  guesses,
  websocket,
  relayed,
  denied,
  clientAddresses,
  ports,
  browserPage,
  relayedMedia,
  only443,
  connectionTest,
  media,
  strict,
  script,
  wellbeing,
  renewed,
  installed,
  firewall,
  oneSource,
  isolated,
  ...hostFirewalls,
  scanner,
  planted,
  restarts,
  rotated,
  backup,
  killed,
  noSecrets,
  halfCertificate,
  fullDisk,
  ownProxy,
  secondStack,
  changingAddress,
  ...answerChanges,
  certificateSource,
  firewallAnswer,
  boards,
  recording,
  machines,
  oneAfterTheOther,
  recorderElsewhere,
  telephone,
  transcription,
  metrics,
  monitoring,
  ...moves,
  signIn,
  kept,
  deadDirectory,
  guestsOff,
  journey,
];
