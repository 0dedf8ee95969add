/**
 * Label on a container that at times must not be stopped: what its shell is asked, and answers with 0 while it is so. `./stack`
 * goes by it, also where the files that run next do not have the service any more.
 */
export const busyLabel = 'jitsi-stack.busy';
