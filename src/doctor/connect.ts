import { connect } from 'node:net';

/** Milliseconds after which a port counts as silent. */
const patience = 3500;

/** How a TCP port takes a connection; `silent`: something on the way drops it. */
export function tryTcp(address: string, port: number): Promise<'open' | 'refused' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const answer = (value: 'open' | 'refused' | 'silent') => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(patience, () => answer('silent'));
    socket.once('connect', () => answer('open'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      answer(code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    );
  });
}
