// Reads a list of { protocol, host, port }, asks all of them at once, and prints whether each answered in time.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const patience = 500;

const ask = {
  tcp: ({ host, port }, done) => {
    const socket = connect({ host, port }, () => socket.write('?'));
    socket.on('data', () => done(true)).on('error', () => done(false));
    return () => socket.destroy();
  },
  udp: ({ host, port }, done) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', () => done(true)).on('error', () => done(false));
    const send = () => socket.send('?', port, host, () => {});
    send();
    const again = setTimeout(send, patience / 3);
    return () => {
      clearTimeout(again);
      socket.close();
    };
  },
};

const probes = JSON.parse(await text(process.stdin));
const answers = probes.map(
  (probe) =>
    new Promise((resolve) => {
      const done = (answer) => {
        clearTimeout(timer);
        stop();
        resolve(answer);
      };
      const timer = setTimeout(() => done(false), patience);
      const stop = ask[probe.protocol](probe, done);
    }),
);
console.log(JSON.stringify(await Promise.all(answers)));
