// Yours: appended to Jitsi's interface_config.js when the web container starts. Prefer custom-config.js; only what has no
// place there belongs here. After an edit: ./stack up
//
// interfaceConfig.APP_NAME = 'Our meetings';
