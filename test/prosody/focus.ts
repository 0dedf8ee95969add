import { client, xml } from '@xmpp/client';
import { WebSocket } from 'ws';
import type { Prosody } from './server.ts';

const focusNamespace = 'http://jitsi.org/protocol/focus';
const password = '0123456789abcdef0123456789abcdef';

type Element = ReturnType<typeof xml>;
type Asked = { readonly stanza: Element; readonly element: Element };

/**
 * Stands in for jicofo: signs in as the focus, and enters each room that somebody may open. As jicofo does, it goes by the
 * domain of who asks, and with its authentication off it lets everybody open.
 *
 * @param asks whether its authentication is on
 */
export async function startFocus(
  prosody: Prosody,
  asks: boolean,
): Promise<{ stop(): Promise<void> }> {
  await prosody.accounts(['focus'], password, 'auth.meet.jitsi');
  Object.assign(globalThis, { WebSocket });
  const focus = client({
    ...{ service: prosody.url, domain: 'auth.meet.jitsi', username: 'focus', password },
  });
  focus.reconnect.stop();
  focus.on('error', () => {});
  const open = new Set<string>();
  focus.iqCallee.set(focusNamespace, 'conference', async ({ stanza, element }: Asked) => {
    const { room = '' } = element.attrs;
    const proxied = String(stanza.attrs.from).split('/')[1] ?? '';
    const who = Buffer.from(proxied, 'base64').toString();
    if (asks && !open.has(room) && !who.includes('@meet.jitsi'))
      return xml(
        'error',
        { type: 'auth' },
        xml('not-authorized', { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' }),
      );
    open.add(room);
    const entered = new Promise<void>((resolve) => {
      focus.on('stanza', (said: Element) => {
        if (said.is('presence') && said.attrs.from === `${room}/focus`) resolve();
      });
    });
    const muc = xml('x', { xmlns: 'http://jabber.org/protocol/muc' });
    await focus.send(xml('presence', { to: `${room}/focus` }, muc));
    await entered;
    return xml('conference', { xmlns: focusNamespace, room, ready: 'true' });
  });
  await focus.start();
  await focus.send(xml('presence'));
  return {
    async stop() {
      await focus.stop().catch(() => {});
    },
  };
}
