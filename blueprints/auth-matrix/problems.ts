import type { Problem } from '../../src/blueprint.ts';

/** An address that prosody would read as something else: the images write it into Lua as it is, and put a path behind it. */
export function serviceProblems({
  serviceUrl,
}: {
  readonly serviceUrl: string;
}): readonly Problem[] {
  const isPlain = /^https?:\/\/[^"\\\s,?#]*[^"\\\s,?#/]$/.test(serviceUrl);
  if (isPlain && URL.canParse(serviceUrl)) return [];
  return [
    {
      answer: 'auth.serviceUrl',
      what: `“${serviceUrl}” cannot be the address of the verification service.`,
      why: 'Jitsi puts the path of its question behind it as it is.',
      fix: 'Give it without a slash at the end, a question mark or a comma, such as http://uvs.example.org:3000.',
    },
  ];
}
