import { inSandbox } from './sandbox.ts';

/** Has nft judge a rule set, in a network of its own; files beside it can be included. */
export function nftCheck(directory: string, file: string) {
  return inSandbox('nft', ['-c', '-f', file], {
    binds: { '/rules': directory },
    addresses: [],
    through: 'cd /rules && nft "$@"',
  });
}
