// Opens many connections from one address and keeps them: says how many came about. Arguments: host, port, own address, count.
import { connect } from 'node:net';

const [host, port, localAddress, count] = process.argv.slice(2);
let open = 0;
for (let i = 0; i < Number(count); i++) {
  const socket = connect({ host, port: Number(port), localAddress });
  socket.on('connect', () => open++).on('error', () => {});
  if (i % 100 === 99) await new Promise((wake) => setTimeout(wake, 20));
}
await new Promise((wake) => setTimeout(wake, 1500));
console.log(open);
process.stdin.resume().on('end', () => process.exit());
