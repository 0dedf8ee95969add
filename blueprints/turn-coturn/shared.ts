/** Which edges can tell the relay's TLS from the page's on one port. */
export function checkShared(edge: string, share443: boolean) {
  if (edge === 'haproxy' && !share443) {
    return [
      {
        where: 'turn.share443',
        what: 'Behind HAProxy the relay always shares port 443.',
        why: 'It is what HAProxy is there for.',
        fix: 'Choose --turn-share443 true, or --edge nginx.',
      },
    ];
  }
  if (edge === 'external' && share443) {
    return [
      {
        where: 'turn.share443',
        what: 'Port 443 belongs to your own proxy, so the relay cannot share it.',
        fix: 'Choose --turn-share443 false, or --edge haproxy and move your sites into this stack.',
      },
    ];
  }
  return [];
}
