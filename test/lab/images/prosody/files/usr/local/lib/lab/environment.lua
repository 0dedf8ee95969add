-- Reading the environment as the official image's templates do.
local env = {}

function env.refuse(what)
	io.stderr:write("FATAL ERROR: this stand-in does not do ", what, "\n")
	os.exit(1)
end

-- An unset or empty variable has its default. The official image puts values into Lua without quoting; what would
-- break there is refused here.
function env.text(name, default)
	local value = os.getenv(name)
	if value == nil or value == "" then return default end
	if value:find('["\\\n]') and not name:find("CONFIG") then env.refuse(name .. " with quotes, backslashes or newlines") end
	return value
end

local no = { ["0"] = true, f = true, F = true, ["false"] = true, FALSE = true, False = true }

-- A word that is not a boolean ("no", "off") counts as true, as it does there.
function env.flag(name, default)
	local value = env.text(name)
	if value == nil then return default end
	return not no[(value:gsub("[\"']", ""))]
end

-- A comma list; empty entries drop out, blanks stay.
function env.list(name, default)
	local items = {}
	for item in (env.text(name, default) or ""):gmatch("[^,]+") do items[#items + 1] = item end
	return items
end

function env.strings(items)
	local words = {}
	for index, item in ipairs(items) do words[index] = string.format('"%s"', item) end
	return "{ " .. table.concat(words, "; ") .. " }"
end

-- Free configuration lines: separated by commas or by a written \n.
function env.lines(name, separator)
	local value = env.text(name, "")
	if separator == "\\n" then value = value:gsub("\\n", "\n") else value = value:gsub(",", "\n") end
	return value
end

return env
