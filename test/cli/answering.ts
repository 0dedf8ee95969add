import { run } from '../../src/cli/run.ts';
import type { StandIn } from '../answers/detect/stand-in.ts';
import { type Desk, desk, person, type Reply, type Session, server } from './stand-ins.ts';

/** What came of a run in which somebody answered. */
export interface Run {
  readonly code: number;
  readonly session: Session;
  readonly there: Desk;
}

/** How somebody is started. */
export interface Start {
  readonly words?: string[];
  readonly host?: StandIn;
}

/** Somebody starts the program in a folder and answers; on a server that the name leads to unless told. */
export async function answering(
  folder: string,
  replies: Readonly<Record<string, readonly Reply[]>>,
  { words = [], host = server }: Start = {},
): Promise<Run> {
  const session = person(replies);
  const there = desk(folder, { session, host });
  return { code: await run(words, there), session, there };
}
