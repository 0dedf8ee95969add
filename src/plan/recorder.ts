import type { Release } from '../releases/index.ts';
import { busyLabel } from './busy.ts';
import { jitsiContainer } from './jitsi-container.ts';
import type { Recordings } from './recordings.ts';

/** Only inside the container. */
export const recorderApi = 'http://127.0.0.1:2222/jibri/api/v1.0';
/** In MiB: Chrome takes 1 GB for a page of many videos, ffmpeg half of that, and what is shared in memory counts too. */
export const recorderMemory = 4096;

/** How somebody learns whether a recorder is in a meeting: in its container, a command that says so by its exit code. */
export const recorderLabels = { [busyLabel]: `curl -fsS ${recorderApi}/health | grep -q '"BUSY"'` };

const folder = 'data/recordings';
const inside = '/storage/recordings';

/** The container of a recorder, wherever it runs; where it records, with the folder for that. */
export function recorderContainer(release: Release, records: boolean) {
  const { comments, volumes, tmpfs, directories, ...container } = jitsiContainer(release, 'jibri');
  const shmSize = release.services.jibri?.shmSize;
  return {
    ...container,
    name: 'jibri',
    memory: recorderMemory,
    ...(shmSize && { shmSize }),
    volumes: [
      ...volumes,
      ...(records ? [{ source: `./${folder}`, target: inside, readOnly: false }] : []),
    ],
    tmpfs: [...tmpfs, '/storage:size=128M,mode=0755,uid=1000,gid=1000,noexec'],
    healthcheck: {
      test: ['CMD-SHELL', `curl -fsS ${recorderApi}/health | grep -q '"HEALTHY"'`],
      interval: '15s',
      timeout: '10s',
      retries: 4,
      startPeriod: '90s',
    },
    comments: {
      ...comments,
      shm_size: 'Chrome keeps pictures there, and the image does not start with less.',
      tmpfs:
        'Logs are in /storage/logs, and go with the container; ./stack logs jibri has what matters.',
      'environment.JIBRI_USAGE_TIMEOUT': 'Who forgets to stop ends after this time.',
    },
  };
}

/** Of what it records in its image’s ways. */
export const recordingEnvironment = {
  JIBRI_FINALIZE_RECORDING_SCRIPT_PATH: '/config/finalize.sh',
  JIBRI_RECORDING_DIR: inside,
};

/** The folder of the recordings, as a directory of a machine. */
export const recordingsDirectory = {
  path: folder,
  mode: '0700',
  owner: 1000,
  about: 'recordings of meetings',
  stays: true,
} as const;

/** What a recorder leaves in its folder, and how scripts deal with it. */
export function recordingsIn(days: number, atOnce: number): Recordings {
  return {
    path: folder,
    inside,
    service: 'jibri',
    finish: ['/config/finalize.sh'],
    end: ['curl', '-fsS', '-X', 'POST', `${recorderApi}/stopService`],
    ...{ days, atOnce },
  };
}
