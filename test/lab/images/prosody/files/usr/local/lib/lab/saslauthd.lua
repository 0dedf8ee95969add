-- Prints saslauthd.conf from the variables that the official image reads. Values go to the end of their lines as they are.
package.path = arg[0]:match("^(.*)/") .. "/?.lua;" .. package.path
local env = require "environment"

local function say(name, value) if value then io.write(name, ": ", value, "\n") end end
-- As that image does: an unset base is no base.
local function raw(name, default) local value = os.getenv(name); return value ~= "" and value or default end

say("ldap_servers", raw("LDAP_URL", "<no value>"))
say("ldap_search_base", raw("LDAP_BASE", "<no value>"))
say("ldap_bind_dn", raw("LDAP_BINDDN"))
say("ldap_bind_pw", raw("LDAP_BINDDN") and raw("LDAP_BINDPW", ""))
say("ldap_filter", raw("LDAP_FILTER", "uid=%u"))
say("ldap_version", raw("LDAP_VERSION", "3"))
say("ldap_auth_method", raw("LDAP_AUTH_METHOD", "bind"))
-- Encrypts nothing by itself, and without a wish to check believes any certificate.
if env.flag("LDAP_USE_TLS", false) and env.flag("LDAP_TLS_CHECK_PEER", false) then
	say("ldap_tls_check_peer", "yes")
	say("ldap_tls_cacert_file", raw("LDAP_TLS_CACERT_FILE", "/etc/ssl/certs/ca-certificates.crt"))
end
if env.flag("LDAP_START_TLS", false) then say("ldap_start_tls", "yes") end
