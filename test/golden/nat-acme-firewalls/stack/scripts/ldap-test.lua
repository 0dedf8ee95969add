-- Asks one server of the directory as saslauthd does for Jitsi, with the variables of prosody's container, and says what is wrong.
-- Runs in that container for ./stack ldap-test, which hands it the server, a name and a password (both may be empty), and whether
-- certificates count. Ends with 2 when there is no connection.
local url, name, password, verifies = ...
local lualdap = require "lualdap"
local timeout = 5

local starttls = os.getenv("LDAP_START_TLS") == "1"
local binddn, bindpw = os.getenv("LDAP_BINDDN") or "", os.getenv("LDAP_BINDPW") or ""
local base, filter = os.getenv("LDAP_BASE") or "", os.getenv("LDAP_FILTER") or ""

local function say(...) io.stdout:write(string.format(...), "\n") end
local function open(url, who, word) return lualdap.open_simple(url, who, word, starttls, timeout) end

-- RFC 4515, section 3.
local function escaped(text)
	return (text:gsub("[\\*()%z]", function (one) return string.format("\\%02x", one:byte()) end))
end

local function search(connection)
	local asked = filter:gsub("%%[uU]", function () return escaped(name ~= "" and name or "nobody-is-called-this") end)
	local found = {}
	for dn in connection:search { base = base, scope = "subtree", filter = asked, attrs = { "1.1" }, timeout = timeout } do
		found[#found + 1] = dn
	end
	return found, asked
end

local connection, problem = open(url, binddn, bindpw)
local refused = problem and (problem:find("Invalid credentials") or problem:find("Inappropriate") or problem:find("unwilling"))
if not verifies then
	if connection or refused then
		say("  It answers, but its certificate is not believed: of another authority, for another name, or run out.")
	end
	os.exit(1)
elseif refused then
	say("%s: the password of %s is refused. ./stack secret LDAP_BINDPW enters another.", url, binddn)
	os.exit(1)
elseif not connection then
	say("%s: no connection: %s", url, problem)
	os.exit(2)
end
local encrypted = starttls or url:find("^ldaps:")
say("%s: reached, %s, %s", url, encrypted and "certificate believed" or "not encrypted",
	binddn ~= "" and "signed in as " .. binddn or "asked without an account")

local good, found, asked = pcall(search, connection)
connection:close()
if not good then
	say("  The search fails: %s", (tostring(found):gsub("^.-LuaLDAP: ", "")))
	say("  Base %s, filter %s", base, filter)
	os.exit(1)
end
if name == "" then os.exit(0) end
if #found ~= 1 then
	say("  %s found with %s below %s.", #found == 0 and "Nobody is" or #found .. " are", asked, base)
	os.exit(1)
end
say("  %s is %s.", name, found[1])
if password == "" then os.exit(0) end
local own, wrong = open(url, found[1], password)
if not own then
	say("  The password of %s is wrong: %s", name, wrong)
	os.exit(1)
end
own:close()
say("  The password is right: %s can open rooms.", name)
