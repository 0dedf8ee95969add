import { exitCode } from '../../errors.ts';
import { newestRelease, releaseDate, releaseTags } from '../../releases/index.ts';
import { table } from '../report/table.ts';
import type { Run } from './index.ts';

/** Lists the docker-jitsi-meet releases that a stack can be pinned to, newest first. */
export const releases: Run = async ({ json }, { print }) => {
  const rows = [...releaseTags()].reverse().map((tag) => ({ tag, date: releaseDate(tag) ?? '' }));
  const lines = rows.map(({ tag, date }) => [
    tag,
    date,
    tag === newestRelease ? 'the default' : '',
  ]);
  print(json ? `${JSON.stringify(rows, null, 2)}\n` : `${table(lines).join('\n')}\n`);
  return exitCode.done;
};
