/** Which edges can tell the relay's TLS from the page's on one port. */
export function checkShared(
  edge: string,
  { share443, clientAddress }: { readonly share443: boolean; readonly clientAddress: string },
) {
  if (edge === 'haproxy' && !share443) {
    return [
      {
        answer: 'turn.share443',
        what: 'Behind HAProxy the relay always shares port 443.',
        why: 'It is what HAProxy is there for.',
        fix: 'Choose --turn-share443 true, or --edge nginx.',
      },
    ];
  }
  if (edge === 'external' && share443) {
    return [
      {
        answer: 'turn.share443',
        what: 'Port 443 belongs to your own proxy, so the relay cannot share it.',
        fix: 'Choose --turn-share443 false, or --edge haproxy and move your sites into this stack.',
      },
    ];
  }
  if (clientAddress !== 'edge' && !share443) {
    return [
      {
        answer: 'turn.clientAddress',
        what: 'Only what comes through a shared port 443 hides its address from coTURN.',
        why: 'On its own ports coTURN sees everybody’s own address anyway.',
        fix: 'Choose --turn-client-address edge, or share the port with --turn-share443 true.',
      },
    ];
  }
  return [];
}
