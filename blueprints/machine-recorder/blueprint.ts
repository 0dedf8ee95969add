import {
  daysOfRecordings,
  defineBlueprint,
  machineRoles,
  recorderContainer,
  recorderLabels,
  recordingEnvironment,
  recordingsDirectory,
  recordingsIn,
  wayToProsody,
} from '../../src/blueprint.ts';
import { present } from './present.ts';

/** Days for which recordings stay where nobody has said it. */
const usualDays = 30;

/** A recorder on a machine of its own: the same container as on the central one, which it reaches over TLS. */
export const machineRecorder = defineBlueprint({
  id: 'machine-recorder',
  title: 'Recorder of a further machine',
  order: 55,
  on: 'recorder',
  uses: ['recording'],
  formats: {
    stack: 'sh',
    '.env.example': 'env',
    '.gitignore': 'patterns',
    '*.conf': 'hocon',
  },
  contribute({ answers, release, machine, url }) {
    if (!machine) throw new Error('A recorder of a further machine needs that machine.');
    const { comments, ...container } = recorderContainer(release, true);
    const { domain, edge, certificates, host } = answers;
    const [xmpp, page] = machineRoles.recorder.secrets;
    const { server, extraHosts } = wayToProsody(machine);
    // A tunnel's page is at the tunnel's other end.
    const itsPage = edge.flavour !== 'cloudflared' && { [domain]: machine.reaches };
    const named = { ...extraHosts, ...itsPage };
    const days = machine.days ?? daysOfRecordings(answers) ?? usualDays;
    return {
      services: [
        {
          ...container,
          about:
            'Records and streams: sits in the meeting unseen, with a browser and a screen of its own. One meeting at a time.',
          ...(Object.keys(named).length > 0 && { extraHosts: named }),
          comments: {
            ...comments,
            ...(edge.flavour !== 'cloudflared' && {
              extra_hosts: 'The page, where this machine reaches the central one.',
            }),
            'environment.JAVA_TOOL_OPTIONS':
              'By this the recorder knows the central machine’s prosody, and nobody else who says so.',
            'environment.JIBRI_INSTANCE_ID':
              'Unique among the recorders: of two with one name, jicofo sees one.',
            'environment.XMPP_SERVER': 'The central machine.',
            'environment.XMPP_TRUST_ALL_CERTS':
              'The connection crosses networks, and the image would take any certificate.',
          },
        },
      ],
      environment: {
        jibri: {
          ...recordingEnvironment,
          DISPLAY: ':0',
          JAVA_TOOL_OPTIONS: '-Djavax.net.ssl.trustStore=/config/trust.jks',
          JIBRI_INSTANCE_ID: machine.name,
          JIBRI_RECORDER_PASSWORD: { secret: page },
          JIBRI_XMPP_PASSWORD: { secret: xmpp },
          PUBLIC_URL: url,
          TZ: host.timezone,
          XMPP_SERVER: server,
          XMPP_TRUST_ALL_CERTS: false,
          ...(certificates.source === 'self-signed' && { IGNORE_CERTIFICATE_ERRORS: true }),
        },
      },
      defaults: { jibri: { JIBRI_USAGE_TIMEOUT: '8 hours' } },
      labels: { jibri: recorderLabels },
      directories: [recordingsDirectory],
      recordings: recordingsIn(days, 1),
      secrets: [
        { name: xmpp, about: 'account of the recorder in prosody', given: true },
        { name: page, about: 'account with which the recorder sits in meetings', given: true },
      ],
      files: {
        stack: { executable: true },
        'jitsi/jibri/custom-jibri.conf': { seeded: true },
        'jitsi/jibri/finalize.sh': { executable: true, seeded: true },
        // Part of its script.
        'stack.d/recorder.sh': { absent: true },
      },
    };
  },
  present,
});
