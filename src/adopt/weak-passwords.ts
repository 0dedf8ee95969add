/** Values of docker-jitsi-meet's and other published examples: everybody knows them. */
const published: ReadonlySet<string> = new Set([
  'passw0rd',
  'LdapUserPassw0rd',
  's3cr37',
  'my_jitsi_app_secret',
  'myappsecret',
  'keepthissecret',
  'changeme',
  'change_me',
  'password',
  'secret',
]);
/** Fewer characters are guessed in time: prosody does not count wrong passwords. */
const least = 12;
/** A row of equal or alternating characters is no password. */
const leastDifferent = 5;

/** Names of passwords that others know or can guess, by why. Values are never in it. */
export interface WeakPasswords {
  readonly published: readonly string[];
  readonly guessable: readonly string[];
}

export function weakPasswords(secrets: ReadonlyMap<string, string>): WeakPasswords {
  const names = (weak: (value: string) => boolean) =>
    [...secrets].filter(([, value]) => weak(value)).map(([name]) => name);
  const isPublished = (value: string) => published.has(value);
  const isGuessable = (value: string) =>
    !isPublished(value) && (value.length < least || new Set(value).size < leastDifferent);
  return { published: names(isPublished), guessable: names(isGuessable) };
}

/** What an owner should know about them, in sentences. */
export function weakPasswordNotes({ published: known, guessable }: WeakPasswords): string[] {
  const note = (names: readonly string[], what: string) =>
    names.length === 0
      ? []
      : [
          `${names.join(', ')} ${names.length === 1 ? `is ${what}. It is kept, because prosody knows it; replace it` : `are ${what}. They are kept, because prosody knows them; replace them`} soon: prosody can be asked from outside, and whoever logs in as jicofo owns every room.`,
        ];
  return [
    ...note(known, 'as in a published example, so everybody knows the value'),
    ...note(guessable, 'short or of few different characters, so the value can be guessed'),
  ];
}
