-- How a bridge is asked for one end of a meeting (colibri2, as jicofo speaks it), and what of its answer the page needs.
local st = require "util.stanza";

local colibri2 = "jitsi:colibri2";
local ice = "urn:xmpp:jingle:transports:ice-udp:1";
local dtls = "urn:xmpp:jingle:apps:dtls:0";

local colibri = {};

local function asked(meeting, attributes)
	attributes.xmlns, attributes["meeting-id"], attributes["rtcstats-enabled"] = colibri2, meeting, "false";
	return st.stanza("conference-modify", attributes);
end

-- A meeting with one end and no second one: without audio, video and a channel for messages. The bridge is told no address, so it sends
-- nothing to anybody who has not shown with this end's password that he is there.
function colibri.open(meeting, browser)
	return asked(meeting, { create = "true" })
		:tag("endpoint", { id = "test"; create = "true" })
			:tag("capability", { name = "source-names" }):up()
			:tag("transport")
				:tag("transport", { xmlns = ice; ufrag = browser.ufrag; pwd = browser.pwd })
					:tag("rtcp-mux"):up()
					:text_tag("fingerprint", browser.fingerprint, { xmlns = dtls; hash = "sha-256"; setup = "active" })
		:reset();
end

function colibri.close(meeting)
	return asked(meeting, { expire = "true" });
end

-- What a browser has to say of its end; nil when it is something else. The bounds are those of RFC 8839.
function colibri.browser(said)
	local one = type(said) == "table" and said or {};
	local function fits(name, pattern, most)
		local text = one[name];
		return type(text) == "string" and #text <= most and text:match(pattern) == text;
	end
	if not fits("ufrag", "[%w+/]+", 256) or not fits("pwd", "[%w+/]+", 256) then return nil; end
	if #one.ufrag < 4 or #one.pwd < 22 then return nil; end
	if not fits("fingerprint", ("%x%x:"):rep(31) .. "%x%x", 95) then return nil; end
	return { ufrag = one.ufrag; pwd = one.pwd; fingerprint = one.fingerprint };
end

-- The bridge's end, with its addresses for UDP; nil when it gave none. Addresses of its WebSocket and their passwords stay here.
function colibri.bridge(answer)
	local path = ("{%s}conference-modified/{%s}endpoint/{%s}transport/{%s}transport"):format(colibri2, colibri2, colibri2, ice);
	local transport = answer:find(path);
	local fingerprint = transport and transport:get_child("fingerprint", dtls);
	if not fingerprint then return nil; end
	local candidates = {};
	for one in transport:childtags("candidate", ice) do
		local at = one.attr;
		if at.protocol == "udp" and at.component == "1" then
			table.insert(candidates, { foundation = at.foundation; priority = at.priority; ip = at.ip; port = at.port; type = at.type });
		end
	end
	return {
		ufrag = transport.attr.ufrag; pwd = transport.attr.pwd;
		hash = fingerprint.attr.hash; fingerprint = fingerprint:get_text(); candidates = candidates;
	};
end

return colibri;
