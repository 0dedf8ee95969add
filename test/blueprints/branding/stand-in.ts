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
</head>
<body>
<script>
document.addEventListener('DOMContentLoaded', async () => {
  const room = location.pathname.slice(1);
  document.body.innerHTML = room ? '<button id="join">Join</button>' : '<div class="welcome"><div class="header">'
    + '<button class="welcome-page-button">Start</button></div><div class="welcome-page-content"></div></div>';
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
  'static/welcomePageAdditionalContent.html':
    '<template id="welcome-page-additional-content-template"></template>\n',
};

export const interfaceConfig =
  "var interfaceConfig = { APP_NAME: 'Jitsi Meet', DISPLAY_WELCOME_PAGE_CONTENT: false, JITSI_WATERMARK_LINK: 'https://jitsi.org' };\n";
