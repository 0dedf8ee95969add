import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const limits = suite('sign-ins of one source');
const file = new URL('../../../blueprints/auth-oidc/files/oidc/limits.js.ejs', import.meta.url);

limits('an IPv6 network is one source, whatever is left out of its addresses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'limits-'));
  try {
    const copy = join(folder, 'limits.mjs');
    copyFileSync(file, copy);
    const { sourceOf } = await import(copy);
    const sources = (addresses: readonly string[]) => new Set(addresses.map(sourceOf)).size;
    for (const network of ['2001:db8::', '2001:db8:0:0:', '2001:db8:1:2:', '::']) {
      const addresses = Array.from({ length: 50 }, (_, one) => `${network}${one + 1}:b:c:d`);
      assert.is(sources(addresses), 1, network);
    }
    assert.is(sources(['2001:db8::1', '2001:db8:0:0::1', '2001:0DB8::2']), 1);
    assert.is(sources(['2001:db8:0:1::1', '2001:db8::1']), 2);
    assert.is(sources(['198.51.100.7', '198.51.100.8', '::ffff:198.51.100.7']), 3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

limits.run();
