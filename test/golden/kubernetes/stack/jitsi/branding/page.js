// Read by the page before it is drawn: what has no place in branding.json.
interfaceConfig.APP_NAME = "Example’s meetings";
interfaceConfig.PROVIDER_NAME = "Example’s meetings";
