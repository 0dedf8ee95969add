// Opens many connections from one address and keeps them: says how many came about. Arguments: host, port, own address, count.
import { connect } from 'node:net';

const [host, port, localAddress, count] = process.argv.slice(2);
let open = 0;
let last = Date.now();
for (let i = 0; i < Number(count); i++) {
  const socket = connect({ host, port: Number(port), localAddress });
  socket
    .on('connect', () => {
      open++;
      last = Date.now();
    })
    .on('error', () => {});
  if (i % 100 === 99) await new Promise((wake) => setTimeout(wake, 20));
}
// A first packet that a busy machine has lost is sent again after one second, then after three.
while (open < Number(count) && Date.now() - last < 5000)
  await new Promise((wake) => setTimeout(wake, 100));
console.log(open);
process.stdin.resume().on('end', () => process.exit());
