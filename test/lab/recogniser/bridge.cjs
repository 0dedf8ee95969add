// Sends one word as a bridge sends voices, in the container of what takes them: node - URL KEY < bridge.cjs. Prints what comes back.
const { WebSocket } = require('ws');

const [url, key] = process.argv.slice(2);
const bridge = new WebSocket(url, { headers: { 'X-Custom-Openai-Api-Key': key } });
const tag = 'a1b2c3d4-a0';
bridge.on('open', () => {
  const mediaFormat = { encoding: 'opus', sampleRate: 48000, channels: 2 };
  bridge.send(JSON.stringify({ event: 'start', start: { tag, mediaFormat } }));
  const payload = Buffer.from('good morning').toString('base64');
  bridge.send(JSON.stringify({ event: 'media', media: { tag, chunk: 1, timestamp: 1, payload } }));
});
const end = (said) => {
  console.log(said);
  process.exit();
};
bridge.on('message', (data) => {
  const { type, transcript, participant } = JSON.parse(data);
  if (type === 'transcription-result') end(`${participant.id}: ${transcript[0].text}`);
});
bridge.on('close', (code, why) => end(`closed with ${code} ${why}`));
bridge.on('error', ({ message }) => end(message));
