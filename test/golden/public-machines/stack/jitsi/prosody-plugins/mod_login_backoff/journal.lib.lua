-- A file of its own for fail2ban: what Docker keeps of a container's output has another name after each update.
local path = prosody.paths.data .. "/failed-logins.log";
local most = 1024 * 1024;

-- Two files at most, each of one MiB.
local function make_room(file)
	if file:seek("end") < most then return file; end
	file:close();
	os.rename(path, path .. ".1");
	return io.open(path, "a");
end

-- Writes a line, or nothing: the file has to be there before fail2ban looks for it. Returns what went wrong.
return function (line)
	local file, problem = io.open(path, "a");
	if not file then return problem; end
	file, problem = make_room(file);
	if not file then return problem; end
	if line then file:write(os.date("!%Y-%m-%dT%H:%M:%SZ "), line, "\n"); end
	file:close();
end
