// Written by projenrc/releases/add.ts from the files of docker-jitsi-meet. Review it, do not edit it.
// biome-ignore-all format: one fact a line
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose's own placeholders
/** Every release of the catalogue with its day, oldest first. */
export const releaseDates: Readonly<Record<string, string>> = {
  'stable-9823': '2024-11-12',
  'stable-9909': '2024-12-17',
  'stable-9955': '2025-01-13',
  'stable-10008': '2025-02-03',
  'stable-10073-1': '2025-02-28',
  'stable-10078': '2025-02-28',
  'stable-10078-1': '2025-02-28',
  'stable-10133': '2025-03-20',
  'stable-10133-1': '2025-03-23',
  'stable-10169': '2025-04-08',
  'stable-10184': '2025-04-10',
  'stable-10314': '2025-06-05',
  'stable-10431': '2025-07-24',
  'stable-10532': '2025-09-29',
  'stable-10532-1': '2025-09-29',
  'stable-10590': '2025-10-20',
  'stable-10655': '2025-11-24',
  'stable-10710': '2026-01-14',
  'stable-10741': '2026-02-02',
  'stable-10888': '2026-03-30',
  'stable-10978': '2026-05-20',
  'stable-11031': '2026-06-08',
  'stable-11146': '2026-08-03',
  'stable-11146-1': '2026-08-05',
  'stable-11146-2': '2026-08-17',
};
