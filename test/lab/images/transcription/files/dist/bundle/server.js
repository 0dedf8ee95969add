// As the official server: refuses whom it refuses with the same code, and gives back what it is told in the same words.
const { createServer } = require('node:http');
const { WebSocket, WebSocketServer } = require('ws');

const { env } = process;
if (env.ENABLE_OPENAI_CUSTOM_PROVIDER !== 'true' && !env.OPENAI_API_KEY) {
  console.error('No providers are available!');
  process.exit(1);
}

const server = createServer(({ url }, response) => {
  response.writeHead(url === '/health' ? 200 : 426).end();
});

/** Asks for the text of one person's voice. */
function recogniser(bridge, url, key, tag) {
  const asked = new WebSocket(url, ['realtime', `openai-insecure-api-key.${key}`]);
  const waiting = [];
  const send = (message) => {
    const text = JSON.stringify(message);
    if (asked.readyState === WebSocket.OPEN) asked.send(text);
    else waiting.push(text);
  };
  asked.on('open', () => {
    for (const text of waiting) asked.send(text);
  });
  asked.on('error', ({ message }) => {
    console.error(`WebSocket error for tag ${tag}: ${message}`);
    bridge.close(1011, message);
  });
  asked.on('message', (data) => {
    const { type, transcript } = JSON.parse(data);
    if (type !== 'conversation.item.input_audio_transcription.completed') return;
    const [id] = tag.split('-');
    const said = { type: 'transcription-result', event: 'transcription-result', is_interim: false };
    bridge.send(
      JSON.stringify({ ...said, transcript: [{ text: transcript }], participant: { id, tag } }),
    );
  });
  bridge.on('close', () => asked.close());
  send({ type: 'session.update', session: { type: 'transcription' } });
  return (audio) => send({ type: 'input_audio_buffer.append', audio });
}

new WebSocketServer({ server }).on('connection', (bridge, { url, headers }) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const key = headers['x-custom-openai-api-key'];
  const address = searchParams.get('openaiCustomUrl');
  if (pathname !== '/transcribe' || !key || !address) return bridge.close(1002, 'refused');
  if (env.OPENAI_CUSTOM_REQUIRE_WSS !== 'false' && !address.startsWith('wss:'))
    return bridge.close(1002, 'no wss');
  const voices = new Map();
  bridge.on('message', (data) => {
    const { event, start, media } = JSON.parse(data);
    try {
      if (event === 'start') voices.set(start.tag, recogniser(bridge, address, key, start.tag));
    } catch (error) {
      bridge.close(1011, error.message);
    }
    if (event === 'media') voices.get(media.tag)?.(media.payload);
  });
});

server.listen(Number(env.PORT), env.HOST);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit());
