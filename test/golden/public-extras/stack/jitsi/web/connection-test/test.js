/* What is tested, and what it means in words. */
'use strict';

const site = globalThis.config ?? {};
const at = (id) => document.getElementById(id);
const results = new Map();

/** States in words, because colours are not seen by everybody. */
const words = { ok: 'Works', wrong: 'Fails', unknown: 'Not tested' };

/** Shows a result. */
function show(name, state, text) {
  results.set(name, { state, text });
  const row = document.createElement('li');
  row.dataset.state = state;
  row.dataset.name = name;
  const head = document.createElement('strong');
  head.textContent = words[state];
  row.append(head, ` ${name}: ${text}`);
  at('results').querySelector(`[data-name="${name}"]`)?.remove();
  at('results').append(row);
  at('report').value = report();
}

function report() {
  const lines = [...results].map(([name, { state, text }]) => `${words[state]}: ${name}. ${text}`);
  return [location.host, new Date().toISOString(), at('verdict').textContent, '', ...lines, '', navigator.userAgent].join(
    '\n',
  );
}

const stateOf = (name) => results.get(name)?.state;

/** Whether a relay lends an address over this way. */
function lends({ host, port, username, password }, scheme, transport) {
  const address = `${scheme}:${host}:${port}?transport=${transport}`;
  const peer = new RTCPeerConnection({
    iceServers: [{ urls: address, username, credential: password }],
    iceTransportPolicy: 'relay',
  });
  peer.createDataChannel('test');
  let why = 'it gives no address';
  peer.onicecandidateerror = ({ errorText }) => {
    if (/host lookup/.test(errorText)) why = 'its name is not found';
    else if (/timed out/.test(errorText)) why = 'no answer';
    else if (errorText) why = errorText.replace(/\.$/, '');
  };
  const lent = new Promise((resolve, reject) => {
    peer.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate.includes(' typ relay')) resolve();
      else if (!candidate) reject(new Error(why));
    };
  });
  const asked = peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  return within(seconds(15), Promise.all([lent, asked]), 'no answer').finally(() => peer.close());
}

const ways = [
  ['Relay over UDP', 'turn', 'udp', 'UDP'],
  ['Relay over TCP', 'turn', 'tcp', 'TCP'],
  ['Relay over TLS', 'turns', 'tcp', 'TCP, as for web pages'],
];

async function testRelay(relays) {
  await Promise.all(
    ways.map(async ([name, type, transport, how]) => {
      const one = relays.find((row) => row.type === type && row.transport === transport);
      if (!one) return show(name, 'unknown', 'this server offers none.');
      try {
        await lends(one, type, transport);
        show(name, 'ok', `port ${one.port} of ${one.host} answers.`);
      } catch (error) {
        show(name, 'wrong', `${how} to port ${one.port} of ${one.host}: ${error.message}.`);
      }
    }),
  );
}

async function testSignalling() {
  const address = site.websocket || `wss://${location.host}/xmpp-websocket`;
  const socket = openSocket(address);
  try {
    await within(seconds(15), socket.opened, 'no answer');
    show('WebSocket', 'ok', 'rooms can be entered.');
  } catch (error) {
    show('WebSocket', 'wrong', `${error.message}. A proxy or firewall between here and ${location.host} does not let it through.`);
    return undefined;
  }
  try {
    const domain = site.hosts?.anonymousdomain || site.hosts?.domain || location.hostname;
    return await within(seconds(15), relaysForGuests(socket, domain), 'no answer');
  } catch {
    return undefined;
  } finally {
    socket.close();
  }
}

/** What it comes to, in a sentence. */
function verdict(relays) {
  const bridge = stateOf(straight);
  const relayed = ways.map(([name]) => stateOf(name));
  if (stateOf('WebSocket') !== 'ok')
    return 'A meeting will not work from here: this network does not let signalling through.';
  if (bridge === 'ok')
    return 'A meeting will work from here. Your network lets its sound and picture through directly (UDP).';
  if (relayed.includes('ok') && relayed[0] !== 'ok')
    return 'A meeting will work from here through the relay. This network lets no UDP out, so pictures may be less sharp.';
  if (relayed[0] === 'ok')
    return bridge === 'wrong'
      ? 'A meeting will work from here, but only through the relay: UDP does not reach the bridge. Send what stands below to whoever runs this network, and to whoever runs this server.'
      : 'A meeting will work from here.';
  if (bridge === 'wrong' && !relays)
    return 'You can enter a room from here, but UDP does not reach the bridge, and whether the relay helps could not be tested: ask whoever runs this network to let out what fails below.';
  if (bridge === 'wrong' || relayed.includes('wrong'))
    return 'You can enter a room from here, but will probably see and hear nobody: ask whoever runs this network to let out what fails below.';
  return 'You can enter a room from here. Whether sound and pictures arrive could not be tested.';
}

async function test() {
  at('results').replaceChildren();
  results.clear();
  delete document.body.dataset.done;
  at('verdict').textContent = 'Testing; this takes half a minute at most.';
  show('Page', 'ok', 'it was loaded, and its certificate is trusted.');
  const [relays] = await Promise.all([testSignalling(), testBridges()]);
  if (relays) await testRelay(relays);
  else
    for (const [name] of ways)
      show(
        name,
        'unknown',
        stateOf('WebSocket') === 'ok'
          ? 'this server lets in people with an account or a link only, so nothing was lent to this test.'
          : 'that needs the WebSocket.',
      );
  at('verdict').textContent = verdict(relays);
  at('report').value = report();
  document.body.dataset.done = 'true';
}

/** Asks for one device, and gives it back at once. */
async function testDevice(name, wanted) {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    const [track] = stream.getTracks();
    show(name, 'ok', `${track.label || 'it'} can be used.`);
    for (const one of stream.getTracks()) one.stop();
  } catch (error) {
    const why = {
      NotAllowedError: 'the browser or the system does not allow it; click the lock beside the address.',
      NotFoundError: 'none was found.',
      NotReadableError: 'another program has it.',
    };
    show(name, 'wrong', why[error.name] ?? `${error.name}.`);
  }
}

at('devices').onclick = async () => {
  await testDevice('Microphone', { audio: true });
  await testDevice('Camera', { video: true });
};
at('copy').onclick = async () => {
  at('report').select();
  await navigator.clipboard.writeText(at('report').value).catch(() => {});
};
at('again').onclick = test;
test();
