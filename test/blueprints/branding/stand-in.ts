/** A page that includes and reads what Jitsi's does, in its order: a stand-in, since Jitsi's own cannot be had where tests run. */
export const page = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<script><!--#include virtual="/config.js" --></script>
<script><!--#include virtual="/interface_config.js" --></script>
<!--#include virtual="title.html" -->
<!--#include virtual="plugin.head.html" -->
<!--#include virtual="static/welcomePageAdditionalContent.html" -->
<style>
body { margin: 0; font: 16px sans-serif; background: #fff; }
.watermark { position: absolute; left: 20px; top: 16px; width: 110px; height: 36px; background-size: contain; background-repeat: no-repeat; }
.header { background: #1d2433; padding: 110px 40px 40px; }
#enter_room { display: flex; justify-content: space-between; align-items: center; background-color: #fff; border-radius: 4px; padding: 4px 4px 4px 14px; color: #253858; }
.welcome-page-button { background-color: #0056e0; color: #fff; border: 0; border-radius: 4px; padding: 12px 24px; font-size: 16px; }
.welcome-page-content { padding: 20px 40px; }
.welcome-page-content a { margin-right: 16px; }
</style>
</head>
<body>
<script>
document.addEventListener('DOMContentLoaded', async () => {
  const room = location.pathname.slice(1);
  document.body.innerHTML = room ? '<button id="join">Join</button>' : '<div class="welcome"><div class="header">'
    + '<div id="enter_room">weekly<button class="welcome-page-button">Start meeting</button></div></div><div class="welcome-page-content"></div></div>';
  document.body.insertAdjacentHTML('afterbegin', '<a class="watermark leftwatermark"></a>');
  document.title = (room ? room + ' | ' : '') + interfaceConfig.APP_NAME;
  const more = document.getElementById('welcome-page-additional-content-template');
  const place = document.querySelector('.welcome-page-content');
  if (place && interfaceConfig.DISPLAY_WELCOME_PAGE_CONTENT) place.appendChild(more.content.cloneNode(true));
  const branding = config.dynamicBrandingUrl ? await (await fetch(config.dynamicBrandingUrl)).json() : undefined;
  const isOurs = branding && !branding.defaultBranding;
  const logo = document.querySelector('.watermark');
  const url = isOurs ? branding.logoImageUrl : 'images/watermark.svg';
  if (url) logo.style.backgroundImage = 'url(' + url + ')';
  logo.href = isOurs ? branding.logoClickUrl : interfaceConfig.JITSI_WATERMARK_LINK;
  const color = branding?.customTheme?.palette.action01;
  const join = document.getElementById('join');
  if (join && color) join.style.background = color;
  document.body.dataset.drawn = 'yes';
});
</script>
</body>
</html>
`;

/** The files that the image has in the places of the owner's. */
export const ofJitsi: Readonly<Record<string, string>> = {
  'index.html': page,
  'title.html': '<title>Jitsi Meet</title>\n',
  'plugin.head.html': '',
  'images/watermark.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" rx="8" fill="#dbe6f9"/><text x="60" y="26" text-anchor="middle" font-family="sans-serif" font-size="15" fill="#1d2433">its logo</text></svg>\n',
  'static/welcomePageAdditionalContent.html':
    '<template id="welcome-page-additional-content-template"></template>\n',
};

export const interfaceConfig =
  "var interfaceConfig = { APP_NAME: 'Jitsi Meet', DISPLAY_WELCOME_PAGE_CONTENT: false, JITSI_WATERMARK_LINK: 'https://jitsi.org' };\n";
