import type { Release } from '../../releases/index.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { switched, type Variables } from '../variables.ts';

/** Services that turn speech into text, by the variable with the key: what opus-transcriber-proxy and the answer call them. */
export const transcribers: Readonly<Record<string, string>> = {
  OPENAI_API_KEY: 'openai',
  DEEPGRAM_API_KEY: 'deepgram',
  GEMINI_API_KEY: 'gemini',
  XAI_API_KEY: 'xai',
};

/** In which order it looks for a key, unless it is told another (`config.ts` there). */
const usual = 'openai,deepgram,gemini';

/** The extra in which a stack has what the old installation's opus-transcriber-proxy does. */
export function transcriptionExtras(
  { services }: Installation,
  variables: Variables,
  { tag, capabilities }: Pick<Release, 'tag' | 'capabilities'>,
  findings: Findings,
): readonly string[] {
  const proxy = services.get('transcription');
  if (!proxy) return [];
  const leave = (what: string): readonly string[] => {
    findings.noPlaceForService(proxy, what);
    return [];
  };
  if (!capabilities.transcriptionByBridge)
    return leave(
      `A stack has transcription from stable-11146-2 on, and this one is ${tag}. Upgrade, then add transcription to the extras.`,
    );
  const told = (name: string) => variables.at('transcription', name) ?? variables.get(name);
  const order = told('PROVIDERS_PRIORITY')?.value ?? usual;
  const found = order
    .split(',')
    .map((one) => Object.entries(transcribers).find(([, by]) => by === one.trim()))
    .find((entry) => entry !== undefined && told(entry[0]) !== undefined);
  if (!found)
    return leave(
      'Which server of yours it asks stands in Jicofo’s configuration. Add transcription to the extras, with --transcription-server.',
    );
  if (switched(variables.get('ENABLE_AUTH')) !== 'on')
    return leave(
      'Everybody may open rooms there, and so be transcribed on your bill. A stack has it only where people sign in: choose --auth, then add transcription to the extras.',
    );
  const [key, by] = found;
  const stated = told(key);
  findings.answer('transcription.by', by, `it has ${key}`, ...(stated ? [stated.evidence] : []));
  const model = told(key.replace('_API_KEY', '_MODEL'));
  if (model && by !== 'xai')
    findings.answer('transcription.model', model.value, 'its model is named', model.evidence);
  findings.use('transcription', 'ENABLE_TRANSCRIPTIONS', 'PROVIDERS_PRIORITY');
  return ['transcription'];
}
