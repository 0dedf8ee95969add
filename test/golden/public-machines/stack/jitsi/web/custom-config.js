// Yours: appended to Jitsi's config.js when the web container starts. create-jitsi-stack wrote this file once and leaves
// it alone. After an edit: ./stack up
//
// All options: https://github.com/jitsi/jitsi-meet/blob/master/config.js
//
// config.defaultLanguage = 'de';
// config.startWithAudioMuted = true;
