// What can go wrong with the provider: which page people see, and what the log says about it.

/** What Node’s fetch says has no code; these are openid-client’s. */
const silent = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/**
 * @returns the page's name, and the reason for the log: codes and the provider's own word for it, never what was sent
 */
export function failureOf(error) {
  const { code, status, cause } = error;
  const word = typeof error.error === 'string' ? error.error : '';
  const reason = [code, word, error.message, cause?.code ?? cause?.message]
    .filter(Boolean)
    .join(', ');
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return { name: 'refused', reason };
  // Its code is used or has run out.
  if (word === 'invalid_grant') return { name: 'forged', reason };
  const answered = cause instanceof Response ? cause.status : status;
  if (error.message === 'fetch failed' || silent.has(code) || answered >= 500 || answered === 429)
    return { name: 'provider', reason };
  return { name: 'answer', reason };
}
