import type { Format } from '../plan/plan.ts';
import {
  coturn,
  env,
  haproxy,
  hocon,
  html,
  javascript,
  lines,
  lua,
  markdown,
  nft,
  nginx,
  patterns,
  sh,
} from './quote/languages.ts';
import type { Quote } from './quote/scalar.ts';

/** How each language quotes one complete scalar. */
export const quotes: Readonly<Record<Format, Quote>> = {
  coturn,
  env,
  haproxy,
  hocon,
  html,
  javascript,
  lines,
  lua,
  markdown,
  nft,
  nginx,
  patterns,
  sh,
};
