// Read by the page before it is drawn: what has no place in branding.json.
interfaceConfig.APP_NAME = "Example’s meetings";
interfaceConfig.PROVIDER_NAME = "Example’s meetings";
// links.html below the box on the front page.
interfaceConfig.DISPLAY_WELCOME_PAGE_CONTENT = true;
config.legalUrls = Object.assign({}, config.legalUrls, {
  privacy: "https://www.example.org/privacy",
});
