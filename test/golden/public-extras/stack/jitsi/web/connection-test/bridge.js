/*
 * Whether UDP reaches the bridges. A bridge answers nobody but the ends of a meeting: for each test the server opens one with this page as its
 * only end, without camera and microphone, and ends it after some seconds.
 */
'use strict';

const straight = 'Audio and video straight to the bridge';

/** What this browser says of its own end: no address is among it. */
function ownEnd(description) {
  const line = (name) => new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(description)?.[1] ?? '';
  const [hash, fingerprint] = line('fingerprint').split(' ');
  return { ufrag: line('ice-ufrag'), pwd: line('ice-pwd'), fingerprint: hash === 'sha-256' ? fingerprint : '' };
}

/** A bridge's end as a browser wants to read it. */
function bridgesEnd({ ufrag, pwd, hash, fingerprint, candidates }) {
  const ways = candidates.map(
    ({ foundation, priority, ip, port, type }) =>
      `a=candidate:${foundation} 1 udp ${priority} ${ip} ${port} typ ${type}${type === 'host' ? '' : ' raddr 0.0.0.0 rport 9'}`,
  );
  const lines = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=group:BUNDLE 0'];
  lines.push('m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sctp-port:5000');
  lines.push(`a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`, `a=fingerprint:${hash} ${fingerprint}`, 'a=setup:passive');
  return [...lines, ...ways, 'a=end-of-candidates', ''].join('\r\n');
}

/** The address of the bridge that packets go to, as `port 10000 of 203.0.113.7`. */
async function wayOf(peer) {
  const all = [...(await peer.getStats()).values()];
  const pair = all.find(({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && nominated);
  const to = all.find(({ id }) => id === pair?.remoteCandidateId);
  return to?.address ? `port ${to.port} of ${to.address}` : 'it';
}

/** Where a bridge says that it is: its public addresses, or else all. */
function placesOf(candidates) {
  const open = candidates.filter(({ type }) => type !== 'host');
  const named = (open.length > 0 ? open : candidates).map(({ ip, port }) => `port ${port} of ${ip}`);
  return [...new Set(named)].join(' or ');
}

/** Has the server open a test at the bridge of this number: its end and how many bridges there are, or the status that it refused with. */
async function openTest(number, end) {
  const response = await fetch(`/connection-test/bridge?${number}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(end),
  });
  return response.ok ? response.json() : { refused: response.status };
}

/** Whether a bridge can be reached: `ok` with the way to it, or how not. `told` gets the end that the server opened. */
async function reach(number, told = () => {}) {
  const peer = new RTCPeerConnection();
  try {
    peer.createDataChannel('test');
    await peer.setLocalDescription(await peer.createOffer());
    const open = () => within(seconds(15), openTest(number, ownEnd(peer.localDescription.sdp)), 'no answer');
    let end = await open();
    // A bridge that has just started can take longer over its first meeting than the server waits.
    if (end.refused === 502) end = await open();
    if (end.refused) return end;
    told(end);
    // A browser says so only when packets pass both ways and are encrypted, as those of a meeting are.
    const connected = new Promise((resolve) => {
      peer.onconnectionstatechange = () => peer.connectionState === 'connected' && resolve(true);
    });
    await peer.setRemoteDescription({ type: 'answer', sdp: bridgesEnd(end) });
    const ok = await within(seconds(15), connected, 'no answer').catch(() => false);
    return { ok, way: ok ? await wayOf(peer) : placesOf(end.candidates) };
  } catch {
    return {};
  } finally {
    peer.close();
  }
}

/** Why it is not known, by what the server refuses with. */
const refusals = {
  429: 'others test at this moment; test again in a minute.',
  404: 'this server has no bridge at the moment; tell whoever runs it.',
};

/** Tries every bridge, all at the same time: the first one's end says how many there are. */
async function testBridges() {
  const others = [];
  const first = await reach(1, ({ bridges }) => {
    for (let number = 2; number <= bridges; number += 1) others.push(reach(number));
  });
  const tried = [first, ...(await Promise.all(others))].filter(({ way }) => way);
  if (tried.length === 0)
    return show(straight, 'unknown', refusals[first.refused] ?? 'the server could not open a test.');
  const [reached, missed] = [true, false].map((wanted) =>
    tried.filter(({ ok }) => ok === wanted).map(({ way }) => way).join(' and '),
  );
  const works = reached && `${reached} answers over UDP`;
  if (!missed) return show(straight, 'ok', `${works}.`);
  show(straight, 'wrong', `UDP to ${missed}: no answer${works ? `; ${works}` : ''}.`);
}
