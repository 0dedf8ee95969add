import * as assert from 'uvu/assert';
import { perSource } from '../../../src/plan/per-source.ts';
import { wordsToAsk } from './relay-apart.ts';
import { server, type World } from './world.ts';

/** One address has its share of what a container and of what the server answers, and others get in besides. */
export async function assertShare(world: World): Promise<void> {
  world.run(world.outer, ['ip', 'addr', 'add', '198.18.0.11/24', 'dev', 'eth0']);
  for (const [port, limit] of [
    [443, perSource.connections],
    [5349, perSource.flows],
  ] as const) {
    const hostile = await world.crowd(server.internet, port, '198.18.0.11', limit + 60);
    assert.is(hostile.open, limit, `${port}`);
    const other = await world.crowd(server.internet, port, '198.18.0.10', 5);
    assert.is(other.open, 5, `${port}, another address`);
    hostile.child.kill();
    other.child.kill();
  }
}

/** What the relay sends to the server's own programs is gone, and what others send is not. */
export function assertRelayApart(world: World): void {
  const asked = (user: number, address: string, port: number, to: string) =>
    world
      .run(world.server, wordsToAsk(user, { address, port }, { address: to, port: 8888 }))
      .trim();
  // One that the server got after the rules were loaded is as good as those before.
  const later = '198.18.7.7';
  world.run(world.server, ['ip', 'addr', 'add', `${later}/32`, 'dev', 'lo']);
  for (const to of [server.internet, server.lan, later]) {
    assert.is(asked(1000, server.internet, 50100, to), 'silence', to);
    assert.is(asked(1000, server.internet, 40000, to), 'answered', 'another port');
    assert.is(asked(0, server.internet, 50100, to), 'answered', 'another user');
  }
  world.run(world.server, ['ip', 'addr', 'del', `${later}/32`, 'dev', 'lo']);
  assert.is(asked(1000, '127.0.0.1', 50100, '127.0.0.1'), 'answered', 'a resolver of this server');
}
