/** Where Jitsi is in the cluster. */
export const namespace = 'jitsi';

/** What people type. */
export const domain = 'meet.example.org';
