/**
 * Words of a command that sends a datagram as this user from this place, as the relay does, and prints whether anything came
 * back: `answered` or `silence`.
 *
 * @param patience ms
 */
export function wordsToAsk(
  user: number,
  from: { readonly address: string; readonly port: number },
  to: { readonly address: string; readonly port: number },
  patience = 700,
): string[] {
  const family = from.address.includes(':') ? 'udp6' : 'udp4';
  const program = `
    const socket = require('node:dgram').createSocket('${family}');
    socket.bind(${from.port}, '${from.address}', () => socket.send('x', ${to.port}, '${to.address}'));
    socket.on('error', () => {});
    socket.on('message', () => { console.log('answered'); process.exit(); });
    setTimeout(() => { console.log('silence'); process.exit(); }, ${patience});`;
  return [
    ...['setpriv', '--reuid', String(user), '--clear-groups'],
    ...[process.execPath, '-e', program],
  ];
}
