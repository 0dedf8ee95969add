/** Services that give a name to an address that changes; their customers' names end like this. */
const services =
  /(^|\.)(duckdns\.org|dyndns\.org|dynv6\.net|dns\.army|v6\.rocks|ddns\.net|hopto\.org|zapto\.org|no-ip\.(org|biz|info)|myfritz\.net|selfhost\.(eu|bz|me)|spdns\.(de|eu|org)|goip\.de|dedyn\.io|afraid\.org|mooo\.com|freeddns\.org|dynu\.net|synology\.me|myqnapcloud\.com|ddnss\.de)$/;

/** Whether a name tells by its end that the address behind it changes. */
export function isDynamicName(name: string): boolean {
  return services.test(name.toLowerCase());
}
