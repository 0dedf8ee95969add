import { type Decisions, definitionOf, rebuilding, sourceOf } from '../../../src/blueprint.ts';

/** Who takes over what while it runs, and how each is told. */
export function reloadView({ services, certificate }: Decisions) {
  const told = services.flatMap(({ name, reload }) => (reload ? [{ name, ...reload }] : []));
  return {
    reloads: told.map(({ name, test = [], signal }) => ({ name, test: words(test), signal })),
    /** Those that take over their whole configuration. */
    reloadable: words(
      told.filter(({ rereads }) => rereads === 'configuration').map(({ name }) => name),
    ),
    /** `nginx=0123456789ab`: what the containers of those have to be made with. */
    definitions: words(
      services.flatMap((one) => (definitionOf(one) ? [`${one.name}=${definitionOf(one)}`] : [])),
    ),
    /** Who fetches a new certificate, and how it is told to do so at once. */
    renewer: certificate.renewal?.service ?? '',
    renewal: words(certificate.renewal?.command ?? []),
    /** Those that read the certificate. */
    certified: words(
      told.map(({ name }) => name).filter((name) => certificate.consumers.includes(name)),
    ),
  };
}

/** What the scripts have to know of the services; each list is one word, with blanks between its entries. */
export function servicesView({ answers, services, certificate, copies, recordings }: Decisions) {
  const anew = rebuilding(answers);
  const built = [
    ...new Map(services.flatMap((one) => (one.build ? [[one.image, one] as const] : []))).values(),
  ];
  const isLocal = (image: string) => image.startsWith('localhost/');
  return {
    /** `nginx:nginx`: which service reads its configuration from which directory. */
    configuration: words(
      services
        .filter(({ lifetime }) => lifetime === 'always')
        .flatMap(({ name, volumes }) =>
          volumes
            .map(sourceOf)
            .filter((path) => path !== 'certs' && !path.startsWith('data/'))
            .map((path) => `${name}:${path}`),
        ),
    ),
    once: words(services.filter(({ lifetime }) => lifetime === 'once').map(({ name }) => name)),
    /** `go-mmproxy:nginx`: which service sits in whose network. */
    sharing: words(
      services
        .filter(({ network }) => network.startsWith('service:'))
        .map(({ name, network }) => `${name}${network.slice('service'.length)}`),
    ),
    /** `go-mmproxy=images/go-mmproxy=localhost/…`: which image is made here from which folder. */
    builds: words(
      built.flatMap(({ name, build, image }) =>
        build && !anew && isLocal(image)
          ? [`${name}=${sourceOf({ source: build.context })}=${image}`]
          : [],
      ),
    ),
    /** Images that are published anew every day. */
    published: words(built.map(({ image }) => image).filter((image) => !isLocal(image))),
    /** Images that are built anew on this server. */
    rebuilt: words(anew?.here ? built.map(({ image }) => image) : []),
    /** In two digits. */
    refreshHour: String(anew?.hour ?? 0).padStart(2, '0'),
    refreshHours: anew?.hours ?? 0,
    refreshes: anew?.refresh === true,
    /** What happens by itself. */
    timers: words([
      ...(copies ? ['backup'] : []),
      ...(answers.alerts.by === 'none' ? [] : ['check']),
      ...(recordings ? ['recordings'] : []),
      ...(anew?.refresh ? ['refresh'] : []),
    ]),
    /** Those that nobody notices when they start anew. */
    unnoticed: words([
      ...services.filter(({ lifetime }) => lifetime === 'once').map(({ name }) => name),
      ...(certificate.renewal ? [certificate.renewal.service] : []),
    ]),
    toolsImage: services.find(({ name }) => name === 'prepare')?.image ?? '',
  };
}

export function words(list: readonly string[]): string {
  return list.join(' ');
}
