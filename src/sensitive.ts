/** Last words of names whose values are for nobody else, with or without another word in front. */
const last =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL)S?$|(?:^|_)(?:PASS|PWD|PAT|DSN|AUTH|KEY)S?$|(?:APP|API|ACCESS|PRIVATE|SECRET)KEYS?$|BINDPW$/;
/** Coolify puts the kind first: `SERVICE_PASSWORD_JITSI`, `SERVICE_PASSWORD_64_JITSI`, `SERVICE_BASE64_KEY`. */
const inside = /^SERVICE_(?:PASSWORD|SECRET|BASE64|REALBASE64|HEX)_/;
/** Switches and words about secrets that are none. */
const not = /^(?:ENABLE|DISABLE|USE)_|(?:_ENABLE_AUTH|_CHECK_TOKEN|PUBLIC_KEY)$/;

/** Whether what goes by this name is a password, key or token. */
export function isSensitiveName(name: string): boolean {
  const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return (last.test(upper) || inside.test(upper)) && !not.test(upper);
}

/**
 * Whether a value is for nobody else: by its name, or because it is an address with somebody's name and password in it. A switch
 * gives nothing away.
 * The one notion of that for settings, reports, JSON and repeated commands.
 */
export function isSensitive(name: string, value: string): boolean {
  const says = !/^(?:|0|1|true|false)$/i.test(value.trim());
  return (says && isSensitiveName(name)) || /:\/\/[^/@\s]{1,999}@/.test(value);
}
