import { register } from 'node:module';

register('./uvu-resolver.mjs', import.meta.url);
