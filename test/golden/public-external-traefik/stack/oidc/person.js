// What the provider claims about somebody, and what that means here.
import { createHash } from 'node:crypto';

/**
 * Who somebody is in a meeting; null for those whom the answers do not let in.
 *
 * @param claims what the provider says, verified
 * @param rules `groupsClaim`, `allowedGroups`, `allowedDomains`, `hostedDomain`, `moderators`
 */
export function judge(claims, rules) {
  const groups = groupsOf(claims, rules.groupsClaim);
  const { allowedGroups, allowedDomains } = rules;
  if (allowedGroups.length > 0 && !groups.some((one) => allowedGroups.includes(one)))
    return null;
  if (allowedDomains.length > 0 && !allowedDomains.includes(domainOf(claims, rules)))
    return null;
  return {
    // Others in the room see it, so it is not the number that the provider knows somebody by.
    id: createHash('sha256').update(`${claims.iss} ${claims.sub}`).digest('base64url'),
    name: nameOf(claims),
    moderator: groups.some((one) => rules.moderators.includes(one)),
  };
}

/** A list, one text, or an object whose keys are meant (Zitadel); below another claim with dots (`realm_access.roles`). */
function groupsOf(claims, path) {
  // An address that nobody has proven may be anybody's.
  if (path === 'email') return emailOf(claims);
  const value = Object.hasOwn(claims, path)
    ? claims[path]
    : path
        .split('.')
        .reduce(
          (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : null),
          claims,
        );
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  return isObject(value) ? Object.keys(value) : [];
}

function emailOf({ email, email_verified: verified }) {
  const proven = verified === true || verified === 'true';
  return proven && typeof email === 'string' ? [email.toLowerCase()] : [];
}

function domainOf(claims, { hostedDomain }) {
  const [email = ''] = emailOf(claims);
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (!hostedDomain) return domain;
  if (typeof claims.hd === 'string') return claims.hd.toLowerCase();
  return domain === 'gmail.com' ? domain : '';
}

function nameOf({ name, preferred_username: username, given_name: given }) {
  const found = [name, given, username].find((one) => typeof one === 'string' && one.trim() !== '');
  return (found ?? '').replace(/\p{C}/gu, '').trim().slice(0, 80);
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
